-- A hidden key is of no use to a house that reads it as it stands.
UPDATE badge SET card_key = NULL, card_count = NULL WHERE card_key IS NOT NULL;
