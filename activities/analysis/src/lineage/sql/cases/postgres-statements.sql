-- t1 t2 > tgt : t1.a=tgt.p t1.b=tgt.q t2.c=tgt.p t2.d=tgt.q
INSERT INTO tgt (p, q) SELECT a, b FROM t1 UNION ALL SELECT c, d FROM t2

-- s.t1 > s.t2 : s.t1.a=s.t2.a s.t1.b=s.t2.b  with s.t1(a b)
CREATE TABLE s.t2 AS SELECT * FROM s.t1

-- t > v : t.a=v.x t.b=v.y t.c=v.y
CREATE OR REPLACE VIEW v (x, y) AS SELECT a, b + c FROM t

-- pay > mv : pay.amt=mv.amt pay.cust=mv.cust pay.ts=mv.ts
CREATE MATERIALIZED VIEW mv AS SELECT DISTINCT ON (cust) cust, ts, amt FROM pay ORDER BY cust, ts DESC WITH DATA

-- u > t : u.x=t.b
INSERT INTO t (a, b) VALUES (1, (SELECT max(x) FROM u))

-- u > t : u.x=t.a u.y=t.b  with t(a b) u(x y)
INSERT INTO t SELECT * FROM u

-- s > t : s.id=t.id s.n=t.n t.n=t.n
INSERT INTO t (id, n) SELECT id, n FROM s ON CONFLICT (id) DO UPDATE SET n = excluded.n + t.n, upd = now()

-- s > t : s.id=t.id s.n=t.n t.m=t.m
INSERT INTO t (id, n) SELECT id, n FROM s ON CONFLICT (id) DO UPDATE SET (n, m) = (excluded.n, t.m)

-- acc > acc : ?
WITH upd AS (UPDATE acc SET bal = bal - 1 WHERE id = 3 RETURNING id, bal) SELECT * FROM upd

-- ev > ev ev_arch : ev.id=ev_arch.id ev.ts=ev_arch.ts  with ev(id ts) ev_arch(id ts)
WITH moved AS (DELETE FROM ev WHERE ts < now() RETURNING *) INSERT INTO ev_arch SELECT * FROM moved

-- r s > t : s.x=t.a s.y=t.b t.b=t.b
UPDATE t SET a = s.x, b = COALESCE(s.y, t.b) FROM s JOIN r ON r.id = s.id WHERE s.id = t.id

-- u > t : u.v=t.a
UPDATE t AS x SET a = y.v FROM (SELECT id, max(v) AS v FROM u GROUP BY id) y WHERE x.id = y.id

-- s > t : s.x=t.a s.y=t.b
UPDATE t SET (a, b) = (s.x, s.y) FROM s WHERE t.id = s.id

-- s > t : s.x=t.a s.y=t.b
UPDATE t SET (a, b) = ROW(s.x, s.y) FROM s

-- s > t : s.v=t.arr
UPDATE t SET arr[1] = s.v FROM s

-- u v > t
DELETE FROM t USING u, v WHERE t.id = u.id AND u.k = v.k

-- bad > t
DELETE FROM t WHERE id IN (SELECT id FROM bad)

-- deliv > wh : deliv.q=wh.q deliv.sku=wh.sku wh.q=wh.q
MERGE INTO wh w USING (SELECT sku, sum(q) q FROM deliv GROUP BY sku) d ON w.sku = d.sku WHEN MATCHED AND w.q + d.q = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET q = w.q + d.q WHEN NOT MATCHED THEN INSERT (sku, q) VALUES (d.sku, d.q)

-- s > t : s.id=t.id s.v=t.v  with t(id v)
MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)

--  > t
COPY t (a, b) FROM '/tmp/x.csv' WITH (FORMAT csv, HEADER true)

-- t >
COPY (SELECT a FROM t) TO STDOUT WITH CSV HEADER

--  > t
COPY t FROM stdin

-- o > n
CREATE TABLE n (LIKE o INCLUDING ALL)

-- p > pt : ?
CREATE TABLE pt PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')

-- b d > a c : b.y=a.x d.z=c.z
DO $$ BEGIN INSERT INTO a (x) SELECT y FROM b; UPDATE c SET z = d.z FROM d WHERE c.id = d.id; END $$

