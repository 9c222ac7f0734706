-- The place itself. One row: a database holds one lab.
CREATE TABLE lab (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    singleton INTEGER NOT NULL CHECK (singleton IN (0, 1)) UNIQUE CHECK (singleton),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    -- Members accept the house rules by version; a new version asks everybody again.
    charter_version INTEGER NOT NULL CHECK (charter_version >= 1),
    charter_fr TEXT NOT NULL,
    charter_en TEXT NOT NULL,
    french_holidays INTEGER NOT NULL CHECK (french_holidays IN (0, 1)),
    demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
    -- Grows with everything that changes when the lab is open: calendars are cached by it.
    calendar_version INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Weekly hours in wall time of the lab; minutes since local midnight, 1440 is the next midnight.
CREATE TABLE opening_span (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    opens_minute INTEGER NOT NULL CHECK (opens_minute BETWEEN 0 AND 1439),
    closes_minute INTEGER NOT NULL CHECK (closes_minute BETWEEN 1 AND 1440),
    staffed INTEGER NOT NULL CHECK (staffed IN (0, 1)),
    valid_from TEXT,
    valid_to TEXT,
    CHECK (opens_minute < closes_minute)
) STRICT, WITHOUT ROWID;
