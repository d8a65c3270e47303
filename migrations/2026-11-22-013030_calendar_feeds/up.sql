-- The addresses by which calendars of people read their deadlines.
CREATE TABLE calendar_feeds (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    secret_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_on date,
    CONSTRAINT calendar_feeds_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT calendar_feeds_one_each UNIQUE (tenant_id, person_id),
    CONSTRAINT calendar_feeds_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT calendar_feeds_secret_hash CHECK (octet_length(secret_sha256) = 32)
);
COMMENT ON TABLE calendar_feeds IS 'The address by which the calendar of a person reads their deadlines; one a person, a new one ends the old.';
COMMENT ON COLUMN calendar_feeds.secret_sha256 IS 'The hash of the address''s secret, which is shown once and not kept.';
COMMENT ON COLUMN calendar_feeds.used_on IS 'The last day on which it was read.';
CALL wall_in('calendar_feeds');
