-- ops.raw.events > : ops.raw.events.payload=city ops.raw.events.payload=first_sku ops.raw.events.payload=uid
SELECT e.payload:user.id::NUMBER AS uid, e.payload:cart[0].sku::STRING AS first_sku, e.payload['address']['city']::VARCHAR AS city FROM ops.raw.events e

-- raw_orders > : raw_orders.doc=pos raw_orders.doc=sku raw_orders.id=id
SELECT o.id, l.value:sku::STRING AS sku, l.index AS pos FROM raw_orders o, LATERAL FLATTEN(INPUT => o.doc:lines, OUTER => TRUE) l

-- raw_orders > : raw_orders.doc=sku raw_orders.doc=tag
SELECT l.v:sku::STRING AS sku, t.value::STRING AS tag FROM raw_orders o, LATERAL FLATTEN(o.doc:lines) AS l(s, k, p, i, v, th), LATERAL FLATTEN(INPUT => l.v:tags) t

-- raw_orders > : raw_orders.doc=k raw_orders.id=id
WITH f AS (SELECT id, fl.key AS k, fl.value AS v FROM raw_orders, TABLE(FLATTEN(INPUT => doc, RECURSIVE => TRUE)) fl) SELECT id, k FROM f WHERE TYPEOF(v) <> 'OBJECT'

-- gauge > : gauge.at=at gauge.site=site gauge.val=val  with gauge(site val at)
SELECT * FROM gauge QUALIFY ROW_NUMBER() OVER (PARTITION BY site ORDER BY at DESC) = 1

-- gauge > : gauge.site=site gauge.val=avg_val gauge.val=dev
SELECT site, AVG(val) AS avg_val, avg_val - MIN(val) AS dev FROM gauge GROUP BY site HAVING dev > 0

-- gauge > : gauge.val=c gauge.val=f gauge.val=label
SELECT val AS c, c * 9 / 5 + 32 AS f, CASE WHEN f > 100 THEN 'hot' ELSE 'ok' END AS label FROM gauge

-- sales > : sales.amt='Q1' sales.amt='Q2' sales.emp=emp  with sales(emp qtr amt)
SELECT * FROM sales PIVOT(SUM(amt) FOR qtr IN ('Q1', 'Q2'))

-- sales > : sales.amt=q1_total sales.amt=q2_total sales.emp=emp
SELECT p.emp, p.q1_total, p.q2_total FROM (SELECT emp, qtr, amt FROM sales) PIVOT(SUM(amt) FOR qtr IN ('Q1', 'Q2')) AS p (emp, q1_total, q2_total)

-- sales > : sales.amt=first sales.amt=second sales.emp=emp
SELECT emp, first, second FROM (SELECT emp, qtr, amt FROM sales) PIVOT(MAX(amt) FOR qtr IN ('Q1' AS first, 'Q2' AS second)) p

-- budget > : budget.feb=amount budget.jan=amount budget.team=team
SELECT team, month_name, amount FROM budget UNPIVOT(amount FOR month_name IN (jan, feb)) ORDER BY team

-- budget > : budget.feb=amount budget.jan=amount budget.team=team  with budget(team jan feb)
SELECT u.* FROM budget UNPIVOT(amount FOR month_name IN (jan, feb)) u

-- @landing > : ?
SELECT t.$1 AS id, t.$2:name::STRING AS name, METADATA$FILE_ROW_NUMBER AS rn FROM @landing (FILE_FORMAT => json_ff, PATTERN => '.*[.]json') t

-- @landing/in/ > dim : ?
COPY INTO dim (id, name) FROM (SELECT t.$1, UPPER(t.$2) FROM @landing/in/ t) FILE_FORMAT = (TYPE = 'CSV')

-- dim > @export/dim_ : ?
COPY INTO @export/dim_ FROM (SELECT id, name FROM dim WHERE active) FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE

-- ticks > : ?
SELECT sym, start_at, low FROM ticks MATCH_RECOGNIZE(PARTITION BY sym ORDER BY at MEASURES FIRST(at) AS start_at, MIN(down.px) AS low ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (up down+ up) DEFINE down AS px < LAG(px), up AS px > LAG(px))

-- feed > dim : feed.id=dim.id feed.name=dim.name feed.updated=dim.seen
MERGE INTO dim d USING (SELECT id, name, updated FROM feed QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY updated DESC) = 1) f ON d.id = f.id WHEN MATCHED AND f.name IS NULL THEN DELETE WHEN MATCHED AND d.seen < f.updated THEN UPDATE SET d.name = f.name, d.seen = f.updated WHEN NOT MATCHED THEN INSERT (id, name, seen) VALUES (f.id, f.name, f.updated)

-- feed > dim : feed.id=dim.id feed.name=dim.name  with feed(id name) dim(id name)
MERGE INTO dim USING feed ON dim.id = feed.id WHEN MATCHED THEN UPDATE ALL BY NAME WHEN NOT MATCHED THEN INSERT ALL BY NAME

