-- One machine for each relay: the first one of a Tasmota has two names.
CREATE UNIQUE INDEX plug_relay
    ON plug (adapter, topic, (CASE WHEN adapter = 'tasmota' AND channel = '' THEN '1' ELSE channel END));
