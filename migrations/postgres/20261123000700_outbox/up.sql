-- Letters, waiting or gone. The Message-ID is made of `id`: a letter that leaves twice is recognised as one.
CREATE TABLE letter (
    id uuid NOT NULL PRIMARY KEY,
    member_id uuid REFERENCES member (id),
    recipient text COLLATE "C" NOT NULL,
    locale text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    -- Sentences and facts, as JSON; they get their shape when the letter leaves.
    body text COLLATE "C" NOT NULL,
    -- What it puts in the reader's calendar, as JSON.
    invitation text COLLATE "C",
    -- A reminder that several instances want to write is written once.
    once_key text COLLATE "C" UNIQUE,
    state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    -- The last try is not later than this.
    give_up_at timestamptz NOT NULL,
    -- Taken by a worker until then; a worker that dies gives it back by the passing of time.
    claimed_until timestamptz,
    last_error text COLLATE "C",
    created_at timestamptz NOT NULL,
    sent_at timestamptz
);
CREATE INDEX letter_due ON letter (next_at) WHERE state = 'waiting';
CREATE INDEX letter_failed ON letter (id) WHERE state = 'failed';