-- src > stage tgt : src.b=tgt.a
CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM stage; INSERT INTO tgt (a) SELECT b FROM src; END; $$

-- users >  : ?
CREATE FUNCTION f(p int) RETURNS TABLE (id int, nm text) AS $$ SELECT u.id, u.name FROM users u WHERE u.id = p $$ LANGUAGE sql

-- ids src > other tgt : src.x=tgt.a
CREATE PROCEDURE load_it(p_day date) LANGUAGE plpgsql AS $$
DECLARE v_cnt int; r record;
BEGIN
  SELECT count(*) INTO v_cnt FROM src WHERE d = p_day;
  IF v_cnt > 0 THEN
    INSERT INTO tgt (a, b) SELECT x, p_day FROM src;
  END IF;
  FOR r IN SELECT id FROM ids LOOP
    UPDATE other SET flag = true WHERE id = r.id;
  END LOOP;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'x';
END $$

-- o p > d : o.total=d.amount p.name=d.who
DO $$ DECLARE r record;
BEGIN
  FOR r IN SELECT p.name AS who, sum(o.total) AS amount FROM o JOIN p ON p.id = o.buyer GROUP BY p.name LOOP
    INSERT INTO d (who, amount) VALUES (r.who, r.amount * 2);
  END LOOP;
END $$

-- a b > c d : a.x=c.m b.y=d.n
DO $$ DECLARE v int; w text; r record;
BEGIN
  FOR v, w IN SELECT x, z FROM a LOOP UPDATE c SET m = v WHERE k = w; END LOOP;
  FOR r IN (SELECT * FROM b) LOOP INSERT INTO d (n) SELECT r.y; END LOOP;
END $$

-- mv >  : ?
REFRESH MATERIALIZED VIEW CONCURRENTLY mv

-- app.u > app.t : app.u.b=app.t.a
SET search_path TO app; INSERT INTO t (a) SELECT b FROM u

-- src > tgt : src.id=tgt.id src.v=tgt.v
BEGIN; CREATE TEMP TABLE st ON COMMIT DROP AS SELECT id, v FROM src; INSERT INTO tgt SELECT * FROM st; COMMIT;

-- s > t : s.a=t.a
CREATE TABLE new_t AS SELECT a FROM s; ALTER TABLE t RENAME TO t_old; ALTER TABLE new_t RENAME TO t; DROP TABLE t_old

-- t > v : t.a=v.a
CREATE VIEW v AS SELECT a FROM t WHERE b WITH CASCADED CHECK OPTION

-- t > v : t.a=v.a
CREATE VIEW v WITH (security_barrier = true) AS SELECT a FROM t

-- s > t : s.x=t.a
INSERT INTO t (a) SELECT CASE WHEN x IS NULL THEN 'none' ELSE lower(trim(x)) END FROM s RETURNING id

-- d.s d.t > d.t : d.s.a=d.t.a
INSERT INTO d.t AS tgt (a) SELECT s.a FROM d.s AS s WHERE NOT EXISTS (SELECT 1 FROM d.t x WHERE x.a = s.a)

-- a > t : a.x=t.k
INSERT INTO t (k) (SELECT x FROM a)

--  > t
INSERT INTO t DEFAULT VALUES

-- a > t : a.x=t.k
WITH c AS (SELECT x FROM a) INSERT INTO t (k) SELECT x FROM c

-- a > t : a.x=t.k
WITH c AS (SELECT id, x FROM a) UPDATE t SET k = c.x FROM c WHERE c.id = t.id

-- a > t
WITH c AS (SELECT id FROM a) DELETE FROM t USING c WHERE c.id = t.id

-- a > v : a.x=v.x
CREATE TEMP VIEW v AS SELECT x FROM a

-- a > t : a.x=t.x
CREATE TABLE IF NOT EXISTS t AS (SELECT x FROM a)

-- a b > v : a.id=v.a_id b.id=v.id b.y=v.y  with a(id x) b(id y)
CREATE VIEW v AS SELECT a.id AS a_id, b.* FROM a LEFT JOIN b ON a.id = b.id

-- a b > t : a.x=t.p b.y=t.q  with a(id x) b(id y) t(p q)
INSERT INTO t SELECT a.x, b.y FROM a, b WHERE a.id = b.id

--  > s.t
INSERT INTO s.t (p, q) VALUES ($1, $2) RETURNING *

