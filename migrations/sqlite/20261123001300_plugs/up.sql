-- A plug on MQTT between the wall and a machine.
CREATE TABLE plug (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) UNIQUE REFERENCES machine (id),
    adapter TEXT NOT NULL CHECK (adapter IN ('tasmota', 'shelly', 'esphome')),
    topic TEXT NOT NULL,
    -- Which relay of the device.
    channel TEXT NOT NULL,
    -- The name of its power sensor, where that is not the relay's.
    meter TEXT,
    -- It switches itself off after so long without a word; nothing where that would be dangerous.
    lease_seconds INTEGER CHECK (lease_seconds BETWEEN 15 AND 3600),
    -- What the device itself said of its settings, as a JSON object.
    settings TEXT NOT NULL,
    settings_at INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (adapter, topic, channel)
) STRICT, WITHOUT ROWID;

-- Which instance speaks with the plugs: one at a time, until it stops saying so.
CREATE TABLE plug_keeper (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    holder_id BLOB CHECK (length(holder_id) = 16),
    until INTEGER
) STRICT;
INSERT INTO plug_keeper (id) VALUES (1);
