-- clinic.doctor clinic.patient clinic.visit > clinic.visit_wide : clinic.doctor.family=clinic.visit_wide.doctor clinic.patient.family=clinic.visit_wide.patient clinic.patient.given=clinic.visit_wide.patient clinic.visit.fee=clinic.visit_wide.fee_class clinic.visit.id=clinic.visit_wide.visit_id
CREATE TABLE clinic.visit_wide AS
WITH people AS (
  SELECT p.id, p.given || ' ' || upper(p.family) AS full_name FROM clinic.patient p WHERE p.deleted_at IS NULL
)
SELECT v.id AS visit_id, people.full_name AS patient, d.family AS doctor,
       CASE WHEN v.fee >= 100 THEN 'high' WHEN v.fee > 0 THEN 'low' END AS fee_class
FROM clinic.visit v
JOIN people ON people.id = v.patient_id
LEFT JOIN clinic.doctor d ON d.id = v.doctor_id

-- book lend > : book.title=title lend.book_id=book_id lend.book_id=rnk lend.until=last_until lend.until=rnk
SELECT x.book_id, x.last_until, x.rnk, b.title FROM (SELECT book_id, max(until) AS last_until, rank() OVER (PARTITION BY book_id ORDER BY max(until)) AS rnk FROM lend GROUP BY book_id) x JOIN book b ON b.id = x.book_id

-- node > : node.id=id node.parent=up
WITH RECURSIVE down AS (SELECT id, parent FROM node WHERE parent IS NULL UNION SELECT n.id, n.parent FROM node n, down WHERE n.parent = down.id), leaf AS (SELECT d.id, d.parent AS up FROM down d WHERE NOT EXISTS (SELECT 1 FROM node c WHERE c.parent = d.id)) SELECT id, up FROM leaf

-- public.tab tab > : public.tab.b=q tab.a=p
WITH c AS (SELECT a FROM tab) SELECT c.a AS p, t.b AS q FROM c CROSS JOIN public.tab t

-- src > : src.a=a
WITH src AS (SELECT a FROM src WHERE a > 1) SELECT src.a FROM src

-- > ware : ware.price=ware.price
UPDATE ware SET price = price * 1.1 WHERE id = 3 RETURNING id, price

-- ware > ware ware_log : ware.id=ware_log.ware_id ware.price=ware_log.price
WITH up AS (UPDATE ware SET price = 0 WHERE id = 3 RETURNING id, price) INSERT INTO ware_log (ware_id, price) SELECT up.id, up.price FROM up

-- ware > : ware.id=id ware.tags=t
SELECT w.id, t FROM ware w, LATERAL unnest(string_to_array(w.tags, ',')) AS t

