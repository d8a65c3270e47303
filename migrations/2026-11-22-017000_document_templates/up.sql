-- The templates that a tenant puts in place of the form of its documents. Each upload is another version; what was made
-- with one is kept by itself.

CREATE TABLE document_templates (
    tenant_id uuid NOT NULL CONSTRAINT document_templates_tenant_fkey REFERENCES tenants,
    version integer NOT NULL,
    name text NOT NULL,
    content bytea NOT NULL,
    sha256 bytea NOT NULL,
    added_by text NOT NULL,
    added_at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    CONSTRAINT document_templates_pkey PRIMARY KEY (tenant_id, version),
    CONSTRAINT document_templates_version_positive CHECK (version > 0),
    CONSTRAINT document_templates_name_plain CHECK (name <> '' AND name !~ '[/\\[:cntrl:]]'),
    CONSTRAINT document_templates_content_range CHECK (length(content) BETWEEN 1 AND 5242880),
    CONSTRAINT document_templates_sha256_whole CHECK (sha256 = sha256(content))
);
COMMENT ON TABLE document_templates IS 'A document of Word with content controls, put in place of our own form; the last version holds, unless it is withdrawn.';
COMMENT ON COLUMN document_templates.added_by IS 'Who put it there, as the journal calls them.';
COMMENT ON COLUMN document_templates.withdrawn_at IS 'From then on our own form holds again, until another version comes.';
CALL wall_in('document_templates');
REVOKE DELETE, UPDATE ON document_templates FROM dondoc_app;
GRANT UPDATE (withdrawn_at) ON document_templates TO dondoc_app;
