CREATE TABLE tenants (
    id uuid NOT NULL CONSTRAINT tenants_pkey PRIMARY KEY,
    slug text NOT NULL CONSTRAINT tenants_slug_key UNIQUE,
    state text NOT NULL DEFAULT 'active',
    created_at timestamptz NOT NULL,
    CONSTRAINT tenants_slug_form CHECK (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
    CONSTRAINT tenants_state_known CHECK (state IN ('active', 'suspended'))
);
COMMENT ON TABLE tenants IS 'System table: who the tenants are; ids, slugs, times and state only. Names and settings are in tenant_settings.';
GRANT SELECT, INSERT, UPDATE ON tenants TO dondoc_app;

CREATE TABLE tenant_settings (
    tenant_id uuid NOT NULL CONSTRAINT tenant_settings_pkey PRIMARY KEY
        CONSTRAINT tenant_settings_tenant_fkey REFERENCES tenants,
    name text NOT NULL,
    time_zone text NOT NULL DEFAULT 'Asia/Ho_Chi_Minh',
    due_soon_days smallint NOT NULL DEFAULT 3,
    period_kind text NOT NULL DEFAULT 'calendar_month',
    roll_rule text NOT NULL DEFAULT 'forward',
    last_task_number integer NOT NULL DEFAULT 0,
    CONSTRAINT tenant_settings_due_soon_range CHECK (due_soon_days BETWEEN 0 AND 30),
    CONSTRAINT tenant_settings_period_known CHECK (period_kind IN ('calendar_month', 'decree_09')),
    CONSTRAINT tenant_settings_roll_known CHECK (roll_rule IN ('none', 'forward', 'back'))
);
COMMENT ON TABLE tenant_settings IS 'One row a tenant: its name and how it counts.';
COMMENT ON COLUMN tenant_settings.due_soon_days IS 'Working days before the deadline from which a task is due soon.';
COMMENT ON COLUMN tenant_settings.period_kind IS 'The month of the briefing: calendar month, or the reporting month of Decree 09/2019.';
COMMENT ON COLUMN tenant_settings.roll_rule IS 'What a computed term does that ends on a day off.';
COMMENT ON COLUMN tenant_settings.last_task_number IS 'The last number we gave as a code to a task that came without one.';
CALL wall_in('tenant_settings');
