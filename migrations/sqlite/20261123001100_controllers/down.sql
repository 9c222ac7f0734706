DROP TABLE controller_nonce;
DROP TABLE retired_key;
DROP TABLE controller_machine;
DROP TABLE controller;
