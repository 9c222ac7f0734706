-- When the controller that told of a lockout heard that staff took it back.
ALTER TABLE lockout ADD COLUMN told_at timestamptz;
CREATE INDEX lockout_untold ON lockout (controller_id) WHERE cleared_at IS NOT NULL AND told_at IS NULL;

-- When machines were looked after: hours of use are counted from there.
CREATE TABLE machine_service (
    id uuid NOT NULL PRIMARY KEY,
    machine_id uuid NOT NULL REFERENCES machine (id),
    at timestamptz NOT NULL,
    member_id uuid NOT NULL REFERENCES member (id),
    note text COLLATE "C"
);
CREATE INDEX machine_service_machine ON machine_service (machine_id, at);
