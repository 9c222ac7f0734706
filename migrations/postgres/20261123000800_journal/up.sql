-- Who did what to whom, and why. Append-only, kept so by the database.
CREATE TABLE journal (
    id uuid NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_id uuid,
    action text COLLATE "C" NOT NULL,
    subject_kind text COLLATE "C" NOT NULL,
    subject_id uuid NOT NULL,
    reason text COLLATE "C",
    details text COLLATE "C" NOT NULL
);
CREATE INDEX journal_at ON journal (at, id);
CREATE INDEX journal_subject ON journal (subject_id, id);
CREATE INDEX journal_actor ON journal (actor_id, id);
CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'journal_append_only'; END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only();
