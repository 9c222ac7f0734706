CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE workshop (
    id uuid NOT NULL PRIMARY KEY,
    slug text COLLATE "C" NOT NULL UNIQUE,
    name_fr text COLLATE "C" NOT NULL,
    name_en text COLLATE "C" NOT NULL,
    area_m2 integer NOT NULL CHECK (area_m2 > 0),
    capacity integer NOT NULL CHECK (capacity > 0),
    position integer NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE machine (
    id uuid NOT NULL PRIMARY KEY,
    workshop_id uuid NOT NULL REFERENCES workshop (id),
    slug text COLLATE "C" NOT NULL UNIQUE,
    name_fr text COLLATE "C" NOT NULL,
    name_en text COLLATE "C" NOT NULL,
    -- Machines of one kind stand in for each other: "the other printer is free".
    kind text COLLATE "C",
    position integer NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('in_service', 'maintenance', 'broken', 'locked')),
    state_reason text COLLATE "C",
    state_by uuid REFERENCES member (id),
    state_since timestamptz,
    state_until timestamptz,
    grid_minutes integer NOT NULL CHECK (grid_minutes BETWEEN 5 AND 1440),
    min_minutes integer NOT NULL CHECK (min_minutes >= 5),
    max_minutes integer NOT NULL CHECK (max_minutes <= 10080),
    notice_minutes integer NOT NULL CHECK (notice_minutes >= 0),
    horizon_days integer NOT NULL CHECK (horizon_days BETWEEN 1 AND 730),
    cancel_minutes integer NOT NULL CHECK (cancel_minutes >= 0),
    buffer_minutes integer NOT NULL CHECK (buffer_minutes BETWEEN 0 AND 1440),
    min_age integer CHECK (min_age BETWEEN 0 AND 99),
    supervised boolean NOT NULL,
    unattended boolean NOT NULL,
    -- Grows with every claim and every change of state: calendars are cached by it.
    calendar_version bigint NOT NULL,
    version bigint NOT NULL,
    CHECK (min_minutes <= max_minutes)
);
CREATE INDEX machine_workshop ON machine (workshop_id);

-- Who holds a machine, and why nobody else can: one row for every live hold, whatever its reason.
-- `ends_at` includes the clean-up buffer, `use_ends_at` does not; `people` stand in the workshop meanwhile.
CREATE TABLE claim (
    id uuid NOT NULL PRIMARY KEY,
    machine_id uuid NOT NULL REFERENCES machine (id),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    use_ends_at timestamptz NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('reservation', 'group_session', 'maintenance', 'offer')),
    holder_id uuid NOT NULL,
    member_id uuid REFERENCES member (id),
    people integer NOT NULL CHECK (people >= 0),
    CHECK (starts_at < use_ends_at AND use_ends_at <= ends_at),
    -- At most eight days: range queries look back that far and no further.
    CHECK (ends_at - starts_at <= interval '192 hours'),
    CONSTRAINT claim_overlap EXCLUDE USING gist (machine_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
);
CREATE INDEX claim_machine ON claim (machine_id, starts_at);
CREATE INDEX claim_member ON claim (member_id, starts_at);
CREATE UNIQUE INDEX claim_holder ON claim (holder_id, machine_id);
