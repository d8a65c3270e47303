CREATE TABLE imports (
    tenant_id uuid NOT NULL CONSTRAINT imports_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    file_name text NOT NULL,
    file_sha256 text NOT NULL,
    rows integer NOT NULL,
    created integer NOT NULL,
    changed integer NOT NULL,
    unchanged integer NOT NULL,
    units_created integer NOT NULL,
    faults integer NOT NULL,
    conflicts integer NOT NULL,
    CONSTRAINT imports_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE imports IS 'One row an import that was carried out; the journal names it for every task it touched.';
COMMENT ON COLUMN imports.faults IS 'Faulty rows passed over, when the import was told to skip them.';
CALL wall_in('imports');