-- feed > cold hot rest : feed.id=cold.id feed.id=hot.id feed.id=rest.id feed.temp=cold.t
INSERT FIRST WHEN temp > 30 THEN INTO hot (id) VALUES (id) WHEN temp < 5 THEN INTO cold (id, t) VALUES (id, temp) ELSE INTO rest (id) VALUES (id) SELECT id, temp FROM feed

-- feed > a_log b_log : feed.id=a_log.id feed.id=b_log.key feed.temp=a_log.temp
INSERT ALL INTO a_log INTO b_log (key) VALUES (id) SELECT id, temp FROM feed

-- feed > dim : feed.name=dim.name
UPDATE dim SET name = f.name FROM feed f WHERE f.id = dim.id

-- feed source_tab > dim : feed.name=dim.name source_tab.label=dim.origin
UPDATE dim d SET d.name = f.name, d.origin = s.label FROM feed f INNER JOIN source_tab s ON s.id = f.src WHERE d.id = f.id

-- old_keys > dim
DELETE FROM dim USING old_keys k WHERE dim.id = k.id

-- crm.pub.people > crm.pub.vip : crm.pub.people.id=crm.pub.vip.pid crm.pub.people.name=crm.pub.vip.full_name
CREATE OR REPLACE TABLE crm.pub.vip (pid NUMBER, full_name VARCHAR) AS SELECT id, name FROM crm.pub.people

-- crm.pub.people > crm.pub.v : crm.pub.people.id=crm.pub.v.pid crm.pub.people.name=crm.pub.v.full_name
CREATE OR REPLACE VIEW crm.pub.v (pid COMMENT 'key', full_name) COPY GRANTS AS SELECT id, name FROM crm.pub.people

-- people > dyn : people.city=dyn.city people.id=dyn.n
CREATE OR REPLACE DYNAMIC TABLE dyn TARGET_LAG = '5 minutes' WAREHOUSE = wh_x REFRESH_MODE = INCREMENTAL AS SELECT city, COUNT(id) AS n FROM people GROUP BY city

-- prod.core.t > dev.core.t
CREATE OR REPLACE TABLE dev.core.t CLONE prod.core.t

-- src > live : src.a=live.a
CREATE TABLE live_new LIKE live; INSERT INTO live_new (a) SELECT a FROM src; ALTER TABLE live_new SWAP WITH live; DROP TABLE live_new

-- src > final : src.a=final.a src.b=final.b
CREATE TABLE build AS SELECT a, b FROM src; ALTER TABLE build RENAME TO final

-- lake.raw.src > lake.mart.t : lake.raw.src.a=lake.mart.t.a
USE DATABASE lake; USE SCHEMA mart; CREATE OR REPLACE TABLE t AS SELECT a FROM raw.src

-- lake.raw.src > lake.mart.t : lake.raw.src.a=lake.mart.t.a
USE lake.mart; INSERT INTO t (a) SELECT a FROM lake.raw.src

-- lake.raw.src > : lake.raw.src.a=a
SET src_name = 'lake.raw.src'; SELECT a FROM IDENTIFIER($src_name)

-- src > fin : src.a=fin.a
CREATE TEMPORARY TABLE tmp_x AS SELECT a FROM src; CREATE TABLE fin AS SELECT a FROM tmp_x

-- sem.sales_view > : ?
SELECT * FROM SEMANTIC_VIEW(sem.sales_view DIMENSIONS customer.region AS reg METRICS orders.revenue WHERE customer.active = TRUE)

-- people > : people.tags=joined people.tags=n
SELECT ARRAY_SIZE(tags) AS n, ARRAY_TO_STRING(tags, ',') AS joined FROM people

-- people > : people.id=o people.id=o2 people.name=o people.name=o2
SELECT OBJECT_CONSTRUCT('id', id, 'name', name) AS o, OBJECT_CONSTRUCT_KEEP_NULL('i', id, 'n', name) AS o2 FROM people

-- people > : people.doc=a
WITH p AS (SELECT PARSE_JSON(doc) AS j FROM people) SELECT j:a::INT AS a FROM p

-- people > : people.born=age people.id=id
SELECT id, DATEDIFF(YEAR, born, CURRENT_DATE) AS age FROM people

-- people > : people.joined=m people.joined=q people.joined=w
SELECT DATE_TRUNC(MONTH, joined) AS m, DATE_PART(quarter, joined) AS q, DAYNAME(joined) AS w FROM people

-- people > : people.city=city people.id=id people.name=nm  with people(id name city)
SELECT * RENAME (name AS nm) FROM people

-- people > : people.city=city people.id=id  with people(id name city)
SELECT p.* EXCLUDE (name) FROM people p

-- people > : people.city=city people.id=id people.name=name  with people(id name city)
SELECT * REPLACE (INITCAP(name) AS name) FROM people

-- a b > : a.id=id b.v=v  with a(id) b(id v)
SELECT a.*, b.* EXCLUDE id FROM a JOIN b ON a.id = b.id

