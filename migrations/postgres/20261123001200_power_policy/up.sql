-- How a machine is switched on: one row for each machine somebody decided about; the others are as usual.
CREATE TABLE power_policy (
    machine_id uuid NOT NULL PRIMARY KEY REFERENCES machine (id),
    reservation text COLLATE "C" NOT NULL CHECK (reservation IN ('walk_in', 'reservation_required')),
    risk_class integer NOT NULL CHECK (risk_class BETWEEN 0 AND 4),
    no_show_minutes integer NOT NULL CHECK (no_show_minutes BETWEEN 1 AND 1440),
    max_session_minutes integer NOT NULL CHECK (max_session_minutes BETWEEN 1 AND 10080),
    grace_minutes integer NOT NULL CHECK (grace_minutes BETWEEN 0 AND 240),
    link_loss_running text COLLATE "C" NOT NULL
        CHECK (link_loss_running IN ('continue_until_idle', 'continue_for', 'stop')),
    link_loss_minutes integer NOT NULL CHECK (link_loss_minutes BETWEEN 0 AND 1440),
    link_loss_start text COLLATE "C" NOT NULL CHECK (link_loss_start IN ('deny', 'allow_list', 'staff_only')),
    supervision text COLLATE "C" NOT NULL CHECK (supervision IN ('none', 'trainer', 'buddy')),
    -- Below so many watts it stands idle; after so many minutes of that the session is over.
    idle_watts integer CHECK (idle_watts BETWEEN 1 AND 100000),
    idle_minutes integer CHECK (idle_minutes BETWEEN 1 AND 1440),
    -- After so many hours of use it wants to be looked after.
    service_hours integer CHECK (service_hours BETWEEN 1 AND 100000),
    version bigint NOT NULL,
    CHECK ((idle_watts IS NULL) = (idle_minutes IS NULL))
);
