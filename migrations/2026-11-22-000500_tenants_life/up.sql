-- What the operator decides of a tenant: whether it may be used and since when, its limits, and the host names by which
-- its people come.
ALTER TABLE tenants
    ADD COLUMN state_since timestamptz,
    ADD COLUMN most_people integer,
    ADD COLUMN requests_per_minute integer,
    ADD CONSTRAINT tenants_most_people_positive CHECK (most_people > 0),
    ADD CONSTRAINT tenants_requests_positive CHECK (requests_per_minute > 0);
UPDATE tenants SET state_since = created_at;
ALTER TABLE tenants ALTER COLUMN state_since SET NOT NULL;
COMMENT ON TABLE tenants IS 'System table: who the tenants are; ids, slugs, times, state and limits only. Names and settings are in tenant_settings.';
COMMENT ON COLUMN tenants.most_people IS 'How many people may sign in at most; NULL: any number.';
COMMENT ON COLUMN tenants.requests_per_minute IS 'How many requests a minute are answered at most; NULL: what holds for everybody.';
GRANT UPDATE (state, state_since, most_people, requests_per_minute) ON tenants TO dondoc_app;

-- Without a column tenant_id, as it is no walled table: the host is what says which tenant is asked for.
CREATE TABLE tenant_hosts (
    host text NOT NULL CONSTRAINT tenant_hosts_pkey PRIMARY KEY,
    tenant uuid NOT NULL CONSTRAINT tenant_hosts_tenant_fkey REFERENCES tenants,
    added_at timestamptz NOT NULL,
    CONSTRAINT tenant_hosts_form
        CHECK (length(host) <= 253 AND host ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$')
);
CREATE INDEX tenant_hosts_tenant ON tenant_hosts (tenant, added_at);
COMMENT ON TABLE tenant_hosts IS 'System table: the host names by which the people of one tenant come; the first one stands in links.';
GRANT SELECT, INSERT, DELETE ON tenant_hosts TO dondoc_app;

-- A restored row may come before the row of the same table that it points to. Checked at once as before, unless a
-- transaction says otherwise.
ALTER TABLE units ALTER CONSTRAINT units_successor_fkey DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE tasks ALTER CONSTRAINT tasks_parent_fkey DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE posts ALTER CONSTRAINT posts_deputy_for_fkey DEFERRABLE INITIALLY IMMEDIATE;
