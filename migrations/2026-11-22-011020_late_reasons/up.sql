-- The reasons for lateness that a tenant chooses from.

CREATE TABLE late_reasons (
    tenant_id uuid NOT NULL CONSTRAINT late_reasons_tenant_fkey REFERENCES tenants,
    place smallint NOT NULL,
    kind text NOT NULL,
    category text NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT late_reasons_pkey PRIMARY KEY (tenant_id, place),
    CONSTRAINT late_reasons_kind_known CHECK (kind IN ('objective', 'subjective'))
);
COMMENT ON TABLE late_reasons IS 'The reasons for lateness to choose from, in their order. A tenant without a row has the list of the product.';
COMMENT ON COLUMN late_reasons.category IS 'Its words; a task keeps them as they were when it was answered.';
CALL wall_in('late_reasons');
COMMENT ON COLUMN tasks.late_reason_category IS 'The words of the reason chosen from the tenant''s list.';
COMMENT ON COLUMN tasks.late_reason IS 'What the unit says beside it, or what a sheet brought.';
