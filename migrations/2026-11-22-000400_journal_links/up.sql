-- The journal's hash chain: a link an entry, in a table of its own, so that sealing an entry updates none: nobody but
-- the owner can change or delete a row of either. No reference to the entry: checked row by row it would cost an import as
-- much again, the trigger below writes only what it has read, and a link without its entry is what a check looks for.
CREATE TABLE journal_links (
    tenant_id uuid NOT NULL,
    number bigint NOT NULL,
    entry_id uuid NOT NULL,
    previous_sha256 bytea NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT journal_links_pkey PRIMARY KEY (tenant_id, number),
    CONSTRAINT journal_links_entry_key UNIQUE (tenant_id, entry_id),
    CONSTRAINT journal_links_number_positive CHECK (number > 0)
);
COMMENT ON TABLE journal_links IS 'The hash chain over the journal of a tenant: one link an entry, numbered from 1 without gaps.';
COMMENT ON COLUMN journal_links.previous_sha256 IS 'The hash of the link before; 32 zero bytes before the first.';
COMMENT ON COLUMN journal_links.sha256 IS 'SHA-256 of previous_sha256 and of journal_told(number, entry).';

-- Everything an entry says, as one text that has only one spelling: jsonb keeps one order of keys, microseconds are what
-- the column keeps. No SET clause, here or below: it would keep the function from being inlined, and cost a row twice.
CREATE FUNCTION journal_told(number bigint, entry journal) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(number, entry.tenant_id, entry.id, (extract(epoch FROM entry.at) * 1000000)::bigint,
        entry.actor, entry.act, entry.subject, entry.subject_id, entry.import_id, entry.before, entry.after)::text
$$;

-- The hashes of a run of entries, each from the one before; `head` is the hash the run goes on from.
CREATE FUNCTION journal_next(state bytea, head bytea, told text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(coalesce(state, head) || convert_to(told, 'UTF8'))
$$;
CREATE AGGREGATE journal_chain(head bytea, told text) (SFUNC = journal_next, STYPE = bytea);

-- Seals a transaction's entries when it commits. The tenant's revision is the lock, taken before the last link is read
-- and kept only while the transaction commits: large writes don't wait for each other meanwhile, and as raise_revision()
-- locks the same row, no two transactions can take two locks in different orders. The first call seals all entries of
-- the transaction, the others find theirs sealed; entries of others are either committed with their link or unseen.
CREATE FUNCTION seal_journal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    last_number bigint;
    last_sha256 bytea;
BEGIN
    IF EXISTS (SELECT FROM journal_links WHERE tenant_id = NEW.tenant_id AND entry_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    INSERT INTO tenant_revisions VALUES (NEW.tenant_id, 0) ON CONFLICT (tenant_id) DO NOTHING;
    PERFORM FROM tenant_revisions WHERE tenant_id = NEW.tenant_id FOR UPDATE;
    SELECT number, sha256 INTO last_number, last_sha256 FROM journal_links
     WHERE tenant_id = NEW.tenant_id ORDER BY number DESC LIMIT 1;
    last_number := coalesce(last_number, 0);
    last_sha256 := coalesce(last_sha256, decode(repeat('00', 32), 'hex'));
    -- Planned anew each time: a plan for any id would read the whole chain.
    EXECUTE '
        WITH told AS (
            SELECT j.id, $3 + row_number() OVER (ORDER BY j.id) AS number, j AS entry FROM journal j
             WHERE j.tenant_id = $1 AND j.id >= $2
               AND NOT EXISTS (SELECT FROM journal_links l WHERE l.tenant_id = $1 AND l.entry_id = j.id)
        ), chained AS (
            SELECT id, number, journal_chain($4, journal_told(number, entry)) OVER (ORDER BY number) AS sha256 FROM told
        )
        INSERT INTO journal_links (tenant_id, number, entry_id, previous_sha256, sha256)
        SELECT $1, number, id, coalesce(lag(sha256) OVER (ORDER BY number), $4), sha256 FROM chained'
        USING NEW.tenant_id, NEW.id, last_number, last_sha256;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION seal_journal() FROM PUBLIC;

-- What stands in the journal already, as it is. The owner too sees no row of a walled table, so the wall is open for this
-- statement; nobody else sees the table before the migration commits.
ALTER TABLE journal NO FORCE ROW LEVEL SECURITY;
WITH told AS (
    SELECT j.tenant_id, j.id, row_number() OVER (PARTITION BY j.tenant_id ORDER BY j.id) AS number, j AS entry
      FROM journal j
), chained AS (
    SELECT tenant_id, id, number, journal_chain(decode(repeat('00', 32), 'hex'), journal_told(number, entry))
           OVER (PARTITION BY tenant_id ORDER BY number) AS sha256
      FROM told
)
INSERT INTO journal_links (tenant_id, number, entry_id, previous_sha256, sha256)
SELECT tenant_id, number, id,
       coalesce(lag(sha256) OVER (PARTITION BY tenant_id ORDER BY number), decode(repeat('00', 32), 'hex')), sha256
  FROM chained;
ALTER TABLE journal FORCE ROW LEVEL SECURITY;

CREATE CONSTRAINT TRIGGER is_sealed AFTER INSERT ON journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seal_journal();

CALL wall_in('journal_links');
REVOKE UPDATE, DELETE ON journal_links FROM dondoc_app;
