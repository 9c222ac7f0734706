-- The last version of each allow-list: versions only grow.
CREATE TABLE allow_list (
    controller_id uuid NOT NULL REFERENCES controller (id),
    machine_id uuid NOT NULL REFERENCES machine (id),
    version bigint NOT NULL,
    PRIMARY KEY (controller_id, machine_id)
);
