-- Trouble of another kind is a lockout of its own: taking the first back does not take back the second.
DROP INDEX lockout_open;
CREATE UNIQUE INDEX lockout_open ON lockout (machine_id, class) WHERE cleared_at IS NULL;
