-- Which state of its facts a tenant is in: figures that were computed once may be shown again for as long as the
-- revision stays the same.
CREATE TABLE tenant_revisions (
    tenant_id uuid NOT NULL CONSTRAINT tenant_revisions_pkey PRIMARY KEY
        CONSTRAINT tenant_revisions_tenant_fkey REFERENCES tenants,
    revision bigint NOT NULL
);
COMMENT ON TABLE tenant_revisions IS 'One row a tenant, from its first fact on: how many transactions have changed what figures are counted from.';
COMMENT ON COLUMN tenant_revisions.revision IS 'Raised once by each transaction that changes a fact, when it commits. A tenant without a row stands at 0.';
CALL wall_in('tenant_revisions');
REVOKE DELETE ON tenant_revisions FROM dondoc_app;

-- Raises the revision of the row's tenant, once a transaction: a setting that ends with the transaction remembers it.
-- It runs as whoever writes, within their wall. Called at commit, it takes its lock last of all and keeps it only while
-- the transaction commits, so that two large writes neither wait for each other nor deadlock on it.
CREATE FUNCTION raise_revision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    changed uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.tenant_id ELSE NEW.tenant_id END;
BEGIN
    IF current_setting('app.revised', true) IS DISTINCT FROM changed::text THEN
        INSERT INTO tenant_revisions VALUES (changed, 1)
            ON CONFLICT (tenant_id) DO UPDATE SET revision = tenant_revisions.revision + 1;
        PERFORM set_config('app.revised', changed::text, true);
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION raise_revision() FROM PUBLIC;

-- Everything that a figure, or a row shown beside one, is read from.
DO $$
DECLARE
    counted text;
BEGIN
    FOREACH counted IN ARRAY ARRAY['tasks', 'task_extensions', 'task_submissions', 'task_exclusions',
                                   'task_lead_changes', 'units', 'persons', 'calendar_days', 'tenant_settings'] LOOP
        EXECUTE format(
            'CREATE CONSTRAINT TRIGGER raises_revision AFTER INSERT OR UPDATE OR DELETE ON %I'
            ' DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_revision()', counted);
    END LOOP;
END
$$;
