-- What people wish is part of what digests are made from: who changes it finds it in the next letter.
CREATE CONSTRAINT TRIGGER raises_revision AFTER INSERT OR UPDATE OR DELETE ON mail_preferences
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_revision();
