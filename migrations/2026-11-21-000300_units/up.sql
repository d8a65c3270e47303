CREATE TABLE units (
    tenant_id uuid NOT NULL CONSTRAINT units_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    name text NOT NULL COLLATE "vi-x-icu",
    short_name text NOT NULL,
    kind text,
    mailbox text,
    position integer NOT NULL,
    valid_from date,
    valid_until date,
    successor_id uuid,
    CONSTRAINT units_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT units_successor_fkey FOREIGN KEY (tenant_id, successor_id) REFERENCES units (tenant_id, id),
    CONSTRAINT units_validity_ordered CHECK (valid_until IS NULL OR valid_from IS NULL OR valid_from < valid_until),
    CONSTRAINT units_successor_after_end CHECK (successor_id IS NULL OR valid_until IS NOT NULL)
);
CREATE UNIQUE INDEX units_short_name_key ON units (tenant_id, short_name) WHERE valid_until IS NULL;
CREATE UNIQUE INDEX units_name_key ON units (tenant_id, name) WHERE valid_until IS NULL;
COMMENT ON TABLE units IS 'The units of a tenant, past ones too. A merged or renamed unit ends and names its successor.';
COMMENT ON COLUMN units.position IS 'The order in which the tenant lists its units; ties of figures follow it.';
COMMENT ON COLUMN units.mailbox IS 'Where the digest goes when the unit has no active head.';
COMMENT ON COLUMN units.valid_until IS 'The first day on which the unit no longer exists.';
CALL wall_in('units');
