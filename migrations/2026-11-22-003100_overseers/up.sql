-- Which leader oversees a unit: whose digest tells of it.
ALTER TABLE units ADD COLUMN overseer_id uuid;
ALTER TABLE units ADD CONSTRAINT units_overseer_fkey FOREIGN KEY (tenant_id, overseer_id) REFERENCES persons (tenant_id, id);
COMMENT ON COLUMN units.overseer_id IS 'The leader (lãnh đạo phụ trách) whose digest tells of the unit; a leader who oversees none reads of the whole tenant.';
