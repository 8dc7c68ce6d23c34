-- shop.parts > : shop.parts.part_no=lvl_root shop.parts.part_no=part_no shop.parts.weight=total
WITH RECURSIVE bom(part_no, total, root) AS (SELECT p.part_no, p.weight, p.part_no FROM shop.parts p WHERE p.parent IS NULL UNION ALL SELECT c.part_no, b.total + c.weight, b.root FROM shop.parts c INNER JOIN bom b ON c.parent = b.part_no) SELECT bom.part_no, bom.total, bom.root AS lvl_root FROM bom

-- harbor.docks harbor.ships > : harbor.docks.code=code harbor.ships.name=name
WITH s AS (SELECT name, dock FROM harbor.ships), d AS (WITH s AS (SELECT code, id FROM harbor.docks) SELECT s.code, s.id FROM s) SELECT d.code, s.name FROM s JOIN d ON d.id = s.dock

-- a1 b1 c1 > : a1.x=x b1.y=x c1.z=x
SELECT x FROM a1 UNION ALL SELECT y FROM b1 INTERSECT SELECT z FROM c1

-- bees hives > : bees.hive=hive bees.id=id hives.hive=hive hives.id=id
(SELECT id, hive FROM bees EXCEPT ALL SELECT id, hive FROM hives) ORDER BY hive LIMIT 3

-- customers orders > : customers.city=city orders.amount=amount orders.cust_id=cust_id  with orders(order_id cust_id amount) customers(cust_id city)
SELECT cust_id, amount, city FROM orders NATURAL JOIN customers

-- customers orders > : customers.city=city orders.amount=amount orders.cust_id=cust_id orders.order_id=order_id  with orders(order_id cust_id amount) customers(cust_id city)
SELECT * FROM orders NATURAL LEFT JOIN customers

-- lake river > : lake.depth=depth river.flow=flow river.k=k  with lake(k depth) river(k flow)
SELECT * FROM lake RIGHT JOIN river USING (k)

-- lake pond river > : lake.depth=depth lake.k=k pond.fish=fish river.k=k  with lake(k depth) river(k flow) pond(k fish)
SELECT k, depth, fish FROM lake FULL JOIN river USING (k) LEFT JOIN pond USING (k)

-- dept emp > : dept.title=boss emp.name=name emp.pay=share
SELECT e.name, (SELECT d.title FROM dept d WHERE d.id = e.dept_id) AS boss, e.pay / (SELECT sum(x.pay) FROM emp x WHERE x.dept_id = e.dept_id) AS share FROM emp e

-- bonus emp > : emp.dept=dept
SELECT dept FROM emp e GROUP BY dept HAVING sum(pay) > (SELECT max(b.amount) FROM bonus b WHERE b.dept = e.dept)

-- emp seat > : emp.name=name
SELECT name FROM emp ORDER BY (SELECT s.row_no FROM seat s WHERE s.emp_id = emp.id), name

-- meter > : meter.day=avg3 meter.house=avg3 meter.house=top meter.kwh=avg3 meter.kwh=top
SELECT avg(kwh) OVER w3 AS avg3, max(kwh) OVER w AS top FROM meter WINDOW w AS (PARTITION BY house), w3 AS (w ORDER BY day ROWS 2 PRECEDING)

-- sales > : sales.amount=total sales.region=g sales.region=region sales.year=yr
SELECT region, year AS yr, sum(amount) AS total, GROUPING(region) AS g FROM sales GROUP BY GROUPING SETS ((region, year), (region), ())

-- doc > : doc.body=first_tag doc.body=n doc.body=title
SELECT body ->> 'title' AS title, body #>> '{tags,0}' AS first_tag, jsonb_array_length(body -> 'tags') AS n FROM doc

-- doc > : doc.body=tag doc.id=id
SELECT doc.id, t.tag FROM doc CROSS JOIN LATERAL jsonb_array_elements_text(doc.body -> 'tags') AS t(tag)

-- doc > : doc.body=qty doc.body=sku
SELECT r.sku, r.qty FROM doc, LATERAL jsonb_to_recordset(doc.body -> 'lines') AS r(sku text, qty int)

-- doc > : doc.body=k doc.body=v
SELECT k, v FROM doc, jsonb_each(doc.body) AS kv(k, v)

-- stop trip > : stop.city=cities trip.id=trip_id
SELECT t.id AS trip_id, ARRAY(SELECT s.city FROM stop s WHERE s.trip = t.id ORDER BY s.seq) AS cities FROM trip t

-- trip > : trip.id=id trip.legs=leg
SELECT t.id, leg FROM trip t, unnest(t.legs) AS leg

-- trip > : trip.id=id trip.legs=leg
SELECT t.id, u.leg, u.pos FROM trip t LEFT JOIN LATERAL unnest(t.legs) WITH ORDINALITY AS u(leg, pos) ON true

-- acct > acct_copy : acct.balance=acct_copy.bal acct.id=acct_copy.key
CREATE TABLE acct_copy (key, bal) AS SELECT id, balance FROM acct

