-- What power a machine should have. The version grows with every word said about it.
CREATE TABLE power_intent (
    machine_id uuid NOT NULL PRIMARY KEY REFERENCES machine (id),
    is_on boolean NOT NULL,
    -- After this instant the machine is meant to be off, whoever has forgotten to say so.
    until timestamptz,
    session_id uuid,
    said_at timestamptz NOT NULL,
    version bigint NOT NULL
);

-- What power a machine has, as far as anybody can tell.
CREATE TABLE power_observed (
    machine_id uuid NOT NULL PRIMARY KEY REFERENCES machine (id),
    source text COLLATE "C" NOT NULL CHECK (source IN ('native', 'plug')),
    online boolean NOT NULL,
    is_on boolean,
    watts double precision,
    fault text COLLATE "C",
    seen_at timestamptz NOT NULL,
    -- Since when the machine is on or off as it is.
    since timestamptz NOT NULL,
    idle_since timestamptz,
    -- Grows for ever: the energy of a session is a difference.
    watt_hours double precision NOT NULL CHECK (watt_hours >= 0)
);

-- What happened to power. Append-only, each line chained to the one before by its hash.
CREATE TABLE power_event (
    seq bigint NOT NULL PRIMARY KEY CHECK (seq > 0),
    at timestamptz NOT NULL,
    kind text COLLATE "C" NOT NULL,
    machine_id uuid,
    session_id uuid,
    controller_id uuid,
    member_id uuid,
    details text COLLATE "C" NOT NULL,
    prev bytea NOT NULL CHECK (length(prev) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX power_event_machine ON power_event (machine_id, seq);
CREATE INDEX power_event_session ON power_event (session_id, seq);
CREATE FUNCTION power_event_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'power_event_append_only'; END $$;
CREATE TRIGGER power_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON power_event
FOR EACH STATEMENT EXECUTE FUNCTION power_event_append_only();

-- Where the chain ends: one row. Whoever appends takes it first.
CREATE TABLE power_log_head (
    id integer NOT NULL PRIMARY KEY CHECK (id = 1),
    seq bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32)
);
INSERT INTO power_log_head (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));
