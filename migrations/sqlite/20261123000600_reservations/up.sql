-- The story of a booking; what it holds while it lives stands in `claim` under the same id.
CREATE TABLE reservation (
    id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY,
    machine_id BLOB NOT NULL CHECK (length(machine_id) = 16) REFERENCES machine (id),
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('confirmed', 'cancelled', 'released', 'used')),
    note TEXT,
    created_by BLOB NOT NULL CHECK (length(created_by) = 16) REFERENCES member (id),
    created_at INTEGER NOT NULL,
    -- SEQUENCE of the calendar invitation (RFC 5546): grows with every change.
    sequence INTEGER NOT NULL,
    cancelled_at INTEGER,
    cancelled_by BLOB CHECK (length(cancelled_by) = 16) REFERENCES member (id),
    cancel_reason TEXT,
    -- Gates that staff overrode by decision, as JSON, and why.
    override_gates TEXT,
    override_reason TEXT,
    version INTEGER NOT NULL,
    CHECK (starts_at < ends_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_member ON reservation (member_id, starts_at);
CREATE INDEX reservation_machine ON reservation (machine_id, starts_at);
CREATE INDEX reservation_start ON reservation (starts_at, state);
