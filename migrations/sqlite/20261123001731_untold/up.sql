-- How many refusals of this card at this machine, this one included, no line of the log speaks of; 0 where one does.
ALTER TABLE scan ADD COLUMN untold INTEGER NOT NULL DEFAULT 0 CHECK (untold >= 0);
-- What the log was told of a lockout while it held, as a JSON list: the same words again are no news.
ALTER TABLE lockout ADD COLUMN words TEXT NOT NULL DEFAULT '[]';
