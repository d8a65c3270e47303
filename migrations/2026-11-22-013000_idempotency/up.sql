-- What was answered to creations that came with a key of the client's, so that one that comes again is not done again.
CREATE TABLE idempotency_keys (
    tenant_id uuid NOT NULL CONSTRAINT idempotency_keys_tenant_fkey REFERENCES tenants,
    holder_id uuid NOT NULL,
    key text NOT NULL,
    request_sha256 bytea NOT NULL,
    status smallint NOT NULL,
    location text,
    etag text,
    sealed_body bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, holder_id, key),
    CONSTRAINT idempotency_keys_key_length CHECK (char_length(key) BETWEEN 1 AND 255),
    CONSTRAINT idempotency_keys_request_hash CHECK (octet_length(request_sha256) = 32),
    CONSTRAINT idempotency_keys_success CHECK (status BETWEEN 200 AND 299)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (tenant_id, created_at);
COMMENT ON TABLE idempotency_keys IS 'The answers to creations, by the key that the client gave each; kept for a day. A row goes in with what was made.';
COMMENT ON COLUMN idempotency_keys.holder_id IS 'Whose key it is: a person, or an API key.';
COMMENT ON COLUMN idempotency_keys.request_sha256 IS 'The hash of method, address, type and body: the same key with another request is a mistake.';
COMMENT ON COLUMN idempotency_keys.sealed_body IS 'The answer''s body, sealed under a key that is not in the database: it may hold what is shown once only.';
CALL wall_in('idempotency_keys');
REVOKE UPDATE ON idempotency_keys FROM dondoc_app;
