-- The place itself. One row: a database holds one lab.
CREATE TABLE lab (
    id uuid NOT NULL PRIMARY KEY,
    singleton boolean NOT NULL UNIQUE CHECK (singleton),
    slug text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    time_zone text COLLATE "C" NOT NULL,
    -- Members accept the house rules by version; a new version asks everybody again.
    charter_version integer NOT NULL CHECK (charter_version >= 1),
    charter_fr text COLLATE "C" NOT NULL,
    charter_en text COLLATE "C" NOT NULL,
    french_holidays boolean NOT NULL,
    demo boolean NOT NULL,
    -- Grows with everything that changes when the lab is open: calendars are cached by it.
    calendar_version bigint NOT NULL,
    version bigint NOT NULL
);

-- Weekly hours in wall time of the lab; minutes since local midnight, 1440 is the next midnight.
CREATE TABLE opening_span (
    id uuid NOT NULL PRIMARY KEY,
    weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    opens_minute integer NOT NULL CHECK (opens_minute BETWEEN 0 AND 1439),
    closes_minute integer NOT NULL CHECK (closes_minute BETWEEN 1 AND 1440),
    staffed boolean NOT NULL,
    valid_from date,
    valid_to date,
    CHECK (opens_minute < closes_minute)
);
