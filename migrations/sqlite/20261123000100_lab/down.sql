DROP TABLE opening_span;
DROP TABLE lab;
