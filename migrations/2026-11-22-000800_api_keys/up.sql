-- Keys by which programs use the API for a tenant, without a person.
CREATE TABLE api_keys (
    tenant_id uuid NOT NULL CONSTRAINT api_keys_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    unit_id uuid,
    secret_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    until_on date,
    revoked_at timestamptz,
    used_on date,
    CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_keys_name_key UNIQUE (tenant_id, name),
    CONSTRAINT api_keys_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id),
    CONSTRAINT api_keys_role_known CHECK (role IN ('staff', 'unit_head', 'office', 'leader', 'admin')),
    CONSTRAINT api_keys_unit_fits CHECK ((unit_id IS NOT NULL) = (role IN ('staff', 'unit_head'))),
    CONSTRAINT api_keys_secret_hash CHECK (octet_length(secret_sha256) = 32)
);
CREATE INDEX api_keys_unit ON api_keys (tenant_id, unit_id);
COMMENT ON TABLE api_keys IS 'Keys by which programs use the API: each acts in one tenant with one role, and is no person.';
COMMENT ON COLUMN api_keys.name IS 'What the journal calls it, so that no other key of the tenant ever has it.';
COMMENT ON COLUMN api_keys.unit_id IS 'Whose tasks it sees, for the roles of a unit.';
COMMENT ON COLUMN api_keys.secret_sha256 IS 'The hash of the key''s secret, which is handed out once and not kept.';
COMMENT ON COLUMN api_keys.until_on IS 'The first day on which it opens nothing any more; NULL: until it is revoked.';
COMMENT ON COLUMN api_keys.used_on IS 'The last day on which it was used.';
CALL wall_in('api_keys');
