-- One letter of a kind and key is one a person, though their address has changed meanwhile; a mailbox that is nobody's
-- is known by its address.

ALTER TABLE letters DROP CONSTRAINT letters_once;
CREATE UNIQUE INDEX letters_once ON letters (tenant_id, kind, coalesce(person_id::text, address), key);
COMMENT ON COLUMN letters.key IS 'What makes it one letter to this person, or mailbox: a date, or an id.';
