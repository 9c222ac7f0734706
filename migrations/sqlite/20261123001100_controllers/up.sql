-- The devices that read badges and hold relays. A row is made when a device asks to be paired; it means nothing until
-- staff accept it by the code on its display.
CREATE TABLE controller (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    -- Given by staff; NULL until then.
    name TEXT,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32) UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'revoked')),
    -- Only while it waits: of two devices that show the same code, one has to choose another.
    code TEXT UNIQUE,
    code_until INTEGER,
    firmware TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    accepted_at INTEGER,
    revoked_at INTEGER,
    revoked_reason TEXT,
    key_since INTEGER NOT NULL,
    last_seen_at INTEGER,
    version INTEGER NOT NULL,
    CHECK ((state = 'waiting') = (code IS NOT NULL AND code_until IS NOT NULL)),
    CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What a controller may act on: these machines and no others.
CREATE TABLE controller_machine (
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16) REFERENCES controller (id),
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    PRIMARY KEY (controller_id, machine_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX controller_machine_machine ON controller_machine (machine_id);

-- Keys that were replaced: nobody pairs with one of them again.
CREATE TABLE retired_key (
    public_key BLOB NOT NULL CHECK (length(public_key) = 32) PRIMARY KEY,
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16) REFERENCES controller (id),
    retired_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Words that signed requests have used up; kept as long as the same request could still be believed.
CREATE TABLE controller_nonce (
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16) REFERENCES controller (id),
    nonce TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX controller_nonce_expires ON controller_nonce (expires_at);
