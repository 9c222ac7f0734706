DROP TABLE allow_list;
