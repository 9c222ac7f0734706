-- Whoever moved a reservation just now needs no reminder of it.
ALTER TABLE reservation ADD COLUMN moved_at timestamptz;
-- Letters about one thing leave in the order in which they were written: the UID of their invitation.
ALTER TABLE letter ADD COLUMN thread TEXT;
CREATE INDEX letter_thread ON letter (thread, id) WHERE state = 'waiting' AND thread IS NOT NULL;
