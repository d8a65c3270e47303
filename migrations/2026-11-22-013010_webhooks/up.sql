-- Addresses of other systems that are told what happens to tasks.
CREATE TABLE webhooks (
    tenant_id uuid NOT NULL CONSTRAINT webhooks_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    events text[] NOT NULL,
    active boolean NOT NULL,
    sealed_secret bytea NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT webhooks_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhooks_some_event CHECK (cardinality(events) > 0)
);
COMMENT ON TABLE webhooks IS 'Addresses of other systems that are told what happens to tasks.';
COMMENT ON COLUMN webhooks.events IS 'The kinds of events that are told, by their codes.';
COMMENT ON COLUMN webhooks.sealed_secret IS 'With what each message is signed: nonce, secret and tag, sealed under a key that is not in the database.';
CALL wall_in('webhooks');
