-- When the controller that told of a lockout heard that staff took it back.
ALTER TABLE lockout ADD COLUMN told_at INTEGER;
CREATE INDEX lockout_untold ON lockout (controller_id) WHERE cleared_at IS NOT NULL AND told_at IS NULL;

-- When machines were looked after: hours of use are counted from there.
CREATE TABLE machine_service (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    at INTEGER NOT NULL,
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX machine_service_machine ON machine_service (machine_id, at);
