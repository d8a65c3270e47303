-- What a task's life needs beside its dated facts: who reported and who decided, what was handed in, a confirmation that
-- was a mistake, the planned end of a pause, the body a task was transferred to, and the log of progress.

ALTER TABLE task_submissions
    ADD COLUMN submitted_by text,
    ADD COLUMN decided_by text,
    ADD COLUMN evidence text,
    ADD COLUMN product_number text,
    ADD COLUMN product_date date,
    ADD COLUMN undone_on date,
    ADD COLUMN undone_reason text,
    ADD CONSTRAINT task_submissions_undone_after
        CHECK (undone_on IS NULL OR (accepted IS TRUE AND undone_on >= decided_on));
DROP INDEX task_submissions_accepted_once;
CREATE UNIQUE INDEX task_submissions_accepted_once ON task_submissions (tenant_id, task_id)
    WHERE accepted AND undone_on IS NULL;
CREATE INDEX task_submissions_undone ON task_submissions (tenant_id, task_id) WHERE undone_on IS NOT NULL;
COMMENT ON COLUMN task_submissions.submitted_by IS 'Who reported, as the journal calls them; they never confirm it themselves.';
COMMENT ON COLUMN task_submissions.decided_by IS 'Who answered, as the journal calls them.';
COMMENT ON COLUMN task_submissions.evidence IS 'What shows that it is done, in the unit''s words.';
COMMENT ON COLUMN task_submissions.undone_on IS 'The first day on which an acceptance no longer holds, because it was a mistake; before it the task was completed.';

ALTER TABLE task_exclusions
    ADD COLUMN planned_until date,
    ADD COLUMN body text;
COMMENT ON COLUMN task_exclusions.planned_until IS 'The day until which a pause is meant to last; it ends by an act of its own (until_on).';
COMMENT ON COLUMN task_exclusions.body IS 'The body outside the tenant that a task was transferred to.';

ALTER TABLE tasks ADD CONSTRAINT tasks_labels_whole CHECK (array_position(labels, NULL) IS NULL);

CREATE TABLE task_notes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    noted_on date NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    percent smallint,
    words text,
    obstacles text,
    CONSTRAINT task_notes_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_notes_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_notes_percent_range CHECK (percent BETWEEN 0 AND 100)
);
CREATE INDEX task_notes_task ON task_notes (tenant_id, task_id, id);
COMMENT ON TABLE task_notes IS 'The log of progress: who noted what on which day; the present percent and obstacles stand in tasks.';
COMMENT ON COLUMN task_notes.noted_by IS 'As the journal calls them.';
COMMENT ON COLUMN task_notes.obstacles IS 'Khó khăn, vướng mắc as they were noted; an empty text says that there are none any more.';
CALL wall_in('task_notes');
REVOKE UPDATE, DELETE ON task_notes FROM dondoc_app;
