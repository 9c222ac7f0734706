ALTER TABLE lockout ADD COLUMN told_at timestamptz;
UPDATE lockout SET told_at = cleared_at
WHERE cleared_at IS NOT NULL AND id NOT IN (SELECT lockout_id FROM lockout_held);
CREATE INDEX lockout_untold ON lockout (controller_id) WHERE cleared_at IS NOT NULL AND told_at IS NULL;
DROP TABLE lockout_held;
DROP TABLE controller_output;
