-- The last version of each allow-list: versions only grow.
CREATE TABLE allow_list (
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16) REFERENCES controller (id),
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    version INTEGER NOT NULL,
    PRIMARY KEY (controller_id, machine_id)
) STRICT, WITHOUT ROWID;
