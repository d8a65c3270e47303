-- Work that is given to many units at once, and work that comes again.

CREATE TABLE campaigns (
    tenant_id uuid NOT NULL CONSTRAINT campaigns_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    title text NOT NULL,
    category text NOT NULL,
    source_number text,
    source_date date,
    source_issuer text,
    product text NOT NULL,
    due_words text NOT NULL,
    due_precision text NOT NULL,
    due_on date NOT NULL,
    assigned_on date NOT NULL,
    closed_on date,
    closed_reason text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT campaigns_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT campaigns_title_present CHECK (title <> ''),
    CONSTRAINT campaigns_category_known CHECK (category IN ('key', 'routine', 'ad_hoc')),
    CONSTRAINT campaigns_precision_known CHECK (due_precision IN ('day', 'month', 'quarter', 'half_year', 'year')),
    CONSTRAINT campaigns_closed_whole CHECK ((closed_on IS NULL) = (closed_reason IS NULL))
);
COMMENT ON TABLE campaigns IS 'One directive given to many units, each with a task of its own.';
COMMENT ON COLUMN campaigns.due_on IS 'The deadline of the tasks as given; a task''s own deadline may have been extended since.';
COMMENT ON COLUMN campaigns.closed_on IS 'From this day on no unit is added or urged; the tasks go on by themselves.';
CALL wall_in('campaigns');

CREATE TABLE campaign_tasks (
    tenant_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    task_id uuid NOT NULL,
    CONSTRAINT campaign_tasks_pkey PRIMARY KEY (tenant_id, campaign_id, unit_id),
    CONSTRAINT campaign_tasks_task_once UNIQUE (tenant_id, task_id),
    CONSTRAINT campaign_tasks_campaign_fkey FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id),
    CONSTRAINT campaign_tasks_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id),
    CONSTRAINT campaign_tasks_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id)
);
COMMENT ON TABLE campaign_tasks IS 'The task of each unit of a campaign; a unit has one.';
COMMENT ON COLUMN campaign_tasks.unit_id IS 'The unit it was given to; who leads the task now stands in tasks.';
CALL wall_in('campaign_tasks');

CREATE TABLE campaign_urges (
    tenant_id uuid NOT NULL,
    task_id uuid NOT NULL,
    urged_on date NOT NULL,
    actor text NOT NULL,
    letters integer NOT NULL,
    CONSTRAINT campaign_urges_pkey PRIMARY KEY (tenant_id, task_id, urged_on),
    CONSTRAINT campaign_urges_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES campaign_tasks (tenant_id, task_id)
);
COMMENT ON TABLE campaign_urges IS 'The days on which a unit was urged to report for a campaign, once a day at most.';
COMMENT ON COLUMN campaign_urges.letters IS 'To how many people or mailboxes it was written; 0 when the unit has nobody to write to.';
CALL wall_in('campaign_urges');

CREATE TABLE recurrences (
    tenant_id uuid NOT NULL CONSTRAINT recurrences_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    title text NOT NULL,
    category text NOT NULL,
    source_number text,
    source_date date,
    lead_unit_id uuid NOT NULL,
    product text NOT NULL,
    every text NOT NULL,
    month smallint NOT NULL,
    day_form text NOT NULL,
    day_number smallint,
    notice_days smallint NOT NULL,
    from_on date NOT NULL,
    until_on date,
    acts_from date NOT NULL,
    paused_on date,
    actor text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT recurrences_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT recurrences_lead_unit_fkey FOREIGN KEY (tenant_id, lead_unit_id) REFERENCES units (tenant_id, id),
    CONSTRAINT recurrences_title_present CHECK (title <> ''),
    CONSTRAINT recurrences_category_known CHECK (category IN ('key', 'routine', 'ad_hoc')),
    CONSTRAINT recurrences_every_known CHECK (every IN ('month', 'quarter', 'half_year', 'year')),
    CONSTRAINT recurrences_day_form_known CHECK (day_form IN ('number', 'first_working', 'last_working',
        'first_weekday', 'last_weekday')),
    CONSTRAINT recurrences_month_range CHECK (month BETWEEN 1 AND 12),
    CONSTRAINT recurrences_day_range CHECK (day_number BETWEEN 1 AND 31),
    CONSTRAINT recurrences_notice_range CHECK (notice_days BETWEEN 0 AND 60),
    CONSTRAINT recurrences_ordered CHECK (from_on <= until_on)
);
COMMENT ON TABLE recurrences IS 'Work that comes again: what each time is given, to whom, and when it is due.';
COMMENT ON COLUMN recurrences.month IS 'In which month of the turn it is due, from 1.';
COMMENT ON COLUMN recurrences.day_number IS 'The day of the month, or the weekday from 1, Monday; NULL for a working day.';
COMMENT ON COLUMN recurrences.notice_days IS 'How many working days before its deadline the task appears.';
COMMENT ON COLUMN recurrences.actor IS 'Who made or changed it last, in whose name its tasks are given.';
COMMENT ON COLUMN recurrences.acts_from IS 'Deadlines before this day are not made up for: the day it was made, changed or resumed.';
CALL wall_in('recurrences');

CREATE TABLE recurrence_coordinators (
    tenant_id uuid NOT NULL,
    recurrence_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    CONSTRAINT recurrence_coordinators_pkey PRIMARY KEY (tenant_id, recurrence_id, unit_id),
    CONSTRAINT recurrence_coordinators_recurrence_fkey FOREIGN KEY (tenant_id, recurrence_id)
        REFERENCES recurrences (tenant_id, id),
    CONSTRAINT recurrence_coordinators_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id)
);
COMMENT ON TABLE recurrence_coordinators IS 'The units that coordinate each time.';
CALL wall_in('recurrence_coordinators');

CREATE TABLE recurrence_turns (
    tenant_id uuid NOT NULL,
    recurrence_id uuid NOT NULL,
    turn text NOT NULL,
    named_on date NOT NULL,
    task_id uuid,
    skipped_reason text,
    done_on date NOT NULL,
    CONSTRAINT recurrence_turns_pkey PRIMARY KEY (tenant_id, recurrence_id, turn),
    CONSTRAINT recurrence_turns_recurrence_fkey FOREIGN KEY (tenant_id, recurrence_id)
        REFERENCES recurrences (tenant_id, id),
    CONSTRAINT recurrence_turns_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT recurrence_turns_task_or_reason CHECK ((task_id IS NULL) = (skipped_reason IS NOT NULL))
);
CREATE INDEX recurrence_turns_task ON recurrence_turns (tenant_id, task_id) WHERE task_id IS NOT NULL;
COMMENT ON TABLE recurrence_turns IS 'What became of each turn: its task, or why it was left out. One row a turn, so that none comes twice.';
COMMENT ON COLUMN recurrence_turns.turn IS 'Month, quarter, half-year or year: 2024-11, 2024-Q4, 2024-H2, 2024.';
COMMENT ON COLUMN recurrence_turns.named_on IS 'The day that the rule names; the deadline rolls off it where it is a day off.';
COMMENT ON COLUMN recurrence_turns.done_on IS 'When the task was made, or the turn left out.';
CALL wall_in('recurrence_turns');

-- What was given, urged or left out stays.
REVOKE DELETE ON campaigns, recurrences FROM dondoc_app;
REVOKE UPDATE, DELETE ON campaign_tasks, campaign_urges, recurrence_turns FROM dondoc_app;
