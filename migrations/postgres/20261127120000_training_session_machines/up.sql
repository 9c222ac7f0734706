-- Which machines a training session uses; while it is ahead or runs, each is held by a claim under the id of the session.
CREATE TABLE training_session_machine (
    session_id uuid NOT NULL REFERENCES training_session (id),
    machine_id uuid NOT NULL REFERENCES machine (id),
    PRIMARY KEY (session_id, machine_id)
);
CREATE INDEX training_session_machine_of ON training_session_machine (machine_id);

-- Gates that staff let pass for the session, as JSON, and why.
ALTER TABLE training_session ADD COLUMN override_gates text COLLATE "C";
ALTER TABLE training_session ADD COLUMN override_reason text COLLATE "C";
ALTER TABLE training_session ADD CONSTRAINT training_session_override CHECK ((override_gates IS NULL) = (override_reason IS NULL));
-- Who teaches when, and what is taught at a time.
CREATE INDEX training_session_trainer ON training_session (trainer_id, starts_at);
CREATE INDEX training_session_start ON training_session (starts_at);

ALTER TABLE claim DROP CONSTRAINT claim_kind_check;
ALTER TABLE claim ADD CONSTRAINT claim_kind_check
    CHECK (kind IN ('reservation', 'training_session', 'group_session', 'maintenance', 'offer'));
