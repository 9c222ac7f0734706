DROP TABLE controller_chain;
DROP TABLE controller_event;
DROP FUNCTION controller_event_append_only;
DROP TABLE house_key;
