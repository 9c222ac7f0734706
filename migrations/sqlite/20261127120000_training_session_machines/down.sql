CREATE TABLE claim_next (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    use_ends_at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reservation', 'group_session', 'maintenance', 'offer')),
    holder_id BLOB NOT NULL CHECK (length(holder_id) = 16),
    member_id BLOB CHECK (length(member_id) = 16) REFERENCES member (id),
    people INTEGER NOT NULL CHECK (people >= 0),
    CHECK (starts_at < use_ends_at AND use_ends_at <= ends_at),
    -- At most eight days: range queries look back that far and no further.
    CHECK (ends_at - starts_at <= 691200000000)
) STRICT, WITHOUT ROWID;
INSERT INTO claim_next SELECT id, machine_id, starts_at, ends_at, use_ends_at, kind, holder_id, member_id, people FROM claim WHERE kind <> 'training_session';
DROP TABLE claim;
ALTER TABLE claim_next RENAME TO claim;
CREATE INDEX claim_machine ON claim (machine_id, starts_at, ends_at, use_ends_at, people);
CREATE INDEX claim_member ON claim (member_id, starts_at);
CREATE UNIQUE INDEX claim_holder ON claim (holder_id, machine_id);

-- Live claims of a machine are disjoint, so only the last one that starts before the new end can meet the new one:
-- one step in the index, however long the history.
CREATE TRIGGER claim_overlap_insert BEFORE INSERT ON claim
WHEN NEW.starts_at < (SELECT ends_at FROM claim WHERE machine_id = NEW.machine_id AND starts_at < NEW.ends_at
                      AND id <> NEW.id ORDER BY starts_at DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'claim_overlap'); END;
CREATE TRIGGER claim_overlap_update BEFORE UPDATE OF machine_id, starts_at, ends_at ON claim
WHEN NEW.starts_at < (SELECT ends_at FROM claim WHERE machine_id = NEW.machine_id AND starts_at < NEW.ends_at
                      AND id <> OLD.id ORDER BY starts_at DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'claim_overlap'); END;
DROP INDEX training_session_start;
DROP INDEX training_session_trainer;
ALTER TABLE training_session DROP COLUMN override_reason;
ALTER TABLE training_session DROP COLUMN override_gates;
DROP TABLE training_session_machine;
