DROP TABLE plug_keeper;
DROP TABLE plug;
