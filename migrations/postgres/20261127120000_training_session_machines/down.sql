DELETE FROM claim WHERE kind = 'training_session';
ALTER TABLE claim DROP CONSTRAINT claim_kind_check;
ALTER TABLE claim ADD CONSTRAINT claim_kind_check
    CHECK (kind IN ('reservation', 'group_session', 'maintenance', 'offer'));
DROP INDEX training_session_start;
DROP INDEX training_session_trainer;
ALTER TABLE training_session DROP CONSTRAINT training_session_override;
ALTER TABLE training_session DROP COLUMN override_reason;
ALTER TABLE training_session DROP COLUMN override_gates;
DROP TABLE training_session_machine;
