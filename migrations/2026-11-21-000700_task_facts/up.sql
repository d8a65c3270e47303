-- The dated facts of a task: with them the standing of any past day can be asked.

CREATE TABLE task_submissions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    submitted_on date NOT NULL,
    accepted boolean,
    decided_on date,
    reason text,
    import_id uuid,
    CONSTRAINT task_submissions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_submissions_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_submissions_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id),
    CONSTRAINT task_submissions_decided_whole CHECK ((accepted IS NULL) = (decided_on IS NULL)),
    CONSTRAINT task_submissions_decided_after CHECK (decided_on >= submitted_on)
);
CREATE INDEX task_submissions_task ON task_submissions (tenant_id, task_id, submitted_on);
CREATE UNIQUE INDEX task_submissions_accepted_once ON task_submissions (tenant_id, task_id) WHERE accepted;
COMMENT ON TABLE task_submissions IS 'A unit reports completion on a day; the office accepts it or sends it back on another.';
COMMENT ON COLUMN task_submissions.accepted IS 'NULL while it waits for the office.';
CALL wall_in('task_submissions');

CREATE TABLE task_extensions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    requested_on date,
    reason text,
    request_number text,
    wanted_due_on date NOT NULL,
    wanted_words text,
    wanted_precision text NOT NULL,
    decision text,
    decided_on date,
    decision_reason text,
    new_due_on date,
    import_id uuid,
    CONSTRAINT task_extensions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_extensions_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_extensions_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id),
    CONSTRAINT task_extensions_precision_known CHECK (wanted_precision IN ('day', 'month', 'quarter', 'half_year', 'year')),
    CONSTRAINT task_extensions_decision_known CHECK (decision IN ('agreed', 'changed', 'refused')),
    CONSTRAINT task_extensions_decided_whole CHECK (decision IS NOT NULL OR decided_on IS NULL),
    CONSTRAINT task_extensions_due_when_agreed CHECK ((decision IN ('agreed', 'changed')) IS TRUE = (new_due_on IS NOT NULL))
);
CREATE INDEX task_extensions_task ON task_extensions (tenant_id, task_id, decided_on);
CREATE UNIQUE INDEX task_extensions_one_open ON task_extensions (tenant_id, task_id) WHERE decision IS NULL;
COMMENT ON TABLE task_extensions IS 'A request for a later deadline and its decision; until decided the old deadline stands.';
COMMENT ON COLUMN task_extensions.decided_on IS 'NULL while open; of an agreed one, when no day is known: then it counts at every cut-off.';
COMMENT ON COLUMN task_extensions.new_due_on IS 'The deadline as decided; NULL while open and when refused.';
CALL wall_in('task_extensions');

CREATE TABLE task_exclusions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    state text NOT NULL,
    from_on date,
    until_on date,
    reason text,
    import_id uuid,
    CONSTRAINT task_exclusions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_exclusions_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_exclusions_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id),
    CONSTRAINT task_exclusions_state_known CHECK (state IN ('cancelled', 'paused', 'returned', 'transferred')),
    CONSTRAINT task_exclusions_ordered CHECK (until_on IS NULL OR from_on IS NULL OR from_on <= until_on)
);
CREATE INDEX task_exclusions_task ON task_exclusions (tenant_id, task_id);
COMMENT ON TABLE task_exclusions IS 'The times in which a task is outside the count: cancelled, paused, returned or transferred.';
COMMENT ON COLUMN task_exclusions.from_on IS 'NULL when no day is known: then it counts at every cut-off.';
COMMENT ON COLUMN task_exclusions.until_on IS 'The first day on which it no longer holds (resumed).';
CALL wall_in('task_exclusions');

CREATE TABLE task_lead_changes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    changed_on date NOT NULL,
    from_unit_id uuid NOT NULL,
    reason text,
    CONSTRAINT task_lead_changes_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_lead_changes_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_lead_changes_unit_fkey FOREIGN KEY (tenant_id, from_unit_id) REFERENCES units (tenant_id, id)
);
CREATE INDEX task_lead_changes_task ON task_lead_changes (tenant_id, task_id, changed_on);
COMMENT ON TABLE task_lead_changes IS 'The lead unit a task had before a day; the present one stands in tasks.';
COMMENT ON COLUMN task_lead_changes.changed_on IS 'The first day of the unit that followed.';
CALL wall_in('task_lead_changes');
