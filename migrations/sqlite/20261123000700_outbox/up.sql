-- Letters, waiting or gone. The Message-ID is made of `id`: a letter that leaves twice is recognised as one.
CREATE TABLE letter (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    member_id BLOB CHECK (length(member_id) = 16) REFERENCES member (id),
    recipient TEXT NOT NULL,
    locale TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Sentences and facts, as JSON; they get their shape when the letter leaves.
    body TEXT NOT NULL,
    -- What it puts in the reader's calendar, as JSON.
    invitation TEXT,
    -- A reminder that several instances want to write is written once.
    once_key TEXT UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    -- The last try is not later than this.
    give_up_at INTEGER NOT NULL,
    -- Taken by a worker until then; a worker that dies gives it back by the passing of time.
    claimed_until INTEGER,
    last_error TEXT,
    created_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
CREATE INDEX letter_due ON letter (next_at) WHERE state = 'waiting';
CREATE INDEX letter_failed ON letter (id) WHERE state = 'failed';
