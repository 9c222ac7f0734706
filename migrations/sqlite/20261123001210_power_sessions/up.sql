-- What members show at a machine. Of the number in the card only an HMAC is kept, under a key of the house.
CREATE TABLE badge (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    print BLOB NOT NULL CHECK (length(print) = 32),
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    label TEXT,
    given_by BLOB NOT NULL CHECK (length(given_by) = 16) REFERENCES member (id),
    given_at INTEGER NOT NULL,
    -- The end of a temporary badge.
    until INTEGER,
    revoked_at INTEGER,
    revoked_by BLOB CHECK (length(revoked_by) = 16) REFERENCES member (id),
    revoked_reason TEXT,
    -- A cryptographic card: its key, and the last count it proved.
    card_key BLOB CHECK (length(card_key) = 16),
    card_count INTEGER,
    CHECK ((card_key IS NULL) = (card_count IS NULL))
) STRICT, WITHOUT ROWID;
-- A card that was taken back may be given to somebody else.
CREATE UNIQUE INDEX badge_print ON badge (print) WHERE revoked_at IS NULL;
CREATE INDEX badge_history ON badge (print, given_at);
CREATE INDEX badge_member ON badge (member_id, given_at);

-- A machine that was on for somebody, from the badge to the end.
CREATE TABLE power_session (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    badge_id BLOB CHECK (length(badge_id) = 16) REFERENCES badge (id),
    controller_id BLOB CHECK (length(controller_id) = 16),
    reservation_id BLOB CHECK (length(reservation_id) = 16),
    supervisor_id BLOB CHECK (length(supervisor_id) = 16) REFERENCES member (id),
    started_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    -- The gate that ends it there; NULL where it has reached its own end.
    bound TEXT,
    heard_at INTEGER NOT NULL,
    ended_at INTEGER,
    end_reason TEXT,
    -- What the machine's meter showed, in watt hours.
    meter_from REAL,
    meter_to REAL,
    CHECK (started_at <= until),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT, WITHOUT ROWID;
-- One open session for each machine: whoever comes second is told so by this index.
CREATE UNIQUE INDEX power_session_open ON power_session (machine_id) WHERE ended_at IS NULL;
CREATE INDEX power_session_machine ON power_session (machine_id, started_at);
CREATE INDEX power_session_member ON power_session (member_id, started_at);
CREATE INDEX power_session_reservation ON power_session (reservation_id);

-- Every badge that was shown, and what was answered: the same question again gets the same answer.
CREATE TABLE scan (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16),
    request TEXT NOT NULL,
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    at INTEGER NOT NULL,
    -- Only of a badge that nobody was given yet, so that staff can give it.
    print BLOB CHECK (length(print) = 32),
    badge_id BLOB CHECK (length(badge_id) = 16) REFERENCES badge (id),
    member_id BLOB CHECK (length(member_id) = 16) REFERENCES member (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('grant', 'deny', 'end')),
    session_id BLOB CHECK (length(session_id) = 16) REFERENCES power_session (id),
    -- Codes and sentences, as JSON.
    reasons TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX scan_request ON scan (controller_id, request);
CREATE INDEX scan_machine ON scan (machine_id, at);
CREATE INDEX scan_at ON scan (at);

-- Somebody said that a machine must not run. Anybody may say it, only staff take it back.
CREATE TABLE lockout (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    class TEXT NOT NULL CHECK (class IN ('defect', 'emergency', 'maintenance', 'to_check')),
    reason TEXT,
    member_id BLOB CHECK (length(member_id) = 16) REFERENCES member (id),
    controller_id BLOB CHECK (length(controller_id) = 16),
    at INTEGER NOT NULL,
    cleared_at INTEGER,
    cleared_by BLOB CHECK (length(cleared_by) = 16) REFERENCES member (id),
    clear_reason TEXT,
    CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX lockout_open ON lockout (machine_id) WHERE cleared_at IS NULL;
CREATE INDEX lockout_machine ON lockout (machine_id, at);

-- The second factor a member types: an HMAC of it, and how often it was typed wrong.
CREATE TABLE power_pin (
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) PRIMARY KEY REFERENCES member (id),
    code BLOB NOT NULL CHECK (length(code) = 32),
    set_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    shut_until INTEGER
) STRICT, WITHOUT ROWID;

-- The second factor a member gives from the phone: once, for one machine, for a minute.
CREATE TABLE power_approval (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    given_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX power_approval_member ON power_approval (member_id, machine_id, until);
