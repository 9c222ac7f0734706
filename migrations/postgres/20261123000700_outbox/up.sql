-- Letters, waiting or gone. `message_id` is stable: a letter that leaves twice is recognised as one.
CREATE TABLE letter (
    id uuid NOT NULL PRIMARY KEY,
    member_id uuid REFERENCES member (id),
    recipient text COLLATE "C" NOT NULL,
    locale text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    text_body text COLLATE "C" NOT NULL,
    html_body text COLLATE "C" NOT NULL,
    calendar_method text COLLATE "C",
    calendar_body text COLLATE "C",
    message_id text COLLATE "C" NOT NULL UNIQUE,
    -- A reminder that several instances want to write is written once.
    once_key text COLLATE "C" UNIQUE,
    state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    -- Taken by a worker until then; a worker that dies gives it back by the passing of time.
    claimed_until timestamptz,
    last_error text COLLATE "C",
    created_at timestamptz NOT NULL,
    sent_at timestamptz
);
CREATE INDEX letter_due ON letter (next_at) WHERE state = 'waiting';
