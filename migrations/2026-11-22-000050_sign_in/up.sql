-- What signing in needs. Every secret is kept as its SHA-256 (they have 256 random bits), every password as argon2id.

CREATE TABLE person_passwords (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    hash text NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT person_passwords_pkey PRIMARY KEY (tenant_id, person_id),
    CONSTRAINT person_passwords_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT person_passwords_hash_form CHECK (hash LIKE '$argon2id$%')
);
COMMENT ON TABLE person_passwords IS 'The password of a person, as argon2id; a person without a row can''t sign in by password.';
CALL wall_in('person_passwords');

CREATE TABLE sessions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    post_id uuid NOT NULL,
    kind text NOT NULL,
    secret_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT sessions_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT sessions_post_fkey FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id),
    CONSTRAINT sessions_kind_known CHECK (kind IN ('browser', 'api')),
    CONSTRAINT sessions_secret_length CHECK (octet_length(secret_sha256) = 32)
);
CREATE INDEX sessions_person ON sessions (tenant_id, person_id) WHERE ended_at IS NULL;
COMMENT ON TABLE sessions IS 'Who is signed in. Read in the transaction of every act, so that ending one bites at once.';
COMMENT ON COLUMN sessions.post_id IS 'The post that acts: role and unit come from it.';
COMMENT ON COLUMN sessions.secret_sha256 IS 'Of a browser''s cookie secret, or of the id of an API client''s token.';
COMMENT ON COLUMN sessions.seen_at IS 'The last act, to the minute; a browser''s session ends after four idle hours.';
CALL wall_in('sessions');

CREATE TABLE one_time_links (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    purpose text NOT NULL,
    secret_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT one_time_links_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT one_time_links_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT one_time_links_purpose_known CHECK (purpose IN ('set_password')),
    CONSTRAINT one_time_links_secret_length CHECK (octet_length(secret_sha256) = 32)
);
CREATE INDEX one_time_links_person ON one_time_links (tenant_id, person_id) WHERE used_at IS NULL;
COMMENT ON TABLE one_time_links IS 'Links that let a person do one thing once without being signed in.';
CALL wall_in('one_time_links');
