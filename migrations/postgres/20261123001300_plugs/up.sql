-- A plug on MQTT between the wall and a machine.
CREATE TABLE plug (
    id uuid NOT NULL PRIMARY KEY,
    machine_id uuid NOT NULL UNIQUE REFERENCES machine (id),
    adapter text COLLATE "C" NOT NULL CHECK (adapter IN ('tasmota', 'shelly', 'esphome')),
    topic text COLLATE "C" NOT NULL,
    -- Which relay of the device.
    channel text COLLATE "C" NOT NULL,
    -- The name of its power sensor, where that is not the relay's.
    meter text COLLATE "C",
    -- It switches itself off after so long without a word; nothing where that would be dangerous.
    lease_seconds integer CHECK (lease_seconds BETWEEN 15 AND 3600),
    -- What the device itself said of its settings, as a JSON object.
    settings text COLLATE "C" NOT NULL,
    settings_at timestamptz,
    created_at timestamptz NOT NULL,
    UNIQUE (adapter, topic, channel)
);

-- Which instance speaks with the plugs: one at a time, until it stops saying so.
CREATE TABLE plug_keeper (
    id integer NOT NULL PRIMARY KEY CHECK (id = 1),
    holder_id uuid,
    until timestamptz
);
INSERT INTO plug_keeper (id) VALUES (1);
