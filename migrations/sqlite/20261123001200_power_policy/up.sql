-- How a machine is switched on: one row for each machine somebody decided about; the others are as usual.
CREATE TABLE power_policy (
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) PRIMARY KEY REFERENCES machine (id),
    reservation TEXT NOT NULL CHECK (reservation IN ('walk_in', 'reservation_required')),
    risk_class INTEGER NOT NULL CHECK (risk_class BETWEEN 0 AND 4),
    no_show_minutes INTEGER NOT NULL CHECK (no_show_minutes BETWEEN 1 AND 1440),
    max_session_minutes INTEGER NOT NULL CHECK (max_session_minutes BETWEEN 1 AND 10080),
    grace_minutes INTEGER NOT NULL CHECK (grace_minutes BETWEEN 0 AND 240),
    link_loss_running TEXT NOT NULL
        CHECK (link_loss_running IN ('continue_until_idle', 'continue_for', 'stop')),
    link_loss_minutes INTEGER NOT NULL CHECK (link_loss_minutes BETWEEN 0 AND 1440),
    link_loss_start TEXT NOT NULL CHECK (link_loss_start IN ('deny', 'allow_list', 'staff_only')),
    supervision TEXT NOT NULL CHECK (supervision IN ('none', 'trainer', 'buddy')),
    -- Below so many watts it stands idle; after so many minutes of that the session is over.
    idle_watts INTEGER CHECK (idle_watts BETWEEN 1 AND 100000),
    idle_minutes INTEGER CHECK (idle_minutes BETWEEN 1 AND 1440),
    -- After so many hours of use it wants to be looked after.
    service_hours INTEGER CHECK (service_hours BETWEEN 1 AND 100000),
    version INTEGER NOT NULL,
    CHECK ((idle_watts IS NULL) = (idle_minutes IS NULL))
) STRICT, WITHOUT ROWID;
