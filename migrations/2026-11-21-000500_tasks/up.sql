CREATE TABLE tasks (
    tenant_id uuid NOT NULL CONSTRAINT tasks_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    title_key text NOT NULL,
    category text NOT NULL,
    field text,
    parent_id uuid,
    labels text[] NOT NULL DEFAULT '{}',
    source_number text,
    source_date date,
    source_kind text,
    source_abstract text,
    source_issuer text,
    source_urgency text,
    lead_unit_id uuid NOT NULL,
    leader_id uuid,
    contact_id uuid,
    follower_id uuid,
    product text NOT NULL,
    level text,
    level_words text,
    assigned_on date,
    due_words text,
    due_precision text NOT NULL,
    original_due_on date,
    due_on date,
    status text NOT NULL,
    percent smallint,
    obstacles text,
    late_reason_kind text,
    late_reason_category text,
    late_reason text,
    completed_on date,
    confirmed_on date,
    confirmed_by uuid,
    product_number text,
    product_date date,
    note text,
    imported jsonb,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_reason text,
    CONSTRAINT tasks_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT tasks_code_key UNIQUE (tenant_id, code),
    CONSTRAINT tasks_parent_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT tasks_lead_unit_fkey FOREIGN KEY (tenant_id, lead_unit_id) REFERENCES units (tenant_id, id),
    CONSTRAINT tasks_leader_fkey FOREIGN KEY (tenant_id, leader_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT tasks_contact_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT tasks_follower_fkey FOREIGN KEY (tenant_id, follower_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT tasks_confirmed_by_fkey FOREIGN KEY (tenant_id, confirmed_by) REFERENCES persons (tenant_id, id),
    CONSTRAINT tasks_title_present CHECK (title <> ''),
    CONSTRAINT tasks_category_known CHECK (category IN ('key', 'routine', 'ad_hoc')),
    CONSTRAINT tasks_product_known CHECK (product IN ('law', 'decree', 'resolution', 'decision', 'scheme',
        'circular', 'directive', 'plan', 'report', 'document', 'conference', 'other')),
    CONSTRAINT tasks_level_known CHECK (level IN ('politburo', 'secretariat', 'national_assembly', 'government',
        'prime_minister', 'minister', 'committee_chair', 'other')),
    CONSTRAINT tasks_precision_known CHECK (due_precision IN ('day', 'month', 'quarter', 'half_year', 'year', 'none')),
    CONSTRAINT tasks_precision_of_due CHECK ((due_precision = 'none') = (original_due_on IS NULL)),
    CONSTRAINT tasks_status_known CHECK (status IN ('not_started', 'in_progress', 'submitted', 'completed',
        'cancelled', 'paused', 'returned', 'transferred')),
    CONSTRAINT tasks_completed_has_date CHECK (status <> 'completed' OR completed_on IS NOT NULL),
    CONSTRAINT tasks_completed_is_confirmed CHECK ((completed_on IS NULL) = (confirmed_on IS NULL)),
    CONSTRAINT tasks_percent_range CHECK (percent BETWEEN 0 AND 100),
    CONSTRAINT tasks_late_reason_kind_known CHECK (late_reason_kind IN ('objective', 'subjective'))
);
CREATE INDEX tasks_open_by_unit ON tasks (tenant_id, lead_unit_id, due_on)
    WHERE completed_on IS NULL AND deleted_at IS NULL;
CREATE INDEX tasks_parent ON tasks (tenant_id, parent_id) WHERE parent_id IS NOT NULL;
COMMENT ON TABLE tasks IS 'One task, as it is now. Standing is never stored: it is computed for a day from the dated facts.';
COMMENT ON COLUMN tasks.title_key IS 'The title without accents and case: for search, and to know a row without a code again.';
COMMENT ON COLUMN tasks.due_words IS 'The deadline in its original words; shown beside the interpreted date.';
COMMENT ON COLUMN tasks.original_due_on IS 'The deadline as first given; kept for ever.';
COMMENT ON COLUMN tasks.due_on IS 'The current deadline: that of the last agreed extension, else the original one.';
COMMENT ON COLUMN tasks.completed_on IS 'The day the product was submitted and then accepted; not the day of the click.';
COMMENT ON COLUMN tasks.confirmed_on IS 'The day the completion was confirmed; before it the task was waiting.';
COMMENT ON COLUMN tasks.imported IS 'What the last import read for each field: tells a change made here from one made in the sheet.';
CALL wall_in('tasks');

CREATE TABLE task_coordinators (
    tenant_id uuid NOT NULL,
    task_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    CONSTRAINT task_coordinators_pkey PRIMARY KEY (tenant_id, task_id, unit_id),
    CONSTRAINT task_coordinators_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_coordinators_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id)
);
CREATE INDEX task_coordinators_unit ON task_coordinators (tenant_id, unit_id);
COMMENT ON TABLE task_coordinators IS 'The coordinating units of a task (phối hợp).';
CALL wall_in('task_coordinators');

CREATE TABLE task_assignees (
    tenant_id uuid NOT NULL,
    task_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT task_assignees_pkey PRIMARY KEY (tenant_id, task_id, person_id),
    CONSTRAINT task_assignees_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_assignees_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id)
);
CREATE INDEX task_assignees_person ON task_assignees (tenant_id, person_id);
COMMENT ON TABLE task_assignees IS 'The staff of the lead unit who do the task.';
CALL wall_in('task_assignees');
