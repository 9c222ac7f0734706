DROP TABLE certification;
DROP TABLE enrolment;
DROP TABLE training_session;
DROP TABLE training_trainer;
DROP TABLE machine_training;
DROP TABLE training;
