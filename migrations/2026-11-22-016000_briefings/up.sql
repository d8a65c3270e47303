-- The monthly briefing: what the Office writes for a month, and what was published, which stays.

CREATE TABLE briefing_drafts (
    tenant_id uuid NOT NULL CONSTRAINT briefing_drafts_tenant_fkey REFERENCES tenants,
    month date NOT NULL,
    cutoff date,
    results text,
    causes text,
    proposals text,
    opening_on date,
    opening jsonb,
    made_on date,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    CONSTRAINT briefing_drafts_pkey PRIMARY KEY (tenant_id, month),
    CONSTRAINT briefing_drafts_month_first CHECK (extract(day FROM month) = 1),
    CONSTRAINT briefing_drafts_opening_whole CHECK (opening IS NULL OR opening_on IS NOT NULL)
);
COMMENT ON TABLE briefing_drafts IS 'The author''s part of a month''s briefing; its figures are computed whenever it is read.';
COMMENT ON COLUMN briefing_drafts.month IS 'The first day of the calendar month that names the briefing.';
COMMENT ON COLUMN briefing_drafts.cutoff IS 'The cut-off chosen; NULL: the usual one.';
COMMENT ON COLUMN briefing_drafts.opening_on IS 'The cut-off before, when no published briefing says it.';
COMMENT ON COLUMN briefing_drafts.opening IS 'Totals typed by an office that began in mid-year: overdue at opening_on, and lines of the flow by their codes.';
COMMENT ON COLUMN briefing_drafts.made_on IS 'The day on which it was made by the clock; NULL: by a person.';
CALL wall_in('briefing_drafts');
REVOKE DELETE ON briefing_drafts FROM dondoc_app;

CREATE TABLE briefing_numbers (
    tenant_id uuid NOT NULL CONSTRAINT briefing_numbers_tenant_fkey REFERENCES tenants,
    year smallint NOT NULL,
    last_number integer NOT NULL,
    CONSTRAINT briefing_numbers_pkey PRIMARY KEY (tenant_id, year)
);
COMMENT ON TABLE briefing_numbers IS 'The last number given to a briefing of a year.';
CALL wall_in('briefing_numbers');
REVOKE DELETE ON briefing_numbers FROM dondoc_app;

CREATE TABLE briefings (
    tenant_id uuid NOT NULL CONSTRAINT briefings_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    month date NOT NULL,
    version integer NOT NULL,
    year smallint NOT NULL,
    number integer NOT NULL,
    cutoff date NOT NULL,
    published_on date NOT NULL,
    published_at timestamptz NOT NULL,
    published_by text NOT NULL,
    reason text,
    rules text NOT NULL,
    overdue bigint NOT NULL,
    content bytea NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT briefings_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT briefings_version_key UNIQUE (tenant_id, month, version),
    CONSTRAINT briefings_number_key UNIQUE (tenant_id, year, number),
    CONSTRAINT briefings_month_first CHECK (extract(day FROM month) = 1),
    CONSTRAINT briefings_version_positive CHECK (version > 0 AND number > 0),
    CONSTRAINT briefings_correction_says_why CHECK ((version = 1) = (reason IS NULL)),
    CONSTRAINT briefings_sha256_right CHECK (sha256 = sha256(content))
);
COMMENT ON TABLE briefings IS 'What was published: figures, rows, calendar and rules of a month, as bytes. A correction is a further version.';
COMMENT ON COLUMN briefings.published_by IS 'As the journal calls them.';
COMMENT ON COLUMN briefings.reason IS 'Why an earlier version was corrected.';
COMMENT ON COLUMN briefings.rules IS 'The version of the rules by which it was counted.';
COMMENT ON COLUMN briefings.overdue IS 'Overdue key tasks, for the list of months.';
COMMENT ON COLUMN briefings.content IS 'Canonical JSON: keys sorted, no spaces, whole numbers only.';
CALL wall_in('briefings');
REVOKE UPDATE, DELETE ON briefings FROM dondoc_app;

