-- The SHA-256 of what a list said: its version grows when that changes.
ALTER TABLE allow_list ADD COLUMN print BLOB CHECK (length(print) = 32);
