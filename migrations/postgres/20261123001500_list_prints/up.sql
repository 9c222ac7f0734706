-- The SHA-256 of what a list said: its version grows when that changes.
ALTER TABLE allow_list ADD COLUMN print bytea CHECK (length(print) = 32);