-- ware > : ware.spec=unit ware.spec=volt
SELECT (spec #>> '{power,volt}')::int AS volt, jsonb_path_query_first(spec, '$.power.unit') #>> '{}' AS unit FROM ware

-- > ware
UPDATE ware AS w SET price = n.p FROM (VALUES (1, 9.5), (2, 8.0)) AS n(id, p) WHERE n.id = w.id

-- price_in > ware : price_in.p=ware.price
UPDATE ware SET price = s.p FROM price_in s LEFT JOIN LATERAL (SELECT 1) z ON true WHERE s.id = ware.id RETURNING ware.id

-- a b > : a.x=x b.y=x
SELECT x FROM (SELECT x FROM a UNION ALL (SELECT y FROM b ORDER BY y LIMIT 1)) u

-- a b c > : a.x=x b.x=x c.x=x
SELECT x FROM a UNION (SELECT x FROM b EXCEPT SELECT x FROM c)

-- m > : m.day=day m.day=ma m.day=prev m.v=ma m.v=prev
SELECT day, avg(v) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS ma, lag(v, 1) OVER w AS prev FROM m WINDOW w AS (ORDER BY day)

-- m > : m.kind=kind m.v=kept
SELECT kind, array_agg(v) FILTER (WHERE v IS NOT NULL) AS kept FROM m GROUP BY kind HAVING count(*) > 1

-- m n > : m.id=id n.label=label
SELECT m.id, (SELECT n.label FROM n WHERE n.id = m.n_id UNION ALL SELECT 'none' LIMIT 1) AS label FROM m

-- m > : m.a=obj m.b=obj
SELECT jsonb_build_object('a', a, 'nested', jsonb_build_object('b', b)) AS obj FROM m

-- m > : m.a=pair m.b=pair
SELECT ROW(a, b) AS pair FROM m

-- m > : m.a=a m.b=b  with m(a b)
SELECT (x.r).* FROM (SELECT m AS r FROM m) x

-- m > : m.id=id m.kind=kind_txt
SELECT id, CASE kind WHEN 1 THEN 'a' ELSE 'b' END AS kind_txt FROM m WHERE kind IN (SELECT 1)

-- s1.orders s2.orders > : s1.orders.id=a s2.orders.id=b
SELECT s1.orders.id AS a, s2.orders.id AS b FROM s1.orders, s2.orders WHERE s1.orders.id = s2.orders.id

-- t1 t2 t3 > : t1.id=id
SELECT id, b, c FROM (t1 JOIN t2 USING (id)) JOIN t3 USING (id)

-- t1 t2 > : t1.a=a t1.id=id t2.b=b  with t1(id a) t2(id b)
SELECT j.* FROM (t1 LEFT JOIN t2 USING (id)) AS j

-- t1 t2 > : t1.a=l t1.id=k t2.b=m  with t1(id a) t2(id b)
SELECT j.k, j.l, j.m FROM (t1 JOIN t2 USING (id)) AS j(k, l, m)

-- feed > tgt : feed.id=tgt.id feed.v=tgt.note feed.v=tgt.v  with tgt(id v note)
INSERT INTO tgt SELECT f.id, f.v, 'was ' || f.v FROM feed f ON CONFLICT ON CONSTRAINT tgt_pk DO UPDATE SET note = EXCLUDED.note WHERE tgt.v IS DISTINCT FROM EXCLUDED.v

-- feed > tgt : feed.id=tgt.id feed.v=tgt.v
INSERT INTO tgt (id, v) SELECT id, v FROM feed ON CONFLICT (lower(id)) WHERE v IS NOT NULL DO NOTHING

-- feed other > tgt : feed.id=tgt.id other.v=tgt.v
INSERT INTO tgt (id, v) VALUES ((SELECT max(id) FROM feed), (SELECT min(v) FROM other))

-- feed > tgt : feed.id=tgt.id feed.v=tgt.v
MERGE INTO tgt t USING (SELECT DISTINCT ON (id) id, v FROM feed ORDER BY id, ts DESC) f ON t.id = f.id WHEN MATCHED AND f.v IS NULL THEN DO NOTHING WHEN MATCHED THEN UPDATE SET v = f.v WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN INSERT (id, v) VALUES (f.id, f.v) RETURNING merge_action(), t.id

-- feed > tgt : feed.id=tgt.id
MERGE INTO tgt USING feed f ON tgt.id = f.id WHEN NOT MATCHED AND f.ok THEN INSERT (id) VALUES (f.id) WHEN NOT MATCHED THEN DO NOTHING

-- feed > out_a : feed.id=out_a.id
CREATE UNLOGGED TABLE out_a (id PRIMARY KEY) AS SELECT id FROM feed

-- feed > out_b : feed.id=out_b.a feed.v=out_b.b
CREATE RECURSIVE VIEW out_b (a, b) AS SELECT id, v FROM feed UNION ALL SELECT a + 1, b FROM out_b WHERE a < 10

-- feed > fin : feed.id=fin.id feed.n=fin.total
CREATE TEMP TABLE w1 AS SELECT id, n FROM feed; CREATE TEMP TABLE w2 AS SELECT id, sum(n) AS total FROM w1 GROUP BY id; DELETE FROM fin; INSERT INTO fin (id, total) SELECT id, total FROM w2;

-- feed >
CREATE TABLE fin_new (LIKE fin INCLUDING ALL); INSERT INTO fin_new (id) SELECT id FROM feed; DROP TABLE fin; ALTER TABLE fin_new RENAME TO fin

-- feed > audit : feed.id=audit.id
CREATE OR REPLACE FUNCTION copy_feed() RETURNS void AS $f$
DECLARE
  c CURSOR (lim int) FOR SELECT id, v FROM feed WHERE n < lim;
  v_id feed.id%TYPE;
  v_v text;
BEGIN
  OPEN c(10);
  LOOP
    FETCH c INTO v_id, v_v;
    EXIT WHEN NOT FOUND;
    INSERT INTO audit (id) VALUES (v_id);
  END LOOP;
  CLOSE c;
END;
$f$ LANGUAGE plpgsql

-- feed > audit : feed.id=audit.id
DO $$
DECLARE q text; tbl text := 'feed';
BEGIN
  q := 'INSERT INTO audit (id) SELECT id FROM ' || quote_ident(tbl) || ' WHERE n > $1';
  EXECUTE q USING 5;
END $$

-- feed > audit : feed.id=audit.id feed.v=audit.v
DO $$
DECLARE r record;
BEGIN
  FOR r IN EXECUTE 'SELECT id, v FROM feed' LOOP
    INSERT INTO audit (id, v) VALUES (r.id, r.v);
  END LOOP;
END $$

-- feed > audit : feed.v=audit.v
CREATE PROCEDURE p() LANGUAGE plpgsql AS $$
DECLARE best text;
BEGIN
  best := (SELECT max(v) FROM feed);
  IF best IS NULL THEN RETURN; END IF;
  UPDATE audit SET v = best;
END $$

-- feed > : feed.d=yr feed.id=id
SELECT id, date_part('year', d) AS yr FROM feed WHERE d >= date_trunc('month', current_date) - interval '1 month'

-- feed > : feed.a=hi feed.b=hi feed.id=id
SELECT id, greatest(a, b, 0) AS hi, current_user AS who FROM feed

-- feed > : feed.js=has feed.js=name
SELECT js ->> 'name' AS name, js ? 'x' AS has FROM feed

-- feed > : feed.geo=near feed.id=id
SELECT id, ST_Distance(geo, ST_MakePoint(1, 2)) AS near FROM feed ORDER BY geo <-> ST_MakePoint(1, 2) LIMIT 5

-- a b > v : a.id=v.id b.n=v.count_n
CREATE OR REPLACE VIEW v AS SELECT a.id, coalesce(z.n, 0) AS count_n FROM a LEFT JOIN (SELECT a_id, count(n) AS n FROM b GROUP BY 1) z ON z.a_id = a.id

-- a > : a.val=n a.val=val
SELECT DISTINCT val, count(val) OVER () AS n FROM a

-- a > : a.x=r
SELECT sum(CASE WHEN x THEN 1 ELSE 0 END)::numeric / nullif(count(*), 0) AS r FROM a

-- a b > : a.id=id b.items=n
SELECT a.id, cardinality(b.items) AS n FROM a JOIN b ON b.a_id = a.id AND b.kind = ANY (ARRAY['x', 'y'])
