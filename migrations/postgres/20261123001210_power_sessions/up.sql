-- What members show at a machine. Of the number in the card only an HMAC is kept, under a key of the house.
CREATE TABLE badge (
    id uuid NOT NULL PRIMARY KEY,
    print bytea NOT NULL CHECK (length(print) = 32),
    member_id uuid NOT NULL REFERENCES member (id),
    label text COLLATE "C",
    given_by uuid NOT NULL REFERENCES member (id),
    given_at timestamptz NOT NULL,
    -- The end of a temporary badge.
    until timestamptz,
    revoked_at timestamptz,
    revoked_by uuid REFERENCES member (id),
    revoked_reason text COLLATE "C",
    -- A cryptographic card: its key, and the last count it proved.
    card_key bytea CHECK (length(card_key) = 16),
    card_count bigint,
    CHECK ((card_key IS NULL) = (card_count IS NULL))
);
-- A card that was taken back may be given to somebody else.
CREATE UNIQUE INDEX badge_print ON badge (print) WHERE revoked_at IS NULL;
CREATE INDEX badge_history ON badge (print, given_at);
CREATE INDEX badge_member ON badge (member_id, given_at);

-- A machine that was on for somebody, from the badge to the end.
CREATE TABLE power_session (
    id uuid NOT NULL PRIMARY KEY,
    machine_id uuid NOT NULL REFERENCES machine (id),
    member_id uuid NOT NULL REFERENCES member (id),
    badge_id uuid REFERENCES badge (id),
    controller_id uuid,
    reservation_id uuid,
    supervisor_id uuid REFERENCES member (id),
    started_at timestamptz NOT NULL,
    until timestamptz NOT NULL,
    -- The gate that ends it there; NULL where it has reached its own end.
    bound text COLLATE "C",
    heard_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text COLLATE "C",
    -- What the machine's meter showed, in watt hours.
    meter_from double precision,
    meter_to double precision,
    CHECK (started_at <= until),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
-- One open session for each machine: whoever comes second is told so by this index.
CREATE UNIQUE INDEX power_session_open ON power_session (machine_id) WHERE ended_at IS NULL;
CREATE INDEX power_session_machine ON power_session (machine_id, started_at);
CREATE INDEX power_session_member ON power_session (member_id, started_at);
CREATE INDEX power_session_reservation ON power_session (reservation_id);

-- Every badge that was shown, and what was answered: the same question again gets the same answer.
CREATE TABLE scan (
    id uuid NOT NULL PRIMARY KEY,
    controller_id uuid NOT NULL,
    request text COLLATE "C" NOT NULL,
    machine_id uuid NOT NULL REFERENCES machine (id),
    at timestamptz NOT NULL,
    -- Only of a badge that nobody was given yet, so that staff can give it.
    print bytea CHECK (length(print) = 32),
    badge_id uuid REFERENCES badge (id),
    member_id uuid REFERENCES member (id),
    verdict text COLLATE "C" NOT NULL CHECK (verdict IN ('grant', 'deny', 'end')),
    session_id uuid REFERENCES power_session (id),
    -- Codes and sentences, as JSON.
    reasons text COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX scan_request ON scan (controller_id, request);
CREATE INDEX scan_machine ON scan (machine_id, at);
CREATE INDEX scan_at ON scan (at);

-- Somebody said that a machine must not run. Anybody may say it, only staff take it back.
CREATE TABLE lockout (
    id uuid NOT NULL PRIMARY KEY,
    machine_id uuid NOT NULL REFERENCES machine (id),
    class text COLLATE "C" NOT NULL CHECK (class IN ('defect', 'emergency', 'maintenance', 'to_check')),
    reason text COLLATE "C",
    member_id uuid REFERENCES member (id),
    controller_id uuid,
    at timestamptz NOT NULL,
    cleared_at timestamptz,
    cleared_by uuid REFERENCES member (id),
    clear_reason text COLLATE "C",
    CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
);
CREATE UNIQUE INDEX lockout_open ON lockout (machine_id) WHERE cleared_at IS NULL;
CREATE INDEX lockout_machine ON lockout (machine_id, at);

-- The second factor a member types: an HMAC of it, and how often it was typed wrong.
CREATE TABLE power_pin (
    member_id uuid NOT NULL PRIMARY KEY REFERENCES member (id),
    code bytea NOT NULL CHECK (length(code) = 32),
    set_at timestamptz NOT NULL,
    failures integer NOT NULL,
    shut_until timestamptz
);

-- The second factor a member gives from the phone: once, for one machine, for a minute.
CREATE TABLE power_approval (
    id uuid NOT NULL PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member (id),
    machine_id uuid NOT NULL REFERENCES machine (id),
    given_at timestamptz NOT NULL,
    until timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX power_approval_member ON power_approval (member_id, machine_id, until);
