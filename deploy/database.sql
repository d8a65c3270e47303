-- Run inside the database after roles.sql, as it says there, by the same rules.
--
-- Large objects are nobody's need here, know no tenant, and one of another role would make pg_dump fail.
REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea), lo_import(text), lo_import(text, oid) FROM PUBLIC;

