DROP TABLE claim;
DROP TABLE machine;
DROP TABLE workshop;
