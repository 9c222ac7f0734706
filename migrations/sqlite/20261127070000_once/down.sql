DROP INDEX membership_once;
DROP INDEX closure_once;
