CREATE TABLE calendar_days (
    tenant_id uuid NOT NULL CONSTRAINT calendar_days_tenant_fkey REFERENCES tenants,
    day date NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    source text,
    provisional boolean NOT NULL DEFAULT false,
    CONSTRAINT calendar_days_pkey PRIMARY KEY (tenant_id, day),
    CONSTRAINT calendar_days_kind_known CHECK (kind IN ('off', 'work'))
);
COMMENT ON TABLE calendar_days IS 'Days off and make-up working days of a tenant; every other day is judged by its weekday.';
CALL wall_in('calendar_days');
