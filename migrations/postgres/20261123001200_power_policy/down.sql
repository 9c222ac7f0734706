DROP TABLE power_policy;
