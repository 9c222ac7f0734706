DROP TABLE membership;
DROP TABLE plan;
DROP TABLE sign_in_failure;
DROP TABLE one_time_token;
DROP TABLE session;
DROP TABLE member_role;
DROP TABLE member;
