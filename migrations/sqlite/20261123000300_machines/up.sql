CREATE TABLE workshop (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name_fr TEXT NOT NULL,
    name_en TEXT NOT NULL,
    area_m2 INTEGER NOT NULL CHECK (area_m2 > 0),
    capacity INTEGER NOT NULL CHECK (capacity > 0),
    position INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE machine (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    workshop_id BLOB NOT NULL CHECK (length(workshop_id) = 16) REFERENCES workshop (id),
    slug TEXT NOT NULL UNIQUE,
    name_fr TEXT NOT NULL,
    name_en TEXT NOT NULL,
    -- Machines of one kind stand in for each other: "the other printer is free".
    kind TEXT,
    position INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_service', 'maintenance', 'broken', 'locked')),
    state_reason TEXT,
    state_by BLOB CHECK (length(state_by) = 16) REFERENCES member (id),
    state_since INTEGER,
    state_until INTEGER,
    grid_minutes INTEGER NOT NULL CHECK (grid_minutes BETWEEN 5 AND 1440),
    min_minutes INTEGER NOT NULL CHECK (min_minutes >= 5),
    max_minutes INTEGER NOT NULL CHECK (max_minutes <= 10080),
    notice_minutes INTEGER NOT NULL CHECK (notice_minutes >= 0),
    horizon_days INTEGER NOT NULL CHECK (horizon_days BETWEEN 1 AND 730),
    cancel_minutes INTEGER NOT NULL CHECK (cancel_minutes >= 0),
    buffer_minutes INTEGER NOT NULL CHECK (buffer_minutes BETWEEN 0 AND 1440),
    min_age INTEGER CHECK (min_age BETWEEN 0 AND 99),
    supervised INTEGER NOT NULL CHECK (supervised IN (0, 1)),
    unattended INTEGER NOT NULL CHECK (unattended IN (0, 1)),
    -- Grows with every claim and every change of state: calendars are cached by it.
    calendar_version INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CHECK (min_minutes <= max_minutes)
) STRICT, WITHOUT ROWID;
CREATE INDEX machine_workshop ON machine (workshop_id);

-- Who holds a machine, and why nobody else can: one row for every live hold, whatever its reason.
-- `ends_at` includes the clean-up buffer, `use_ends_at` does not; `people` stand in the workshop meanwhile.
CREATE TABLE claim (
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
