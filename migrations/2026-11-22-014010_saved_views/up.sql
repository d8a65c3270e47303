-- Lists of tasks that people come back to: the filters of an address under a name.

CREATE TABLE saved_views (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    shared boolean NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT saved_views_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT saved_views_name_key UNIQUE (tenant_id, owner_id, name),
    CONSTRAINT saved_views_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT saved_views_name_length CHECK (length(name) BETWEEN 1 AND 60),
    CONSTRAINT saved_views_query_length CHECK (length(query) <= 2000)
);
COMMENT ON TABLE saved_views IS 'A list of tasks under a name: of one person, or shared with the tenant.';
COMMENT ON COLUMN saved_views.query IS 'The filters as an address has them; read again each time, as what they name may be gone.';
CALL wall_in('saved_views');

CREATE TABLE default_views (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    view_id uuid NOT NULL,
    CONSTRAINT default_views_pkey PRIMARY KEY (tenant_id, person_id),
    CONSTRAINT default_views_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT default_views_view_fkey FOREIGN KEY (tenant_id, view_id) REFERENCES saved_views (tenant_id, id)
);
CREATE INDEX default_views_view ON default_views (tenant_id, view_id);
COMMENT ON TABLE default_views IS 'The view with which a person''s list of tasks begins.';
CALL wall_in('default_views');
