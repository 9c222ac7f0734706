DROP TABLE power_log_head;
DROP TABLE power_event;
DROP FUNCTION power_event_append_only();
DROP TABLE power_observed;
DROP TABLE power_intent;
