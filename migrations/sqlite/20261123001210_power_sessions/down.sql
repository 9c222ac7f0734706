DROP TABLE power_approval;
DROP TABLE power_pin;
DROP TABLE lockout;
DROP TABLE scan;
DROP TABLE power_session;
DROP TABLE badge;
