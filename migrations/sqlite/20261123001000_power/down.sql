DROP TABLE power_log_head;
DROP TABLE power_event;
DROP TABLE power_observed;
DROP TABLE power_intent;
