-- What is to be done by the clock or beside a request. System tables: ids, kinds, times and states, nothing of a person.
-- The column is called "tenant": a table with a tenant_id has to stand behind the wall, and a worker has to see these
-- before it knows whose turn it is.

CREATE TABLE jobs (
    id uuid NOT NULL CONSTRAINT jobs_pkey PRIMARY KEY,
    kind text NOT NULL,
    tenant uuid CONSTRAINT jobs_tenant_fkey REFERENCES tenants,
    key text NOT NULL,
    state text NOT NULL DEFAULT 'queued',
    due_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    lease_losses integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    last_error text,
    finished_at timestamptz,
    CONSTRAINT jobs_once UNIQUE NULLS NOT DISTINCT (kind, tenant, key),
    CONSTRAINT jobs_state_known CHECK (state IN ('queued', 'running', 'done', 'dead')),
    CONSTRAINT jobs_lease_held CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CONSTRAINT jobs_finished CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL))
);
CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_finished_at ON jobs (finished_at) WHERE finished_at IS NOT NULL;
COMMENT ON TABLE jobs IS 'System table: what is to be done once, for a tenant or for the installation.';
COMMENT ON COLUMN jobs.key IS 'What makes it one job: the slot of the timetable, or an id; the same is never done twice.';
COMMENT ON COLUMN jobs.attempts IS 'How often it was claimed. Only the holder of the last claim may end it.';
COMMENT ON COLUMN jobs.last_error IS 'A code, never a message: what is said of a failure stands in the log.';
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs TO dondoc_app;

CREATE TABLE job_turns (
    tenant uuid NOT NULL CONSTRAINT job_turns_pkey PRIMARY KEY CONSTRAINT job_turns_tenant_fkey REFERENCES tenants,
    served_at timestamptz NOT NULL
);
COMMENT ON TABLE job_turns IS 'System table: when a job of a tenant was last taken up, so that the next one is of who waits longest.';
GRANT SELECT, INSERT, UPDATE ON job_turns TO dondoc_app;

CREATE TABLE job_slots (
    kind text NOT NULL,
    slot text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT job_slots_pkey PRIMARY KEY (kind, slot)
);
COMMENT ON TABLE job_slots IS 'System table: the slots of the timetable that have come; a row goes in with the jobs it stands for.';
GRANT SELECT, INSERT, DELETE ON job_slots TO dondoc_app;
