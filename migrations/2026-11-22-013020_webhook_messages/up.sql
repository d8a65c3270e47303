-- What is told to other systems: a message an event and address, and each attempt to hand it over.
ALTER TABLE webhooks ADD COLUMN failures integer NOT NULL DEFAULT 0;
ALTER TABLE webhooks ADD COLUMN failing_since timestamptz;
ALTER TABLE webhooks ADD COLUMN paused_until timestamptz;
ALTER TABLE webhooks ADD COLUMN switched_off_at timestamptz;
COMMENT ON COLUMN webhooks.failures IS 'Attempts that failed since the last that did not.';
COMMENT ON COLUMN webhooks.failing_since IS 'The first of them.';
COMMENT ON COLUMN webhooks.paused_until IS 'Nothing is tried before: what does not answer is not asked for each message.';
COMMENT ON COLUMN webhooks.switched_off_at IS 'When it was switched off by itself, for it had failed for days or said that it is gone.';

CREATE TABLE webhook_messages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    event text NOT NULL,
    entry_id uuid NOT NULL,
    task_id uuid NOT NULL,
    happened_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    attempts integer NOT NULL DEFAULT 0,
    CONSTRAINT webhook_messages_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_messages_once UNIQUE (tenant_id, webhook_id, entry_id),
    CONSTRAINT webhook_messages_webhook_fkey FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT webhook_messages_state_known CHECK (state IN ('waiting', 'delivered', 'dead'))
);
CREATE INDEX webhook_messages_by_time ON webhook_messages (tenant_id, webhook_id, happened_at);
COMMENT ON TABLE webhook_messages IS 'What is told to another system: one event in the life of one task.';
COMMENT ON COLUMN webhook_messages.entry_id IS 'The entry of the journal that it tells of.';
COMMENT ON COLUMN webhook_messages.attempts IS 'Since it was last asked for; after so many it is dead.';
CALL wall_in('webhook_messages');

CREATE TABLE webhook_attempts (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    at timestamptz NOT NULL,
    status smallint,
    fault text,
    millis integer NOT NULL,
    CONSTRAINT webhook_attempts_pkey PRIMARY KEY (tenant_id, message_id, at),
    CONSTRAINT webhook_attempts_message_fkey FOREIGN KEY (tenant_id, message_id)
        REFERENCES webhook_messages (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE webhook_attempts IS 'Each attempt to hand a message over.';
COMMENT ON COLUMN webhook_attempts.status IS 'The HTTP status of the answer, if there was one.';
COMMENT ON COLUMN webhook_attempts.fault IS 'Why it failed, as a code; NULL: it did not.';
CALL wall_in('webhook_attempts');

-- What an act on a task is to other systems. Whatever has no name of its own is a change, so that none is forgotten.
CREATE FUNCTION task_event(act text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE act WHEN 'task.create' THEN 'task.created'
                    WHEN 'task.delete' THEN 'task.deleted'
                    WHEN 'task.assign' THEN 'task.assigned'
                    WHEN 'task.hand_over' THEN 'task.assigned'
                    WHEN 'task.submit' THEN 'task.submitted'
                    WHEN 'task.confirm' THEN 'task.confirmed'
                    WHEN 'task.send_back' THEN 'task.sent_back'
                    WHEN 'task.ask_extension' THEN 'extension.asked'
                    WHEN 'task.decide_extension' THEN 'extension.decided'
                    ELSE 'task.changed' END
$$;
REVOKE ALL ON FUNCTION task_event(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION task_event(text) TO dondoc_app;

-- In the transaction of the act itself and whoever does it: what is in the journal is told, what was undone is not.
CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    -- An archive brings the past, which was told when it happened.
    IF current_setting('app.restoring', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    WITH told AS (
        INSERT INTO webhook_messages (tenant_id, id, webhook_id, event, entry_id, task_id, happened_at)
        SELECT f.tenant_id, gen_random_uuid(), w.id, task_event(f.act), f.id, f.subject_id, f.at
          FROM fresh f JOIN webhooks w ON w.tenant_id = f.tenant_id AND w.active
         WHERE f.subject = 'task' AND f.subject_id IS NOT NULL AND task_event(f.act) = ANY (w.events)
        RETURNING tenant_id, id, happened_at
    )
    INSERT INTO jobs (id, kind, tenant, key, due_at, created_at)
    SELECT gen_random_uuid(), 'webhooks.deliver', tenant_id, id::text, happened_at, happened_at FROM told;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION tell_webhooks() FROM PUBLIC;
CREATE TRIGGER tells_webhooks AFTER INSERT ON journal REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION tell_webhooks();
