-- What a search looks through: title, code, number and abstract of the source document, and labels, without accents and
-- case. The database keeps it, so that no way of writing a task can forget it.

-- What domain::words::fold makes of tidy words; a test holds the two equal.
CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(regexp_replace(lower(normalize(words, NFD)), '[\u0300-\u036f]+', '', 'g'), U&'\0110\0111', 'dd')
$$;
COMMENT ON FUNCTION folded(text) IS 'The words without accents and case, đ as d.';

-- Joining is the same for every session when all it joins is text, which the server can't know. No more than two thousand
-- bytes, so that an entry of the index below never becomes too large: that many characters, less one for each byte that
-- a character has beside its first, and five hundred of any.
CREATE FUNCTION search_words(title text, code text, number text, summary text, labels text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
    SELECT left(k, greatest(500, 2000 - (octet_length(k) - length(k))))
      FROM folded(concat_ws(' ', title, code, number, nullif(array_to_string(labels, ' '), ''), summary)) AS k
$$;
COMMENT ON FUNCTION search_words(text, text, text, text, text[]) IS 'What a search looks through in a task.';

ALTER TABLE tasks ADD COLUMN search_key text NOT NULL
    GENERATED ALWAYS AS (search_words(title, code, source_number, source_abstract, labels)) STORED;
COMMENT ON COLUMN tasks.search_key IS 'What a search looks through, without accents and case.';

-- A search reads this index alone, and leaves the wide rows where they are.
CREATE INDEX tasks_search ON tasks (tenant_id) INCLUDE (id, search_key) WHERE deleted_at IS NULL;

-- The tasks of a person: those they are the contact of, and those they are responsible for.
CREATE INDEX tasks_contact ON tasks (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX tasks_leader ON tasks (tenant_id, leader_id) WHERE leader_id IS NOT NULL;
