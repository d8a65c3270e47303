-- What people wish of the letters that come by the clock; who has no row wishes what everybody gets.

CREATE TABLE mail_preferences (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    digest_minute smallint,
    upcoming boolean NOT NULL,
    weekly boolean NOT NULL,
    reminders boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT mail_preferences_pkey PRIMARY KEY (tenant_id, person_id),
    CONSTRAINT mail_preferences_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT mail_preferences_digest_time CHECK (digest_minute BETWEEN 300 AND 585 AND digest_minute % 15 = 0)
);
COMMENT ON TABLE mail_preferences IS 'What a person wishes of the digest and the reminders. What is overdue can''t be silenced, only moved.';
COMMENT ON COLUMN mail_preferences.digest_minute IS 'When the digest comes, in minutes since midnight in the tenant''s zone; none means the tenant''s own time.';
COMMENT ON COLUMN mail_preferences.upcoming IS 'Whether the daily digest holds what is not overdue.';
COMMENT ON COLUMN mail_preferences.weekly IS 'Whether the weekly summary for staff holds what is not overdue.';
CALL wall_in('mail_preferences');

ALTER TABLE tenant_settings
    ADD COLUMN digest_hour smallint NOT NULL DEFAULT 420,
    ADD CONSTRAINT tenant_settings_digest_hour CHECK (digest_hour BETWEEN 300 AND 480 AND digest_hour % 15 = 0);
COMMENT ON COLUMN tenant_settings.digest_hour IS 'When the daily digest is sent, in minutes since midnight in the tenant''s zone; at 08:00 at the latest.';

-- Another address is not the one that bounced, whoever changes it.
CREATE FUNCTION forget_bounce() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    NEW.address_bounced_at := NULL;
    RETURN NEW;
END
$$;
CREATE TRIGGER persons_forget_bounce BEFORE UPDATE OF email ON persons
    FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION forget_bounce();
CREATE INDEX persons_bounced ON persons (tenant_id, id) WHERE address_bounced_at IS NOT NULL;