-- acct branch > v_acct : acct.id=v_acct.acct_no branch.city=v_acct.place
CREATE VIEW v_acct (acct_no, place) AS SELECT a.id, b.city FROM acct a JOIN branch b USING (branch_id)

-- acct > mv : acct.balance=mv.sum acct.id=mv.max acct.kind=mv.kind
CREATE MATERIALIZED VIEW mv AS SELECT kind, sum(balance), max(id) FROM acct GROUP BY kind

-- acct > mv2 : acct.balance=mv2.case acct.name=mv2.coalesce acct.nick=mv2.coalesce acct.opened=mv2.date_trunc
CREATE MATERIALIZED VIEW mv2 AS SELECT date_trunc('month', opened), coalesce(nick, name), CASE WHEN balance > 0 THEN 'plus' ELSE 'minus' END FROM acct

-- quote > price : price.ask=price.prev quote.ask=price.ask quote.bid=price.bid
UPDATE price AS p SET bid = q.bid, ask = q.ask, prev = p.ask FROM quote q WHERE q.sym = p.sym

-- feed quote > price : feed.name=price.src quote.bid=price.bid
UPDATE price SET (bid, src) = (SELECT q.bid, f.name FROM quote q JOIN feed f ON f.id = q.feed_id WHERE q.sym = price.sym)

-- price stale > price
DELETE FROM price USING stale s LEFT JOIN price x ON x.id = s.id WHERE price.id = s.id

-- raw_sale > fact : fact.amt=fact.amt raw_sale.amt=fact.amt raw_sale.id=fact.id raw_sale.ts=fact.ts
INSERT INTO fact AS f (id, amt, ts) SELECT id, amt, ts FROM raw_sale ON CONFLICT (id) DO UPDATE SET amt = f.amt + EXCLUDED.amt, ts = greatest(excluded.ts, now()) WHERE f.ts < excluded.ts

-- fact raw_sale > archive fact raw_sale : ?
WITH gone AS (DELETE FROM raw_sale WHERE ts < now() RETURNING id, amt), ins AS (INSERT INTO fact (id, amt) SELECT id, amt FROM gone RETURNING id) INSERT INTO archive (id) SELECT id FROM ins

-- depot parcel > stock : depot.city=stock.place parcel.n=stock.n parcel.sku=stock.sku
MERGE INTO stock AS s USING (SELECT p.sku, p.n, d.city FROM parcel p JOIN depot d ON d.id = p.depot_id) AS x ON s.sku = x.sku WHEN MATCHED AND x.n = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET n = x.n WHEN NOT MATCHED THEN INSERT (sku, n, place) VALUES (x.sku, x.n, x.city)

-- parcel > stock : parcel.n=stock.n parcel.sku=stock.sku  with stock(sku n) parcel(sku n)
MERGE INTO stock s USING parcel p ON s.sku = p.sku WHEN NOT MATCHED THEN INSERT VALUES (p.sku, p.n) WHEN MATCHED THEN UPDATE SET (n) = ROW(p.n)

-- acct > big : acct.balance=big.balance acct.id=big.id
SELECT id, balance INTO big FROM acct WHERE balance > 1000

-- acct > : acct.balance=balance acct.id=id  with acct(id balance)
TABLE acct ORDER BY id LIMIT 2

-- acct hist > : acct.balance=balance acct.id=id hist.balance=balance hist.id=id  with acct(id balance) hist(id balance)
TABLE acct UNION TABLE hist

-- acct > : acct.id=id
SELECT a.id FROM acct a JOIN (VALUES (1, 'x'), (2, 'y')) AS k(n, label) ON k.n = a.id WHERE k.label = 'x'

-- acct > : acct.id=id
SELECT a.id, k.label FROM acct a CROSS JOIN LATERAL (VALUES (1, 'x')) k(n, label)

-- acct > : acct.balance=v acct.id=v
SELECT x.v FROM acct a, LATERAL (SELECT a.id AS v UNION ALL SELECT a.balance) x

-- a b > : a.p=one b.q=two
SELECT f.one, g.two FROM (SELECT p FROM a) AS f(one), (SELECT q FROM b) AS g(two)

-- > out_t
INSERT INTO out_t (a, b) VALUES (1, 'x'), (2, DEFAULT)

-- acct > out_t : acct.id=out_t.a
INSERT INTO out_t (a, b) SELECT id, 'fixed' FROM acct

-- tick > : tick.at=chg tick.at=first_px tick.px=chg tick.px=first_px tick.sym=chg tick.sym=first_px tick.sym=sym
SELECT DISTINCT sym, first_value(px) OVER (PARTITION BY sym ORDER BY at) AS first_px, px - lag(px) OVER (PARTITION BY sym ORDER BY at) AS chg FROM tick

-- tick > : tick.open=hi tick.px=hi tick.px=med
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY px) AS med, max(px) FILTER (WHERE open) AS hi FROM tick

-- tick > : tick.px=px tick.sym=sym
SELECT DISTINCT ON (sym) sym, px FROM tick ORDER BY sym, at DESC

-- Main.Users > : Main.Users.Id=Id
SELECT u."Id" FROM "Main"."Users" u

