-- Answers already given, by key and caller, so that a repeated POST is answered and not done again.
CREATE TABLE idempotency (
    key_hash bytea NOT NULL PRIMARY KEY,
    request_hash bytea NOT NULL,
    status integer,
    headers text COLLATE "C",
    body bytea,
    created_at timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX idempotency_age ON idempotency (created_at);
