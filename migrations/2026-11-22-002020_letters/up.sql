-- The outbox: every letter of the product is planned as a row in the transaction of what it tells of.

CREATE TABLE letters (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    person_id uuid,
    address text NOT NULL,
    day date NOT NULL,
    key text NOT NULL,
    language text NOT NULL,
    payload jsonb NOT NULL,
    state text NOT NULL DEFAULT 'planned',
    reason text,
    planned_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    give_up_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    lease_losses integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    message_id text,
    subject text,
    body_text text,
    mime bytea,
    last_error text,
    sent_at timestamptz,
    possible_duplicate boolean NOT NULL DEFAULT false,
    CONSTRAINT letters_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT letters_person_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT letters_once UNIQUE (tenant_id, kind, address, key),
    CONSTRAINT letters_language_known CHECK (language IN ('vi', 'en')),
    CONSTRAINT letters_state_known CHECK (state IN ('planned', 'sending', 'sent', 'skipped', 'dead')),
    CONSTRAINT letters_lease_held CHECK ((state = 'sending') = (lease_until IS NOT NULL)),
    CONSTRAINT letters_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CONSTRAINT letters_skipped CHECK ((state = 'skipped') = (reason IS NOT NULL)),
    CONSTRAINT letters_composed CHECK (mime IS NULL OR message_id IS NOT NULL)
);
CREATE INDEX letters_open ON letters (tenant_id, due_at) WHERE state IN ('planned', 'sending');
CREATE INDEX letters_day ON letters (tenant_id, day, kind);
CREATE INDEX letters_person ON letters (tenant_id, person_id);
COMMENT ON TABLE letters IS 'The outbox and its ledger. A letter is composed and stored at its first claim, never again.';
COMMENT ON COLUMN letters.day IS 'The tenant''s business date when it was planned; of a digest, the day it tells of.';
COMMENT ON COLUMN letters.key IS 'What makes it one letter to this address: a date, or an id.';
COMMENT ON COLUMN letters.payload IS 'What it is composed from beside the rows themselves; never a secret.';
COMMENT ON COLUMN letters.due_at IS 'When it is to be sent, later when it is to be tried again.';
COMMENT ON COLUMN letters.give_up_at IS 'From when on it is worth sending no more; then it is skipped.';
COMMENT ON COLUMN letters.mime IS 'The letter to the byte, so that another try is the same letter. Gone after 30 days; at once where it held a link.';
COMMENT ON COLUMN letters.possible_duplicate IS 'It may have arrived before it was sent again, under the same message id.';
CALL wall_in('letters');

ALTER TABLE persons ADD COLUMN address_bounced_at timestamptz;
COMMENT ON COLUMN persons.address_bounced_at IS 'When a server last said that nobody has this address.';
