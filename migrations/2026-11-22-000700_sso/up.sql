-- Single sign-on by OpenID Connect, and when a session last proved who uses it.

CREATE TABLE sso_providers (
    tenant_id uuid NOT NULL CONSTRAINT sso_providers_pkey PRIMARY KEY
        CONSTRAINT sso_providers_tenant_fkey REFERENCES tenants,
    issuer text NOT NULL,
    client_id text NOT NULL,
    sealed_secret bytea NOT NULL,
    local_sign_in boolean NOT NULL DEFAULT true,
    changed_at timestamptz NOT NULL
);
COMMENT ON TABLE sso_providers IS 'The OpenID provider of a tenant, at most one; a tenant without a row has no single sign-on.';
COMMENT ON COLUMN sso_providers.sealed_secret IS 'The client secret: nonce, text and tag, AES-256-GCM under a key that is not in the database, bound to the tenant.';
COMMENT ON COLUMN sso_providers.local_sign_in IS 'Whether passwords open anything; false once an administrator has come in by the provider.';
COMMENT ON COLUMN sso_providers.changed_at IS 'When issuer, client or secret were last changed: what was proved before proves nothing of them.';
CALL wall_in('sso_providers');

CREATE TABLE sso_subjects (
    tenant_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT sso_subjects_pkey PRIMARY KEY (tenant_id, issuer, subject),
    CONSTRAINT sso_subjects_person_key UNIQUE (tenant_id, issuer, person_id),
    CONSTRAINT sso_subjects_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id)
);
COMMENT ON TABLE sso_subjects IS 'Who a provider''s account belongs to, from the first sign-in by a verified address on; addresses are not asked again.';
COMMENT ON COLUMN sso_subjects.seen_at IS 'The last sign-in by it.';
CALL wall_in('sso_subjects');

ALTER TABLE sessions ADD COLUMN proved_at timestamptz;
COMMENT ON COLUMN sessions.proved_at IS 'When password, or provider anew, and code were last given; NULL when a provider or a remembered device let the session begin.';

ALTER TABLE sign_in_steps ADD COLUMN by_provider boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN sign_in_steps.by_provider IS 'Whether a provider led here instead of a password.';
