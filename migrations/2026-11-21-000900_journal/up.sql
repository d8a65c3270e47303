CREATE TABLE journal (
    tenant_id uuid NOT NULL CONSTRAINT journal_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    subject text NOT NULL,
    subject_id uuid,
    import_id uuid,
    before jsonb,
    after jsonb,
    CONSTRAINT journal_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT journal_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
);
CREATE INDEX journal_subject ON journal (tenant_id, subject, subject_id, at);
COMMENT ON TABLE journal IS 'Who did what when, with the values before and after. Append-only: the application can neither change nor delete a row.';
CALL wall_in('journal');
REVOKE UPDATE, DELETE ON journal FROM dondoc_app;
