-- The public half of the house's own key: a server that holds another secret.key is told so before it serves.
CREATE TABLE house_key (
    one integer NOT NULL CHECK (one = 1) PRIMARY KEY,
    public_key bytea NOT NULL CHECK (length(public_key) = 32),
    made_at timestamptz NOT NULL
);

-- What controllers tell that happened to them, chained by hash. Append-only: a second story about the same number is
-- a second row, with another hash.
CREATE TABLE controller_event (
    controller_id uuid NOT NULL REFERENCES controller (id),
    boot text COLLATE "C" NOT NULL,
    seq bigint NOT NULL CHECK (seq > 0),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    prev bytea NOT NULL CHECK (length(prev) = 32),
    -- How it hangs on what was known before.
    link text COLLATE "C" NOT NULL CHECK (link IN ('chained', 'late', 'gap', 'reset', 'fork')),
    -- When it happened, as far as that can be told.
    at timestamptz NOT NULL,
    mono_ms bigint NOT NULL CHECK (mono_ms >= 0),
    wall bigint,
    kind text COLLATE "C" NOT NULL,
    -- JSON, letter by letter as it was hashed.
    details text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (controller_id, boot, seq, hash)
);
CREATE INDEX controller_event_received ON controller_event (controller_id, received_at);
CREATE FUNCTION controller_event_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'controller_event_append_only'; END $$;
CREATE TRIGGER controller_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON controller_event
FOR EACH STATEMENT EXECUTE FUNCTION controller_event_append_only();

-- Where the chain of each controller ends, and how often it was not whole.
CREATE TABLE controller_chain (
    controller_id uuid NOT NULL REFERENCES controller (id) PRIMARY KEY,
    boot text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    gaps bigint NOT NULL,
    resets bigint NOT NULL,
    forks bigint NOT NULL
);
