-- The public half of the house's own key: a server that holds another secret.key is told so before it serves.
CREATE TABLE house_key (
    one INTEGER NOT NULL CHECK (one = 1) PRIMARY KEY,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What controllers tell that happened to them, chained by hash. Append-only: a second story about the same number is
-- a second row, with another hash.
CREATE TABLE controller_event (
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16) REFERENCES controller (id),
    boot TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    prev BLOB NOT NULL CHECK (length(prev) = 32),
    -- How it hangs on what was known before.
    link TEXT NOT NULL CHECK (link IN ('chained', 'late', 'gap', 'reset', 'fork')),
    -- When it happened, as far as that can be told.
    at INTEGER NOT NULL,
    mono_ms INTEGER NOT NULL CHECK (mono_ms >= 0),
    wall INTEGER,
    kind TEXT NOT NULL,
    -- JSON, letter by letter as it was hashed.
    details TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, boot, seq, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX controller_event_received ON controller_event (controller_id, received_at);
CREATE TRIGGER controller_event_no_update BEFORE UPDATE ON controller_event
BEGIN SELECT RAISE(ABORT, 'controller_event_append_only'); END;
CREATE TRIGGER controller_event_no_delete BEFORE DELETE ON controller_event
BEGIN SELECT RAISE(ABORT, 'controller_event_append_only'); END;

-- Where the chain of each controller ends, and how often it was not whole.
CREATE TABLE controller_chain (
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16) REFERENCES controller (id) PRIMARY KEY,
    boot TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    gaps INTEGER NOT NULL,
    resets INTEGER NOT NULL,
    forks INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
