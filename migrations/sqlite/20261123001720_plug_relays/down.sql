DROP INDEX plug_relay;