-- a b > : a.id=id a.x=x b.y=y  with a(id x) b(id y)
SELECT * FROM a NATURAL JOIN b

-- a b > : a.x=x b.x=x b.y=y
SELECT x FROM a UNION ALL BY NAME SELECT x, y FROM b

-- a b > : a.x=x b.y=y
WITH q AS (SELECT x, k FROM a), q2 AS (SELECT y, k FROM b) SELECT q.x, q2.y FROM q LEFT OUTER JOIN q2 USING (k)

-- staff > : staff.name=chain staff.name=name
WITH RECURSIVE up (id, name, chain) AS (SELECT id, name, name FROM staff WHERE boss IS NULL UNION ALL SELECT s.id, s.name, up.chain || '>' || s.name FROM staff s JOIN up ON s.boss = up.id) SELECT name, chain FROM up

-- staff > : staff.boss=root staff.name=name
SELECT name, CONNECT_BY_ROOT boss AS root FROM staff START WITH boss IS NULL CONNECT BY boss = PRIOR id

-- >
SELECT 1 AS one, 'x' AS lbl, CURRENT_TIMESTAMP() AS now_at

-- people > : people.id=id
SELECT id, COUNT(*) OVER () AS n, 'k' AS lit FROM people

-- quotes trades > : quotes.bid=bid trades.sym=sym
SELECT t.sym, q.bid FROM trades t ASOF JOIN quotes q MATCH_CONDITION (t.at >= q.at) ON t.sym = q.sym

-- people > : people.name=name
SELECT name FROM people SAMPLE BERNOULLI (5) WHERE id IN (SELECT $1 FROM VALUES (1), (2))

-- people > : people.name=nick
SELECT $1 AS nick FROM (SELECT name FROM people)

-- src > tgt : src.b=tgt.a
EXECUTE IMMEDIATE $$
DECLARE
  q VARCHAR;
BEGIN
  q := 'INSERT INTO tgt (a) SELECT b FROM ' || 'src';
  EXECUTE IMMEDIATE :q;
  RETURN 'done';
END;
$$

-- src > tgt : src.b=tgt.a
CREATE OR REPLACE PROCEDURE load_tgt(day VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS
$$
DECLARE n INTEGER DEFAULT 0;
BEGIN
  IF (day IS NULL) THEN
    RETURN 'no day';
  END IF;
  INSERT INTO tgt (a) SELECT b FROM src WHERE d = :day;
  n := SQLROWCOUNT;
  RETURN n::VARCHAR;
END;
$$

-- src > tgt : src.b=tgt.a
BEGIN
  LET c CURSOR FOR SELECT b FROM src;
  FOR r IN c DO
    INSERT INTO tgt (a) VALUES (r.b);
  END FOR;
END

-- src > tgt : src.b=tgt.a
BEGIN LET v := (SELECT MAX(b) FROM src); INSERT INTO tgt (a) VALUES (:v); END

-- src > str_tbl
CREATE STREAM str_tbl ON TABLE src

-- str_x > tgt : str_x.b=tgt.a
CREATE OR REPLACE TASK tk WAREHOUSE = w SCHEDULE = '10 MINUTE' WHEN SYSTEM$STREAM_HAS_DATA('str_x') AS MERGE INTO tgt USING str_x s ON tgt.a = s.b WHEN NOT MATCHED THEN INSERT (a) VALUES (s.b)

-- db1.s1.Mixed_Case > : db1.s1.Mixed_Case.Some_Col=out
SELECT m."Some Col" AS out FROM db1.s1."Mixed Case" m

-- src > : src.csv=part src.id=id
SELECT s.id, p.value AS part FROM src s, TABLE(SPLIT_TO_TABLE(s.csv, '|')) p

-- src > : src.a=x src.b=x src.c=y
SELECT COALESCE(a, b) AS x, TRY_PARSE_JSON(c):k::STRING AS y FROM src

-- src > v : src.a=v.a
CREATE OR REPLACE SECURE VIEW IF NOT EXISTS v COMMENT = 'c' AS SELECT a FROM src

-- src > tgt : src.a=tgt.a
INSERT OVERWRITE INTO tgt (a) WITH c AS (SELECT a FROM src) SELECT a FROM c

-- src > : src.a=a src.a=lst src.t=lst
SELECT a, LISTAGG(DISTINCT t, ';') WITHIN GROUP (ORDER BY a) AS lst FROM src GROUP BY ALL

-- src > : src.k=r src.t=r src.x=r
SELECT SUM(x) OVER (PARTITION BY k ORDER BY t RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS r FROM src

-- src > : src.arr=doubled src.f=doubled
SELECT TRANSFORM(arr, e -> e * f) AS doubled FROM src

-- src > : src.a=a
SELECT a FROM src WHERE EXISTS (SELECT 1 FROM IDENTIFIER('src') z WHERE z.a = src.a)
