-- The roles and the database of Đôn đốc, for PostgreSQL 15 or newer. The private cluster is made with this very text.
--
-- On a server of one's own, once, as a superuser:
--     psql -X -v ON_ERROR_STOP=1 -f deploy/roles.sql postgres
--     psql -X -v ON_ERROR_STOP=1 -f deploy/database.sql dondoc
-- then give each role its password (nothing is shown or logged in the clear):
--     psql -X -c '\password dondoc_owner' postgres
--     psql -X -c '\password dondoc_app' postgres
--     psql -X -c '\password dondoc_backup' postgres
-- and set DATABASE_OWNER_URL (dondoc_owner) and DATABASE_URL (dondoc_app).
--
-- The private cluster runs this text without psql, in PostgreSQL's single-user mode: plain SQL only, and an
-- empty line after every statement.

-- Owns the database and everything in it; migrations run as this role. Row-level security binds it as well
-- (FORCE), so it is no way around a tenant's wall.
CREATE ROLE dondoc_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;

-- The application. Owns nothing, bypasses nothing: the server refuses to start with a role that could.
CREATE ROLE dondoc_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;

-- Backups (pg_dump) read every tenant's rows and write none.
CREATE ROLE dondoc_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;

GRANT pg_read_all_data TO dondoc_backup;

-- A database's owner may create in its schema public and install trusted extensions; nobody else may.
CREATE DATABASE dondoc OWNER dondoc_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'vi';

-- Everybody may connect to a new database and fill it with temporary tables; here only who has work to do.
REVOKE CONNECT, TEMPORARY ON DATABASE dondoc FROM PUBLIC;

GRANT CONNECT ON DATABASE dondoc TO dondoc_owner, dondoc_app, dondoc_backup;

