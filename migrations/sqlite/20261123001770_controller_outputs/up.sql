-- What each controller last said of its own relays, and what was wrong with that, so that it is told once.
CREATE TABLE controller_output (
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16),
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    amiss TEXT,
    -- Since when it is so.
    at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, machine_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX controller_output_machine ON controller_output (machine_id, is_on);

-- Which controllers hold which lockouts, as far as the house has told them or heard it from them: until they hear that
-- staff took it back. Before, one controller that heard it stood for all of the machine.
CREATE TABLE lockout_held (
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16),
    lockout_id BLOB NOT NULL CHECK (length(lockout_id) = 16) REFERENCES lockout (id),
    PRIMARY KEY (controller_id, lockout_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lockout_held_lockout ON lockout_held (lockout_id);
INSERT INTO lockout_held (controller_id, lockout_id)
SELECT controller_machine.controller_id, lockout.id FROM lockout
JOIN controller_machine ON controller_machine.machine_id = lockout.machine_id
WHERE lockout.told_at IS NULL;
DROP INDEX lockout_untold;
ALTER TABLE lockout DROP COLUMN told_at;
