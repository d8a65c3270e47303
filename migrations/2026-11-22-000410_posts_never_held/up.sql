-- A post may be ended on its first day or before it: then it was never held.
ALTER TABLE posts DROP CONSTRAINT posts_term_ordered,
    ADD CONSTRAINT posts_term_ordered CHECK (until_on IS NULL OR from_on <= until_on);
