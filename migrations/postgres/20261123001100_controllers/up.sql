-- The devices that read badges and hold relays. A row is made when a device asks to be paired; it means nothing until
-- staff accept it by the code on its display.
CREATE TABLE controller (
    id uuid NOT NULL PRIMARY KEY,
    -- Given by staff; NULL until then.
    name text COLLATE "C",
    public_key bytea NOT NULL CHECK (length(public_key) = 32) UNIQUE,
    state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'active', 'revoked')),
    -- Only while it waits: of two devices that show the same code, one has to choose another.
    code text COLLATE "C" UNIQUE,
    code_until timestamptz,
    firmware text COLLATE "C" NOT NULL,
    asked_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    revoked_reason text COLLATE "C",
    key_since timestamptz NOT NULL,
    last_seen_at timestamptz,
    version bigint NOT NULL,
    CHECK ((state = 'waiting') = (code IS NOT NULL AND code_until IS NOT NULL)),
    CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
);

-- What a controller may act on: these machines and no others.
CREATE TABLE controller_machine (
    controller_id uuid NOT NULL REFERENCES controller (id),
    machine_id uuid NOT NULL REFERENCES machine (id),
    PRIMARY KEY (controller_id, machine_id)
);
CREATE INDEX controller_machine_machine ON controller_machine (machine_id);

-- Keys that were replaced: nobody pairs with one of them again.
CREATE TABLE retired_key (
    public_key bytea NOT NULL CHECK (length(public_key) = 32) PRIMARY KEY,
    controller_id uuid NOT NULL REFERENCES controller (id),
    retired_at timestamptz NOT NULL
);

-- Words that signed requests have used up; kept as long as the same request could still be believed.
CREATE TABLE controller_nonce (
    controller_id uuid NOT NULL REFERENCES controller (id),
    nonce text COLLATE "C" NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (controller_id, nonce)
);
CREATE INDEX controller_nonce_expires ON controller_nonce (expires_at);
