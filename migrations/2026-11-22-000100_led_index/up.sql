-- A unit's list of a day begins here: the tasks it leads and, for what is unfinished, those not confirmed or confirmed
-- after the day. The index alone answers it. No coalesce: it is not leakproof, so row-level security keeps a condition
-- with it out of every index.
CREATE INDEX tasks_led ON tasks (tenant_id, lead_unit_id, confirmed_on) INCLUDE (id, assigned_on)
    WHERE deleted_at IS NULL;
CREATE INDEX task_lead_changes_from ON task_lead_changes (tenant_id, from_unit_id, changed_on);
