CREATE TABLE training (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name_fr TEXT NOT NULL,
    name_en TEXT NOT NULL,
    -- How long a certification holds; nothing means for ever.
    valid_months INTEGER CHECK (valid_months BETWEEN 1 AND 120),
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE machine_training (
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    training_id BLOB NOT NULL CHECK (length(training_id) = 16) REFERENCES training (id),
    PRIMARY KEY (machine_id, training_id)
) STRICT, WITHOUT ROWID;

-- Who may give this training and its certifications.
CREATE TABLE training_trainer (
    training_id BLOB NOT NULL CHECK (length(training_id) = 16) REFERENCES training (id),
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    PRIMARY KEY (training_id, member_id)
) STRICT, WITHOUT ROWID;

-- `taken` never passes `seats`: an oversold seat is forbidden here, whatever the program does.
CREATE TABLE training_session (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    training_id BLOB NOT NULL CHECK (length(training_id) = 16) REFERENCES training (id),
    trainer_id BLOB NOT NULL CHECK (length(trainer_id) = 16) REFERENCES member (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    place TEXT,
    seats INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 500),
    taken INTEGER NOT NULL CHECK (taken >= 0),
    cancelled_at INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CHECK (starts_at < ends_at),
    CONSTRAINT training_session_oversold CHECK (taken <= seats)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_session_next ON training_session (training_id, starts_at);

CREATE TABLE enrolment (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    session_id BLOB NOT NULL CHECK (length(session_id) = 16) REFERENCES training_session (id),
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    state TEXT NOT NULL CHECK (state IN ('enrolled', 'waiting', 'cancelled', 'passed', 'failed')),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX enrolment_live ON enrolment (session_id, member_id) WHERE state <> 'cancelled';
-- Who sits, who waits and who came last, those who gave their seat back included.
CREATE INDEX enrolment_session ON enrolment (session_id, created_at);
CREATE INDEX enrolment_member ON enrolment (member_id);

-- "This member holds this training until then." History is kept for ever; a renewal is a new row.
CREATE TABLE certification (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    training_id BLOB NOT NULL CHECK (length(training_id) = 16) REFERENCES training (id),
    given_by BLOB CHECK (length(given_by) = 16) REFERENCES member (id),
    given_at INTEGER NOT NULL,
    -- The last local day it holds; nothing means for ever.
    valid_until TEXT,
    note TEXT,
    session_id BLOB CHECK (length(session_id) = 16) REFERENCES training_session (id),
    state TEXT NOT NULL CHECK (state IN ('valid', 'suspended', 'revoked')),
    state_reason TEXT,
    state_by BLOB CHECK (length(state_by) = 16) REFERENCES member (id),
    state_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX certification_member ON certification (member_id, training_id);
CREATE INDEX certification_end ON certification (valid_until);
