-- Letters, waiting or gone. `message_id` is stable: a letter that leaves twice is recognised as one.
CREATE TABLE letter (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    member_id BLOB CHECK (length(member_id) = 16) REFERENCES member (id),
    recipient TEXT NOT NULL,
    locale TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    calendar_method TEXT,
    calendar_body TEXT,
    message_id TEXT NOT NULL UNIQUE,
    -- A reminder that several instances want to write is written once.
    once_key TEXT UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    -- Taken by a worker until then; a worker that dies gives it back by the passing of time.
    claimed_until INTEGER,
    last_error TEXT,
    created_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
CREATE INDEX letter_due ON letter (next_at) WHERE state = 'waiting';
