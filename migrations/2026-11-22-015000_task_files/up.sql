-- The files of tasks. Their bytes stand outside the database, under the tenant's id and the file's.

CREATE TABLE task_files (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    submission_id uuid,
    name text NOT NULL,
    kind text NOT NULL,
    bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    added_by text NOT NULL,
    added_at timestamptz NOT NULL,
    removed_by text,
    removed_at timestamptz,
    removed_reason text,
    CONSTRAINT task_files_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_files_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_files_submission_fkey FOREIGN KEY (tenant_id, submission_id)
        REFERENCES task_submissions (tenant_id, id),
    CONSTRAINT task_files_kind_known CHECK (kind IN ('pdf', 'png', 'jpeg', 'text', 'docx', 'xlsx', 'pptx', 'odt')),
    CONSTRAINT task_files_name_plain CHECK (name <> '' AND name !~ '[/\\[:cntrl:]]'),
    CONSTRAINT task_files_bytes_range CHECK (bytes BETWEEN 1 AND 20971520),
    CONSTRAINT task_files_sha256_whole CHECK (length(sha256) = 32),
    CONSTRAINT task_files_removed_whole CHECK ((removed_at IS NULL) = (removed_by IS NULL)
        AND (removed_at IS NULL) = (removed_reason IS NULL))
);
CREATE INDEX task_files_task ON task_files (tenant_id, task_id, added_at);
CREATE INDEX task_files_kept ON task_files (tenant_id) INCLUDE (bytes) WHERE removed_at IS NULL;
COMMENT ON TABLE task_files IS 'A file put to a task: a document of the task itself, or evidence of a reported completion.';
COMMENT ON COLUMN task_files.submission_id IS 'The reported completion it is evidence of; NULL: a document of the task.';
COMMENT ON COLUMN task_files.kind IS 'What its content is, whatever its name said; the two agree.';
COMMENT ON COLUMN task_files.added_by IS 'Who put it there, as the journal calls them.';
COMMENT ON COLUMN task_files.removed_at IS 'From then on nobody is shown it; its bytes go the next night.';
CALL wall_in('task_files');
REVOKE DELETE ON task_files FROM dondoc_app;

ALTER TABLE tenants
    ADD COLUMN most_storage_mb integer,
    ADD CONSTRAINT tenants_storage_positive CHECK (most_storage_mb > 0);
COMMENT ON COLUMN tenants.most_storage_mb IS 'How many MB of files are kept at most; NULL: what holds for everybody.';
GRANT UPDATE (most_storage_mb) ON tenants TO dondoc_app;
