-- The extension desk: one letter asks for many tasks, and each is decided by itself.

CREATE TABLE extension_requests (
    tenant_id uuid NOT NULL CONSTRAINT extension_requests_tenant_fkey REFERENCES tenants,
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    asked_by text NOT NULL,
    requested_on date NOT NULL,
    letter_number text,
    letter_date date,
    reason text NOT NULL,
    effect text,
    created_at timestamptz NOT NULL,
    CONSTRAINT extension_requests_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT extension_requests_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id),
    CONSTRAINT extension_requests_letter_not_later CHECK (letter_date <= requested_on)
);
CREATE INDEX extension_requests_unit ON extension_requests (tenant_id, unit_id, requested_on);
COMMENT ON TABLE extension_requests IS 'One letter of a unit that asks for later deadlines; each task of it is a row of task_extensions.';
COMMENT ON COLUMN extension_requests.asked_by IS 'Who asked, as the journal calls them; whoever asked never decides.';
COMMENT ON COLUMN extension_requests.requested_on IS 'The day it was asked here; the letter may be of an earlier one.';
COMMENT ON COLUMN extension_requests.effect IS 'What the later deadlines mean for other work.';
CALL wall_in('extension_requests');

ALTER TABLE task_extensions
    ADD COLUMN request_id uuid,
    ADD COLUMN decided_by text,
    ADD CONSTRAINT task_extensions_request_fkey FOREIGN KEY (tenant_id, request_id)
        REFERENCES extension_requests (tenant_id, id),
    DROP CONSTRAINT task_extensions_decision_known,
    ADD CONSTRAINT task_extensions_decision_known CHECK (decision IN ('agreed', 'changed', 'refused', 'withdrawn')),
    ADD CONSTRAINT task_extensions_decided_here CHECK (request_id IS NULL
        OR (decision IS NULL) = (decided_on IS NULL) AND (decision IS NULL) = (decided_by IS NULL)),
    ADD CONSTRAINT task_extensions_decided_after CHECK (request_id IS NULL OR decided_on >= requested_on);
CREATE UNIQUE INDEX task_extensions_request ON task_extensions (tenant_id, request_id, task_id);
COMMENT ON COLUMN task_extensions.request_id IS 'The letter that asked; NULL for one that a sheet brought.';
COMMENT ON COLUMN task_extensions.decided_by IS 'Who decided or withdrew it, as the journal calls them.';
COMMENT ON COLUMN task_extensions.reason IS 'Why this task needs it, when the letter''s own reason does not say.';
