CREATE TABLE training (
    id uuid NOT NULL PRIMARY KEY,
    slug text COLLATE "C" NOT NULL UNIQUE,
    name_fr text COLLATE "C" NOT NULL,
    name_en text COLLATE "C" NOT NULL,
    -- How long a certification holds; nothing means for ever.
    valid_months integer CHECK (valid_months BETWEEN 1 AND 120),
    version bigint NOT NULL
);

CREATE TABLE machine_training (
    machine_id uuid NOT NULL REFERENCES machine (id),
    training_id uuid NOT NULL REFERENCES training (id),
    PRIMARY KEY (machine_id, training_id)
);

-- Who may give this training and its certifications.
CREATE TABLE training_trainer (
    training_id uuid NOT NULL REFERENCES training (id),
    member_id uuid NOT NULL REFERENCES member (id),
    PRIMARY KEY (training_id, member_id)
);

-- `taken` never passes `seats`: an oversold seat is forbidden here, whatever the program does.
CREATE TABLE training_session (
    id uuid NOT NULL PRIMARY KEY,
    training_id uuid NOT NULL REFERENCES training (id),
    trainer_id uuid NOT NULL REFERENCES member (id),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    place text COLLATE "C",
    seats integer NOT NULL CHECK (seats BETWEEN 1 AND 500),
    taken integer NOT NULL CHECK (taken >= 0),
    cancelled_at timestamptz,
    created_at timestamptz NOT NULL,
    version bigint NOT NULL,
    CHECK (starts_at < ends_at),
    CONSTRAINT training_session_oversold CHECK (taken <= seats)
);
CREATE INDEX training_session_next ON training_session (training_id, starts_at);

CREATE TABLE enrolment (
    id uuid NOT NULL PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES training_session (id),
    member_id uuid NOT NULL REFERENCES member (id),
    state text COLLATE "C" NOT NULL CHECK (state IN ('enrolled', 'waiting', 'cancelled', 'passed', 'failed')),
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX enrolment_live ON enrolment (session_id, member_id) WHERE state <> 'cancelled';
-- Who sits, who waits and who came last, those who gave their seat back included.
CREATE INDEX enrolment_session ON enrolment (session_id, created_at);
CREATE INDEX enrolment_member ON enrolment (member_id);

-- "This member holds this training until then." History is kept for ever; a renewal is a new row.
CREATE TABLE certification (
    id uuid NOT NULL PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member (id),
    training_id uuid NOT NULL REFERENCES training (id),
    given_by uuid REFERENCES member (id),
    given_at timestamptz NOT NULL,
    -- The last local day it holds; nothing means for ever.
    valid_until date,
    note text COLLATE "C",
    session_id uuid REFERENCES training_session (id),
    state text COLLATE "C" NOT NULL CHECK (state IN ('valid', 'suspended', 'revoked')),
    state_reason text COLLATE "C",
    state_by uuid REFERENCES member (id),
    state_at timestamptz
);
CREATE INDEX certification_member ON certification (member_id, training_id);
CREATE INDEX certification_end ON certification (valid_until);
