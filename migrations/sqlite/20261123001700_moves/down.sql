DROP INDEX letter_thread;
ALTER TABLE letter DROP COLUMN thread;
ALTER TABLE reservation DROP COLUMN moved_at;
