CREATE TABLE persons (
    tenant_id uuid NOT NULL CONSTRAINT persons_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    full_name text NOT NULL COLLATE "vi-x-icu",
    email text NOT NULL,
    language text NOT NULL DEFAULT 'vi',
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    CONSTRAINT persons_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT persons_email_key UNIQUE (tenant_id, email),
    CONSTRAINT persons_email_form CHECK (email = lower(email) AND email LIKE '%_@_%'),
    CONSTRAINT persons_language_known CHECK (language IN ('vi', 'en'))
);
COMMENT ON TABLE persons IS 'People of a tenant. What they may do hangs on their posts, never on them.';
CALL wall_in('persons');

CREATE TABLE posts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    unit_id uuid,
    role text NOT NULL,
    from_on date NOT NULL,
    until_on date,
    deputy_for_id uuid,
    CONSTRAINT posts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT posts_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT posts_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id),
    CONSTRAINT posts_deputy_for_fkey FOREIGN KEY (tenant_id, deputy_for_id) REFERENCES posts (tenant_id, id),
    CONSTRAINT posts_role_known CHECK (role IN ('staff', 'unit_head', 'office', 'leader', 'admin')),
    CONSTRAINT posts_unit_present CHECK (unit_id IS NOT NULL OR role IN ('leader', 'admin')),
    CONSTRAINT posts_term_ordered CHECK (until_on IS NULL OR from_on < until_on)
);
CREATE INDEX posts_person ON posts (tenant_id, person_id);
CREATE INDEX posts_unit ON posts (tenant_id, unit_id);
COMMENT ON TABLE posts IS 'A person in a unit with a role for a time; one person may hold several.';
COMMENT ON COLUMN posts.until_on IS 'The first day on which the post is no longer held.';
CALL wall_in('posts');
