DROP TABLE controller_chain;
DROP TABLE controller_event;
DROP TABLE house_key;