-- crm.person > : crm.person.born=age crm.person.first_name=full_name crm.person.last_name=full_name
SELECT first_name || ' ' || last_name AS full_name, extract(year FROM age(born)) AS age FROM crm.person

-- crm.person > : crm.person.first_name=full_name crm.person.last_name=full_name
SELECT concat_ws(' ', person.first_name, person.last_name) AS full_name FROM crm.person

-- raw.src > mart.m stg_a : raw.src.id=mart.m.id raw.src.id=stg_a.id
CREATE TEMPORARY TABLE stg_a AS SELECT id FROM raw.src; CREATE TABLE mart.m AS SELECT id FROM raw.src

-- raw.src > mart.m : raw.src.id=mart.m.id raw.src.v=mart.m.w
CREATE TEMP TABLE s1 AS SELECT id, v FROM raw.src; CREATE TEMP TABLE s2 (i, w) AS SELECT id, v * 2 FROM s1; INSERT INTO mart.m (id, w) SELECT i, w FROM s2; DROP TABLE s1, s2

-- raw.src > mart.final : raw.src.id=mart.final.id
CREATE TABLE mart.work AS SELECT id FROM raw.src; ALTER TABLE mart.work RENAME TO final

-- base > kid
CREATE TABLE kid (extra int) INHERITS (base)

-- base > kid
CREATE TABLE kid PARTITION OF base FOR VALUES IN ('x')

-- base > kid
CREATE TABLE kid (LIKE base INCLUDING DEFAULTS INCLUDING CONSTRAINTS, extra text)

-- > gen
CREATE TABLE gen (a int, b int GENERATED ALWAYS AS (a * 2) STORED)

-- src > : ?
COPY src (a, b) TO '/data/out.csv' WITH (FORMAT csv)

-- > src
COPY src (a, b) FROM '/data/in.csv' WITH (FORMAT csv, HEADER)

-- a b > : a.n=n b.m=m
SELECT n, m FROM ROWS FROM (generate_series(1, 3)) AS g(i), LATERAL (SELECT a.n, b.m FROM a, b WHERE a.id = b.id AND a.id = g.i) z

-- src > tgt : src.x=tgt.a
CREATE FUNCTION load_tgt(p_from date) RETURNS int LANGUAGE plpgsql AS $body$
DECLARE
  n int;
  rec RECORD;
BEGIN
  FOR rec IN SELECT s.x AS val FROM src s WHERE s.d >= p_from LOOP
    INSERT INTO tgt (a) VALUES (rec.val);
  END LOOP;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END;
$body$

-- src > tgt : src.x=tgt.a
DO $$
DECLARE cur CURSOR FOR SELECT x, y FROM src; r RECORD;
BEGIN
  OPEN cur;
  LOOP
    FETCH cur INTO r;
    EXIT WHEN NOT FOUND;
    INSERT INTO tgt (a) VALUES (r.x);
  END LOOP;
  CLOSE cur;
END $$

-- src > tgt : src.x=tgt.a
DO $$
DECLARE cur CURSOR FOR SELECT x FROM src;
BEGIN
  FOR r IN cur LOOP
    INSERT INTO tgt (a) VALUES (r.x);
  END LOOP;
END $$

-- src > tgt : src.y=tgt.b
DO $$ BEGIN EXECUTE 'INSERT INTO tgt (b) ' || 'SELECT y FROM ' || 'src'; END $$

-- src > tgt : src.x=tgt.a
DO $$ DECLARE v_x int; BEGIN SELECT x INTO v_x FROM src WHERE id = 1; INSERT INTO tgt (a) VALUES (v_x); END $$

-- t > : t.data=city t.data=zip
SELECT t.data['addr']['city'] AS city, (t.data -> 'addr') ->> 'zip' AS zip FROM t

-- t u > : t.a=a u.b=a
SELECT CASE WHEN EXISTS (SELECT 1 FROM u WHERE u.id = t.id) THEN t.a ELSE (SELECT min(u.b) FROM u) END AS a FROM t

-- p > : p.id=id p.n=n
WITH q AS NOT MATERIALIZED (SELECT * FROM p) SELECT q.id, q.n FROM q WHERE q.n > (SELECT avg(n) FROM q)

-- inv line > : inv.id=id line.net=gross line.net=net line.tax=gross
SELECT i.id, l.net, l.gross FROM inv i JOIN LATERAL (SELECT sum(l.net) AS net, sum(l.net + l.tax) AS gross FROM line l WHERE l.inv = i.id) l ON TRUE

-- inv > : inv.id=id inv.total=r
SELECT id, r FROM (SELECT id, total, round(total, 2) AS r FROM inv OFFSET 0) AS sub

-- inv > : inv.total=max inv.total=min
SELECT s.max, s.min FROM (SELECT max(total), min(total) FROM inv) s

-- inv > : inv.id=int4 inv.paid=paid
SELECT s.* FROM (SELECT id::int4 AS int4, paid::boolean FROM inv) s

-- inv line > : inv.id=id line.net=n
SELECT x.id, (x.lines[1]).net AS n FROM (SELECT i.id, array_agg(l) AS lines FROM inv i JOIN line l ON l.inv = i.id GROUP BY i.id) x
