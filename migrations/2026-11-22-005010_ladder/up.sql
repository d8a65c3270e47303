-- Reminders: a tenant's own ladder, and the days on which reminders were planned.

CREATE TABLE ladder_steps (
    tenant_id uuid NOT NULL CONSTRAINT ladder_steps_tenant_fkey REFERENCES tenants,
    days integer NOT NULL,
    count text NOT NULL,
    tell_contact boolean NOT NULL,
    tell_head boolean NOT NULL,
    tell_office boolean NOT NULL,
    tell_leader boolean NOT NULL,
    CONSTRAINT ladder_steps_pkey PRIMARY KEY (tenant_id, days, count),
    CONSTRAINT ladder_steps_days_range CHECK (days BETWEEN -365 AND 365),
    CONSTRAINT ladder_steps_count_known CHECK (count IN ('working', 'calendar')),
    CONSTRAINT ladder_steps_told CHECK (tell_contact OR tell_head OR tell_office OR tell_leader)
);
COMMENT ON TABLE ladder_steps IS 'Who is told how many days before or after a deadline. A tenant without a row has the ladder of the product.';
COMMENT ON COLUMN ladder_steps.days IS 'Days from the deadline: before it negative, 0 on the day.';
COMMENT ON COLUMN ladder_steps.count IS 'Whether working days are counted or all days.';
CALL wall_in('ladder_steps');

CREATE TABLE reminder_runs (
    tenant_id uuid NOT NULL CONSTRAINT reminder_runs_tenant_fkey REFERENCES tenants,
    day date NOT NULL,
    since date NOT NULL,
    planned_at timestamptz NOT NULL,
    CONSTRAINT reminder_runs_pkey PRIMARY KEY (tenant_id, day),
    CONSTRAINT reminder_runs_forward CHECK (since < day)
);
COMMENT ON TABLE reminder_runs IS 'One row for each day on which reminders were planned: with it, every step is told once whatever was missed.';
COMMENT ON COLUMN reminder_runs.since IS 'The steps after this day and up to the day of the run were told.';
CALL wall_in('reminder_runs');
