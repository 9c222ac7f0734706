-- What power a machine should have. The version grows with every word said about it.
CREATE TABLE power_intent (
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) PRIMARY KEY REFERENCES machine (id),
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    -- After this instant the machine is meant to be off, whoever has forgotten to say so.
    until INTEGER,
    session_id BLOB CHECK (length(session_id) = 16),
    said_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What power a machine has, as far as anybody can tell.
CREATE TABLE power_observed (
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) PRIMARY KEY REFERENCES machine (id),
    source TEXT NOT NULL CHECK (source IN ('native', 'plug')),
    online INTEGER NOT NULL CHECK (online IN (0, 1)),
    is_on INTEGER CHECK (is_on IN (0, 1)),
    watts REAL,
    fault TEXT,
    seen_at INTEGER NOT NULL,
    -- Since when the machine is on or off as it is.
    since INTEGER NOT NULL,
    idle_since INTEGER,
    -- Grows for ever: the energy of a session is a difference.
    watt_hours REAL NOT NULL CHECK (watt_hours >= 0)
) STRICT, WITHOUT ROWID;

-- What happened to power. Append-only, each line chained to the one before by its hash.
CREATE TABLE power_event (
    seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    machine_id BLOB CHECK (length(machine_id) = 16),
    session_id BLOB CHECK (length(session_id) = 16),
    controller_id BLOB CHECK (length(controller_id) = 16),
    member_id BLOB CHECK (length(member_id) = 16),
    details TEXT NOT NULL,
    prev BLOB NOT NULL CHECK (length(prev) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX power_event_machine ON power_event (machine_id, seq);
CREATE INDEX power_event_session ON power_event (session_id, seq);
CREATE TRIGGER power_event_no_update BEFORE UPDATE ON power_event
BEGIN SELECT RAISE(ABORT, 'power_event_append_only'); END;
CREATE TRIGGER power_event_no_delete BEFORE DELETE ON power_event
BEGIN SELECT RAISE(ABORT, 'power_event_append_only'); END;

-- Where the chain ends: one row. Whoever appends takes it first.
CREATE TABLE power_log_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO power_log_head (id, seq, hash) VALUES (1, 0, zeroblob(32));
