-- What became of the digest of each working day: a row decides, whoever looks at the time first.
CREATE TABLE digest_days (
    tenant_id uuid NOT NULL CONSTRAINT digest_days_tenant_fkey REFERENCES tenants,
    day date NOT NULL,
    state text NOT NULL,
    letters integer NOT NULL DEFAULT 0,
    decided_at timestamptz NOT NULL,
    CONSTRAINT digest_days_pkey PRIMARY KEY (tenant_id, day),
    CONSTRAINT digest_days_state_known CHECK (state IN ('planned', 'missed'))
);
COMMENT ON TABLE digest_days IS 'The working days of a tenant for which digests were planned, or that passed without.';
COMMENT ON COLUMN digest_days.letters IS 'How many letters were planned; each of them stands in the outbox, sent or with a reason why not.';
CALL wall_in('digest_days');
REVOKE DELETE ON digest_days FROM dondoc_app;

-- Who holds which post and who coordinates are what digests are made from as well.
CREATE CONSTRAINT TRIGGER raises_revision AFTER INSERT OR UPDATE OR DELETE ON posts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_revision();
CREATE CONSTRAINT TRIGGER raises_revision AFTER INSERT OR UPDATE OR DELETE ON task_coordinators
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_revision();
