-- Whom the tasks of work that comes again are given to.

ALTER TABLE recurrences
    ADD COLUMN leader_id uuid,
    ADD COLUMN follower_id uuid,
    ADD CONSTRAINT recurrences_leader_fkey FOREIGN KEY (tenant_id, leader_id) REFERENCES persons (tenant_id, id),
    ADD CONSTRAINT recurrences_follower_fkey FOREIGN KEY (tenant_id, follower_id) REFERENCES persons (tenant_id, id);
COMMENT ON COLUMN recurrences.leader_id IS 'The responsible leader of each task, as long as they lead.';
COMMENT ON COLUMN recurrences.follower_id IS 'Who follows each task in the Office, as long as they are of it.';

CREATE TABLE recurrence_assignees (
    tenant_id uuid NOT NULL,
    recurrence_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT recurrence_assignees_pkey PRIMARY KEY (tenant_id, recurrence_id, person_id),
    CONSTRAINT recurrence_assignees_recurrence_fkey FOREIGN KEY (tenant_id, recurrence_id)
        REFERENCES recurrences (tenant_id, id),
    CONSTRAINT recurrence_assignees_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id)
);
COMMENT ON TABLE recurrence_assignees IS 'Who does each task, as long as they hold a post in its lead unit.';
CALL wall_in('recurrence_assignees');
