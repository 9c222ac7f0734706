-- Keys of cards are kept hidden under the secret of the house from now on. Those that stood here in clear are forgotten:
-- staff give them again.
UPDATE badge SET card_key = NULL, card_count = NULL WHERE card_key IS NOT NULL;
