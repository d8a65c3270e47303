-- Thousands of letters are planned at once and claimed a few at a time: each statement finds its rows without reading all
-- that is still planned.

DROP INDEX letters_open;
CREATE INDEX letters_claim ON letters (tenant_id, lease_losses DESC, due_at, id) WHERE state = 'planned';
CREATE INDEX letters_due ON letters (tenant_id, due_at) WHERE state = 'planned';
CREATE INDEX letters_late ON letters (tenant_id, give_up_at) WHERE state = 'planned';
-- Without the lease's end: few are being sent, and a lease made longer then touches no index.
CREATE INDEX letters_sending ON letters (tenant_id) WHERE state = 'sending';

-- Compressing a letter the older way takes the server longer than sending it. Not every build has the other.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE letters ALTER COLUMN mime SET COMPRESSION lz4, ALTER COLUMN body_text SET COMPRESSION lz4;
    END IF;
END
$$;
