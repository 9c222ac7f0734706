DROP TABLE member_word;
DROP INDEX member_role_role;
DROP INDEX machine_order_in_workshop;
DROP INDEX machine_order;
DROP INDEX reservation_machine_state;
DROP INDEX reservation_state;
