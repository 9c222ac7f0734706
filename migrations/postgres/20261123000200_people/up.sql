CREATE TABLE member (
    id uuid NOT NULL PRIMARY KEY,
    email text COLLATE "C" NOT NULL UNIQUE,
    display_name text COLLATE "C" NOT NULL,
    -- Name and address in lower case without accents: what staff search in.
    search_key text COLLATE "C" NOT NULL,
    locale text COLLATE "C" NOT NULL CHECK (locale IN ('fr', 'en')),
    birth_date date,
    commune text COLLATE "C",
    -- What public the member belongs to: social data, seen by staff only.
    audience text COLLATE "C",
    password_hash text COLLATE "C",
    email_confirmed_at timestamptz,
    charter_version integer,
    charter_accepted_at timestamptz,
    suspended_at timestamptz,
    suspended_until timestamptz,
    suspended_reason text COLLATE "C",
    guardian_name text COLLATE "C",
    guardian_consent_at timestamptz,
    demo boolean NOT NULL,
    created_at timestamptz NOT NULL,
    version bigint NOT NULL
);
CREATE INDEX member_search ON member (search_key);

CREATE TABLE member_role (
    member_id uuid NOT NULL REFERENCES member (id),
    role text COLLATE "C" NOT NULL CHECK (role IN ('leader', 'trainer', 'staff', 'admin')),
    PRIMARY KEY (member_id, role)
);

-- A signed-in browser or program. The token itself is never stored.
CREATE TABLE session (
    id uuid NOT NULL PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member (id),
    token_hash bytea NOT NULL UNIQUE,
    label text COLLATE "C",
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_member ON session (member_id);

-- Links in letters that work once: confirming an address, choosing a new password.
CREATE TABLE one_time_token (
    token_hash bytea NOT NULL PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member (id),
    purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('confirm_email', 'reset_password')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX one_time_token_member ON one_time_token (member_id, purpose);

-- Failures of sign-in by fingerprint of the address tried, member or not: the delay grows with them.
CREATE TABLE sign_in_failure (
    address_hash bytea NOT NULL PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL
);

CREATE TABLE plan (
    id uuid NOT NULL PRIMARY KEY,
    slug text COLLATE "C" NOT NULL UNIQUE,
    name_fr text COLLATE "C" NOT NULL,
    name_en text COLLATE "C" NOT NULL,
    duration_days integer NOT NULL CHECK (duration_days BETWEEN 1 AND 3660),
    -- Minutes a week on one machine; nothing means no limit.
    weekly_minutes integer CHECK (weekly_minutes > 0),
    -- Live reservations ahead; nothing means no limit.
    reservations_ahead integer CHECK (reservations_ahead > 0),
    unstaffed_hours boolean NOT NULL,
    active boolean NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE membership (
    id uuid NOT NULL PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member (id),
    plan_id uuid NOT NULL REFERENCES plan (id),
    starts_on date NOT NULL,
    -- The last day it holds.
    ends_on date NOT NULL,
    paid boolean NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid REFERENCES member (id),
    -- When somebody ended it before its time.
    ended_at timestamptz,
    -- One that never began ends the day before.
    CHECK (starts_on - 1 <= ends_on)
);
CREATE INDEX membership_member ON membership (member_id, ends_on);
CREATE INDEX membership_end ON membership (ends_on);
