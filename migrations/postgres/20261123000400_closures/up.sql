-- Exceptional closed periods, of the lab (both ids absent), of a workshop or of a machine.
CREATE TABLE closure (
    id uuid NOT NULL PRIMARY KEY,
    workshop_id uuid REFERENCES workshop (id),
    machine_id uuid REFERENCES machine (id),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    reason text COLLATE "C" NOT NULL,
    created_by uuid REFERENCES member (id),
    created_at timestamptz NOT NULL,
    CHECK (starts_at < ends_at),
    CHECK (workshop_id IS NULL OR machine_id IS NULL)
);
CREATE INDEX closure_end ON closure (ends_at);
