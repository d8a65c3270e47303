-- What every later migration stands on: the one template of the tenant wall, and what sort of
-- installation this is.

GRANT USAGE ON SCHEMA public TO dondoc_app;
-- The application reads which migrations have run, so that it can refuse a schema it does not know.
GRANT SELECT ON __diesel_schema_migrations TO dondoc_app;

-- Puts a table behind the tenant wall: row-level security also for its owner, ONE policy, and the
-- grants the application needs (never TRUNCATE, REFERENCES or TRIGGER). nullif, because a reused
-- connection holds '' and not NULL; the sub-select, because it is evaluated once a query.
CREATE PROCEDURE wall_in(walled regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', walled);
    EXECUTE format(
        'CREATE POLICY tenant ON %s'
        ' USING (tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))'
        ' WITH CHECK (tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))',
        walled);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO dondoc_app', walled);
END
$$;
REVOKE ALL ON PROCEDURE wall_in(regclass) FROM PUBLIC;

CREATE TABLE installation (
    single boolean NOT NULL DEFAULT true CONSTRAINT installation_pkey PRIMARY KEY,
    purpose text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT installation_only_one CHECK (single),
    CONSTRAINT installation_purpose_known CHECK (purpose IN ('demo', 'real'))
);
COMMENT ON TABLE installation IS 'System table, one row: what this database is for. A demo never touches a real one.';
GRANT SELECT, INSERT ON installation TO dondoc_app;
