CREATE TABLE member (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    -- Name and address in lower case without accents: what staff search in.
    search_key TEXT NOT NULL,
    locale TEXT NOT NULL CHECK (locale IN ('fr', 'en')),
    birth_date TEXT,
    commune TEXT,
    -- What public the member belongs to: social data, seen by staff only.
    audience TEXT,
    password_hash TEXT,
    email_confirmed_at INTEGER,
    charter_version INTEGER,
    charter_accepted_at INTEGER,
    suspended_at INTEGER,
    suspended_until INTEGER,
    suspended_reason TEXT,
    guardian_name TEXT,
    guardian_consent_at INTEGER,
    demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX member_search ON member (search_key);

CREATE TABLE member_role (
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    role TEXT NOT NULL CHECK (role IN ('leader', 'trainer', 'staff', 'admin')),
    PRIMARY KEY (member_id, role)
) STRICT, WITHOUT ROWID;

-- A signed-in browser or program. The token itself is never stored.
CREATE TABLE session (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    token_hash BLOB NOT NULL UNIQUE,
    label TEXT,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_member ON session (member_id);

-- Links in letters that work once: confirming an address, choosing a new password.
CREATE TABLE one_time_token (
    token_hash BLOB NOT NULL PRIMARY KEY,
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('confirm_email', 'reset_password')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_token_member ON one_time_token (member_id, purpose);

-- Failures of sign-in by fingerprint of the address tried, member or not: the delay grows with them.
CREATE TABLE sign_in_failure (
    address_hash BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name_fr TEXT NOT NULL,
    name_en TEXT NOT NULL,
    duration_days INTEGER NOT NULL CHECK (duration_days BETWEEN 1 AND 3660),
    -- Minutes a week on one machine; nothing means no limit.
    weekly_minutes INTEGER CHECK (weekly_minutes > 0),
    -- Live reservations ahead; nothing means no limit.
    reservations_ahead INTEGER CHECK (reservations_ahead > 0),
    unstaffed_hours INTEGER NOT NULL CHECK (unstaffed_hours IN (0, 1)),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    plan_id BLOB NOT NULL CHECK (length(plan_id) = 16) REFERENCES plan (id),
    starts_on TEXT NOT NULL,
    -- The last day it holds.
    ends_on TEXT NOT NULL,
    paid INTEGER NOT NULL CHECK (paid IN (0, 1)),
    created_at INTEGER NOT NULL,
    created_by BLOB CHECK (length(created_by) = 16) REFERENCES member (id),
    -- When somebody ended it before its time.
    ended_at INTEGER,
    -- One that never began ends the day before.
    CHECK (date(starts_on, '-1 day') <= ends_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_member ON membership (member_id, ends_on);
CREATE INDEX membership_end ON membership (ends_on);
