-- Fills one tenant for deploy/bench.sh, run by psql as the owner: :slug the tenant, :tasks how many. Due dates lie over
-- 2023–2025; of what is due by 29/11/2024 nearly all is completed, of the rest a third.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
BEGIN;
-- Row-level security binds the owner as well.
SELECT set_config('app.tenant_id', id::text, true) AS tenant FROM tenants WHERE slug = :'slug' \gset
SELECT setseed(0.2024) \g /dev/null

-- Ids that sort in the order of making, as the product's do.
CREATE FUNCTION pg_temp.id(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql
    AS $$ SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;

INSERT INTO units (tenant_id, id, name, short_name, position)
SELECT :'tenant', pg_temp.id(n), 'Đơn vị ' || n, 'DV' || n, n FROM generate_series(1, 34) n;

-- Who signs in: the Office's account, and the head of the first unit.
INSERT INTO persons (tenant_id, id, full_name, email, created_at)
VALUES (:'tenant', pg_temp.id(1), 'Văn phòng', 'office@bench.example', now()),
       (:'tenant', pg_temp.id(2), 'Thủ trưởng', 'head@bench.example', now());
INSERT INTO posts (tenant_id, id, person_id, unit_id, role, from_on)
VALUES (:'tenant', pg_temp.id(1), pg_temp.id(1), pg_temp.id(34), 'office', '1990-01-01'),
       (:'tenant', pg_temp.id(2), pg_temp.id(2), pg_temp.id(1), 'unit_head', '1990-01-01');

-- What becomes of each task: outcome is cancelled, waiting, completed or nothing.
CREATE TEMP TABLE made ON COMMIT DROP AS
SELECT n, pg_temp.id(n) AS id, pg_temp.id(1 + floor(random() * 34)::bigint) AS unit_id, due,
       due - 30 - floor(random() * 90)::int AS assigned_on,
       due - 25 + floor(random() * 31)::int AS submitted_on,
       CASE WHEN random() < 0.05 THEN due + 45 END AS extended_to,
       CASE WHEN random() < 0.01 THEN 'cancelled'
            WHEN due > date '2024-11-29' THEN CASE WHEN random() < 0.35 THEN 'completed' END
            WHEN random() < 0.02 THEN 'waiting'
            WHEN random() < 0.97 THEN 'completed' END AS outcome
  FROM (SELECT n, date '2023-01-01' + floor(random() * 1096)::int AS due FROM generate_series(1, :tasks) n) given;

INSERT INTO tasks (tenant_id, id, code, title, title_key, category, source_number, source_date, lead_unit_id, product,
                   level, level_words, assigned_on, due_words, due_precision, original_due_on, due_on, status,
                   completed_on, confirmed_on, imported, created_at, updated_at)
SELECT :'tenant', id, 'NV-' || lpad(n::text, 7, '0'),
       'Xây dựng, trình ban hành văn bản quy định về nội dung số ' || n || ' theo chỉ đạo tại hội nghị giao ban',
       'xay dung, trinh ban hanh van ban quy dinh ve noi dung so ' || n || ' theo chi dao tai hoi nghi giao ban',
       CASE WHEN n % 14 = 0 THEN 'routine' ELSE 'key' END, n % 900 || '/TB-BTTTT', assigned_on, unit_id,
       (ARRAY['report', 'document', 'other', 'plan', 'decision', 'circular', 'scheme'])[1 + n % 7],
       (ARRAY['minister', 'prime_minister', 'government'])[1 + n % 3], 'Thủ tướng Chính phủ',
       assigned_on, to_char(due, 'DD/MM/YYYY'), 'day', due, coalesce(extended_to, due),
       CASE outcome WHEN 'waiting' THEN 'submitted' ELSE coalesce(outcome, 'in_progress') END,
       CASE outcome WHEN 'completed' THEN submitted_on END, CASE outcome WHEN 'completed' THEN submitted_on + 2 END,
       -- What an import remembers: as wide as a real row's.
       jsonb_build_object('due', jsonb_build_object('on', due, 'words', due, 'precision', 'day'), 'note', NULL,
                          'unit', unit_id, 'field', 'LĨNH VỰC ' || n % 12, 'level', 'Thủ tướng Chính phủ',
                          'title', repeat('Xây dựng, trình ban hành ', 4), 'category', 'key', 'product', 'circular',
                          'status', jsonb_build_object('status', outcome, 'completed_on', submitted_on),
                          'assigned_on', assigned_on, 'source_date', assigned_on, 'extended_to', extended_to,
                          'coordinating', jsonb_build_array(unit_id), 'source_number', n % 900 || '/TB-BTTTT'),
       now(), now()
  FROM made;

INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on, accepted, decided_on)
SELECT :'tenant', id, id, submitted_on, CASE outcome WHEN 'completed' THEN true END,
       CASE outcome WHEN 'completed' THEN submitted_on + 2 END
  FROM made WHERE outcome IN ('completed', 'waiting');

INSERT INTO task_extensions (tenant_id, id, task_id, wanted_due_on, wanted_precision, decision, decided_on, new_due_on)
SELECT :'tenant', id, id, extended_to, 'day', 'agreed', due - 5, extended_to FROM made WHERE extended_to IS NOT NULL;

INSERT INTO task_exclusions (tenant_id, id, task_id, state, from_on)
SELECT :'tenant', id, id, outcome, due - 10 FROM made WHERE outcome = 'cancelled';

INSERT INTO task_lead_changes (tenant_id, id, task_id, changed_on, from_unit_id)
SELECT :'tenant', id, id, due - 12, pg_temp.id(1 + n % 34) FROM made WHERE n % 100 = 50;
COMMIT;
