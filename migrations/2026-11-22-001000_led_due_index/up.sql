-- The index of a unit's lists also answers which tasks had a deadline before the day: the overdue list looks up the
-- facts of those alone, and not those of everything that is unfinished.
DROP INDEX tasks_led;
CREATE INDEX tasks_led ON tasks (tenant_id, lead_unit_id, confirmed_on) INCLUDE (id, assigned_on, original_due_on)
    WHERE deleted_at IS NULL;
