-- How long a session lasts, and how an API client goes on without its password.

ALTER TABLE tenant_settings
    ADD COLUMN session_idle_minutes smallint NOT NULL DEFAULT 240,
    ADD COLUMN session_hours smallint NOT NULL DEFAULT 12,
    ADD CONSTRAINT tenant_settings_idle_range CHECK (session_idle_minutes BETWEEN 5 AND 240),
    ADD CONSTRAINT tenant_settings_hours_range CHECK (session_hours BETWEEN 1 AND 12);
COMMENT ON COLUMN tenant_settings.session_idle_minutes IS 'After so many minutes without an act a browser''s session ends; a tenant may make it less than four hours, never more.';
COMMENT ON COLUMN tenant_settings.session_hours IS 'So many hours after signing in every session ends; a tenant may make it less than twelve, never more.';

ALTER TABLE sessions
    ADD COLUMN refresh_sha256 bytea,
    ADD COLUMN refreshed_at timestamptz,
    ADD COLUMN rotations integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT sessions_refresh_length CHECK (octet_length(refresh_sha256) = 32),
    ADD CONSTRAINT sessions_refresh_of_api CHECK (refresh_sha256 IS NULL OR kind = 'api');
COMMENT ON COLUMN sessions.refresh_sha256 IS 'Of the refresh token that is in force; each one follows from the one before by a key that is not in the database.';
COMMENT ON COLUMN sessions.rotations IS 'How often the refresh token was changed for its successor.';
