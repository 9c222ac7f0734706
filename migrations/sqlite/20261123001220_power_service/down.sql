DROP TABLE machine_service;
DROP INDEX lockout_untold;
ALTER TABLE lockout DROP COLUMN told_at;
