-- What a product of each kind weighs when units are evaluated.

CREATE TABLE evaluation_weights (
    tenant_id uuid NOT NULL CONSTRAINT evaluation_weights_tenant_fkey REFERENCES tenants,
    product text NOT NULL,
    tenths smallint NOT NULL,
    CONSTRAINT evaluation_weights_pkey PRIMARY KEY (tenant_id, product),
    CONSTRAINT evaluation_weights_product_known CHECK (product IN
        ('law', 'decree', 'resolution', 'decision', 'scheme', 'circular', 'directive', 'plan', 'report', 'document',
         'conference', 'other')),
    CONSTRAINT evaluation_weights_range CHECK (tenths BETWEEN 1 AND 100)
);
COMMENT ON TABLE evaluation_weights IS 'The kinds of product that do not weigh 1,0 in the evaluation of units.';
COMMENT ON COLUMN evaluation_weights.tenths IS 'Tenths: 15 is 1,5.';
CALL wall_in('evaluation_weights');
