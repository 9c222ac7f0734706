-- Who did what to whom, and why. Append-only, kept so by the database.
CREATE TABLE journal (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_id BLOB CHECK (length(actor_id) = 16),
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL CHECK (length(subject_id) = 16),
    reason TEXT,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX journal_at ON journal (at, id);
CREATE INDEX journal_subject ON journal (subject_id, id);
CREATE INDEX journal_actor ON journal (actor_id, id);
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END;
