-- The second factor: its seeds, its recovery codes, the step between password and code, the devices that skip it.

-- A demo made before goes on without codes. As defaults of the new columns: an UPDATE would see no row through the wall.
DO $$
BEGIN
    IF EXISTS (SELECT FROM installation WHERE purpose = 'demo') THEN
        ALTER TABLE tenant_settings ADD COLUMN two_factor_required boolean NOT NULL DEFAULT false;
        ALTER TABLE tenant_settings ALTER COLUMN two_factor_required SET DEFAULT true;
    ELSE
        ALTER TABLE tenant_settings ADD COLUMN two_factor_required boolean NOT NULL DEFAULT true;
    END IF;
END
$$;
ALTER TABLE tenant_settings ADD COLUMN two_factor_unit_heads boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN tenant_settings.two_factor_required IS 'Whether administrators, office and leaders must have a second factor; false for the demo.';
COMMENT ON COLUMN tenant_settings.two_factor_unit_heads IS 'Whether heads of units must have one too.';

CREATE TABLE person_factors (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    sealed_seed bytea NOT NULL,
    last_step bigint NOT NULL,
    tries timestamptz[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    CONSTRAINT person_factors_pkey PRIMARY KEY (tenant_id, person_id),
    CONSTRAINT person_factors_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT person_factors_seed_length CHECK (octet_length(sealed_seed) = 48)
);
COMMENT ON TABLE person_factors IS 'The second factor of a person (TOTP); a person without a row has none.';
COMMENT ON COLUMN person_factors.sealed_seed IS 'Nonce, 160-bit seed and tag: AES-256-GCM under a key that is not in the database, bound to tenant and person.';
COMMENT ON COLUMN person_factors.last_step IS 'The time step of the last code that was taken; only a later one is taken, so that a code works once.';
COMMENT ON COLUMN person_factors.tries IS 'When codes were last tried, right or wrong, from whatever session.';
CALL wall_in('person_factors');

CREATE TABLE factor_offers (
    tenant_id uuid NOT NULL,
    shown_in uuid NOT NULL,
    person_id uuid NOT NULL,
    sealed_seed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT factor_offers_pkey PRIMARY KEY (tenant_id, shown_in),
    CONSTRAINT factor_offers_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT factor_offers_seed_length CHECK (octet_length(sealed_seed) = 48)
);
CREATE INDEX factor_offers_person ON factor_offers (tenant_id, person_id);
COMMENT ON TABLE factor_offers IS 'Seeds that were shown and not yet confirmed by a code.';
COMMENT ON COLUMN factor_offers.shown_in IS 'The session or the sign-in step in which it was shown, and can be confirmed.';
CALL wall_in('factor_offers');

CREATE TABLE recovery_codes (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    code_hmac bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (tenant_id, person_id, code_hmac),
    CONSTRAINT recovery_codes_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT recovery_codes_hmac_length CHECK (octet_length(code_hmac) = 32)
);
COMMENT ON TABLE recovery_codes IS 'Codes that stand in for a lost factor, each once. 50 bits each, so kept as an HMAC whose key is not in the database.';
CALL wall_in('recovery_codes');

CREATE TABLE sign_in_steps (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    secret_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT sign_in_steps_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT sign_in_steps_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT sign_in_steps_secret_length CHECK (octet_length(secret_sha256) = 32)
);
CREATE INDEX sign_in_steps_person ON sign_in_steps (tenant_id, person_id);
COMMENT ON TABLE sign_in_steps IS 'Who gave the right password and has yet to give a code or to enrol. No session: it opens nothing else.';
CALL wall_in('sign_in_steps');

CREATE TABLE remembered_devices (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    secret_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT remembered_devices_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT remembered_devices_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT remembered_devices_secret_length CHECK (octet_length(secret_sha256) = 32)
);
CREATE INDEX remembered_devices_person ON remembered_devices (tenant_id, person_id);
COMMENT ON TABLE remembered_devices IS 'Browsers from which staff and heads of units need no code for 30 days; a password they always need.';
CALL wall_in('remembered_devices');
