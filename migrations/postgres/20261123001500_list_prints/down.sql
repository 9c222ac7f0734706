ALTER TABLE allow_list DROP COLUMN print;
