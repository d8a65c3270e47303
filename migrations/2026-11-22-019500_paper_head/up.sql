-- What stands at the head of a tenant's documents (Decree 30/2020) beside its name.

ALTER TABLE tenant_settings
    ADD COLUMN superior text,
    ADD COLUMN letter_place text,
    ADD CONSTRAINT tenant_settings_superior_length CHECK (char_length(superior) BETWEEN 1 AND 200),
    ADD CONSTRAINT tenant_settings_letter_place_length CHECK (char_length(letter_place) BETWEEN 1 AND 200);
COMMENT ON COLUMN tenant_settings.superior IS 'The body above the issuing office at the head of documents; NULL: the tenant by its name.';
COMMENT ON COLUMN tenant_settings.letter_place IS 'The place before the date of documents; NULL: a blank is left.';