-- b > t : b.y=t.p
UPDATE t SET p = (SELECT y FROM b WHERE b.id = t.id), q = DEFAULT

-- a > t : t.p=t.p t.q=t.q
UPDATE t SET p = p + 1, q = lower(q) WHERE id IN (SELECT id FROM a)

--  > s.t : s.t.q=s.t.p
UPDATE ONLY s.t AS z SET p = z.q

--  > t
DELETE FROM ONLY t WHERE p

--  > t u
TRUNCATE t, u RESTART IDENTITY CASCADE

--  > v : ?
DROP VIEW IF EXISTS v CASCADE

--  > t
CREATE TABLE t (id int PRIMARY KEY, a_id int REFERENCES a(id))

--  > t
ALTER TABLE t ADD COLUMN z int

-- a > mv : a.x=mv.x
CREATE MATERIALIZED VIEW IF NOT EXISTS mv TABLESPACE ts AS SELECT x FROM a WITH NO DATA

--  > s.t
COPY s.t FROM PROGRAM 'gzip -dc x' CSV

-- t >
COPY t TO '/tmp/x'

-- a > c : a.id=c.id a.x=c.x  with a(id x) b(id y)
CREATE TABLE c AS TABLE a

-- a > c : a.id=c.id a.x=c.x  with a(id x) b(id y) c(id x)
INSERT INTO c TABLE a

-- t1 >  : ?  with t1(a b)
CREATE TABLE t2 AS SELECT * FROM t1; CREATE TABLE t3 AS SELECT a + b AS c FROM t2; DROP TABLE t2; SELECT * FROM t3

-- a > t : a.x=t.k
CREATE VIEW v2 AS SELECT x FROM a; CREATE VIEW v3 AS SELECT x FROM v2; INSERT INTO t (k) SELECT x FROM v3

-- t1 t2 > x : t2.b=x.bb
CREATE TABLE x AS SELECT t1.*, t2.b AS bb FROM t1 JOIN t2 ON t1.id = t2.id

-- items orders > tgt : items.price=tgt.total items.qty=tgt.total orders.id=tgt.id
INSERT INTO tgt (id, total) SELECT o.id, SUM(i.qty * i.price) FROM orders o JOIN items i ON i.oid = o.id GROUP BY o.id ON CONFLICT (id) DO UPDATE SET total = EXCLUDED.total

--  > t
CREATE TABLE t AS SELECT * FROM (VALUES (1,2)) v(a,b)

-- b c > a : b.y=a.x
UPDATE a SET x = b.y FROM b, LATERAL (SELECT max(z) AS mz FROM c WHERE c.id = b.id) l WHERE a.id = b.id

-- b > a
DELETE FROM a WHERE NOT EXISTS (SELECT FROM b WHERE b.id = a.id)

-- a b > v : a.id=v.id
CREATE VIEW v AS SELECT a.id FROM a WHERE a.id NOT IN (SELECT b.id FROM b)

-- a > v : a.id=v.id
CREATE VIEW v AS WITH x AS (SELECT id FROM a) SELECT x.id, count(*) OVER () AS n FROM x

-- s.t >
COPY (SELECT a, b FROM s.t) TO '/x.csv'

-- a b > a : b.id=a.id  with a(id) b(id)
INSERT INTO a SELECT * FROM b WHERE NOT EXISTS (SELECT 1 FROM a WHERE a.id = b.id)

--  > audit
CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN INSERT INTO audit (id, old) VALUES (NEW.id, OLD.v); RETURN NEW; END $$ LANGUAGE plpgsql

-- src > old_t tgt : src.b=tgt.a
DO $$ DECLARE s text := 'src'; BEGIN EXECUTE format('INSERT INTO tgt (a) SELECT b FROM %I', s); EXECUTE 'TRUNCATE ' || quote_ident('old_t'); END $$

-- s > t : s.b=t.a
CREATE PROCEDURE p() LANGUAGE SQL BEGIN ATOMIC INSERT INTO t (a) SELECT b FROM s; END

-- s u > t : s.b=t.a
DO $$ BEGIN CASE WHEN true THEN INSERT INTO t (a) SELECT b FROM s; ELSE NULL; END CASE; FOR i IN 1..3 LOOP PERFORM f(x) FROM u; END LOOP; END $$
