-- The story of a booking; what it holds while it lives stands in `claim` under the same id.
CREATE TABLE reservation (
    id uuid NOT NULL PRIMARY KEY,
    machine_id uuid NOT NULL REFERENCES machine (id),
    member_id uuid NOT NULL REFERENCES member (id),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    state text COLLATE "C" NOT NULL CHECK (state IN ('confirmed', 'cancelled', 'released', 'used')),
    note text COLLATE "C",
    created_by uuid NOT NULL REFERENCES member (id),
    created_at timestamptz NOT NULL,
    -- SEQUENCE of the calendar invitation (RFC 5546): grows with every change.
    sequence integer NOT NULL,
    cancelled_at timestamptz,
    cancelled_by uuid REFERENCES member (id),
    cancel_reason text COLLATE "C",
    -- Gates that staff overrode by decision, as JSON, and why.
    override_gates text COLLATE "C",
    override_reason text COLLATE "C",
    version bigint NOT NULL,
    CHECK (starts_at < ends_at)
);
CREATE INDEX reservation_member ON reservation (member_id, starts_at);
CREATE INDEX reservation_machine ON reservation (machine_id, starts_at);
CREATE INDEX reservation_start ON reservation (starts_at, state);
