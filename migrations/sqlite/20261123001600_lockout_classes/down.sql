DELETE FROM lockout WHERE cleared_at IS NULL AND EXISTS (
    SELECT 1 FROM lockout first
    WHERE first.machine_id = lockout.machine_id AND first.cleared_at IS NULL AND first.id < lockout.id
);
DROP INDEX lockout_open;
CREATE UNIQUE INDEX lockout_open ON lockout (machine_id) WHERE cleared_at IS NULL;
