-- Exceptional closed periods, of the lab (both ids absent), of a workshop or of a machine.
CREATE TABLE closure (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    workshop_id BLOB CHECK (length(workshop_id) = 16) REFERENCES workshop (id),
    machine_id BLOB CHECK (length(machine_id) = 16) REFERENCES machine (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    created_by BLOB CHECK (length(created_by) = 16) REFERENCES member (id),
    created_at INTEGER NOT NULL,
    CHECK (starts_at < ends_at),
    CHECK (workshop_id IS NULL OR machine_id IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX closure_end ON closure (ends_at);