CREATE TABLE briefing_documents (
    tenant_id uuid NOT NULL,
    briefing_id uuid NOT NULL,
    kind text NOT NULL,
    bytes bytea NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT briefing_documents_pkey PRIMARY KEY (tenant_id, briefing_id, kind),
    CONSTRAINT briefing_documents_briefing_fkey FOREIGN KEY (tenant_id, briefing_id)
        REFERENCES briefings (tenant_id, id),
    CONSTRAINT briefing_documents_kind_known CHECK (kind IN ('docx', 'xlsx', 'pdf', 'text')),
    CONSTRAINT briefing_documents_sha256_right CHECK (sha256 = sha256(bytes))
);
COMMENT ON TABLE briefing_documents IS 'The documents of a published briefing, made once; whoever asks gets these bytes.';
CALL wall_in('briefing_documents');
REVOKE UPDATE, DELETE ON briefing_documents FROM dondoc_app;

CREATE TABLE briefing_tasks (
    tenant_id uuid NOT NULL,
    task_id uuid NOT NULL,
    briefing_id uuid NOT NULL,
    CONSTRAINT briefing_tasks_pkey PRIMARY KEY (tenant_id, task_id, briefing_id),
    CONSTRAINT briefing_tasks_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT briefing_tasks_briefing_fkey FOREIGN KEY (tenant_id, briefing_id) REFERENCES briefings (tenant_id, id)
);
COMMENT ON TABLE briefing_tasks IS 'Which tasks stand in which published briefing: they are cancelled, no longer deleted.';
CALL wall_in('briefing_tasks');
REVOKE UPDATE, DELETE ON briefing_tasks FROM dondoc_app;

-- Whoever it is, the owner too, changes and removes nothing of it. Only a tenant that is removed as a whole, after all
-- of it was written to an archive, takes its briefings with it.
CREATE FUNCTION stay_published() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('app.removed_tenant', true) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what was published stays: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
REVOKE ALL ON FUNCTION stay_published() FROM PUBLIC;
DO $$
DECLARE
    published text;
BEGIN
    FOREACH published IN ARRAY ARRAY['briefings', 'briefing_documents', 'briefing_tasks'] LOOP
        EXECUTE format('CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON %I FOR EACH ROW'
            ' EXECUTE FUNCTION stay_published()', published);
        EXECUTE format('CREATE TRIGGER stays_whole BEFORE TRUNCATE ON %I FOR EACH STATEMENT'
            ' EXECUTE FUNCTION stay_published()', published);
    END LOOP;
END
$$;

-- A task of a published briefing is not deleted, by whatever way.
CREATE FUNCTION stay_told() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM briefing_tasks WHERE tenant_id = NEW.tenant_id AND task_id = NEW.id) THEN
        RAISE EXCEPTION 'a task of a published briefing is cancelled, not deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION stay_told() FROM PUBLIC;
CREATE TRIGGER stays_told BEFORE UPDATE OF deleted_at ON tasks FOR EACH ROW
    WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION stay_told();
-- Again at the end: one that is published meanwhile is seen only then, when the tenant's revision is ours.
CREATE CONSTRAINT TRIGGER stays_told_at_last AFTER UPDATE OF deleted_at ON tasks
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION stay_told();

ALTER TABLE tenant_settings
    ADD COLUMN briefing_day smallint,
    ADD CONSTRAINT tenant_settings_briefing_day_range CHECK (briefing_day BETWEEN 1 AND 31);
COMMENT ON COLUMN tenant_settings.briefing_day IS 'The day of the month on which a draft is made by itself; NULL: the last working day of the period.';

-- What the Government and the Prime Minister gave, as the briefing asks for it: few of many.
CREATE INDEX tasks_given_by_government ON tasks (tenant_id, id)
    WHERE category = 'key' AND deleted_at IS NULL
      AND (source_number ~ '[-/](TTg|CP|VPCP)(-|$)'
           OR source_issuer ~* '^\s*(chính phủ|thủ tướng|văn phòng chính phủ)');
