-- raw.shop.orders raw.shop.users > ana.mart.order_facts : raw.shop.orders.amount=ana.mart.order_facts.running raw.shop.orders.created=ana.mart.order_facts.running raw.shop.orders.doc=ana.mart.order_facts.country raw.shop.orders.id=ana.mart.order_facts.order_id raw.shop.orders.user_id=ana.mart.order_facts.running raw.shop.users.email=ana.mart.order_facts.email
CREATE OR REPLACE TRANSIENT TABLE ana.mart.order_facts AS
WITH o AS (
  SELECT id, user_id, amount, created, doc:address.country::STRING AS country FROM raw.shop.orders WHERE NOT deleted
),
u AS (SELECT id, LOWER(email) AS email FROM raw.shop.users)
SELECT o.id AS order_id, o.country, u.email,
       SUM(o.amount) OVER (PARTITION BY o.user_id ORDER BY o.created) AS running
FROM o LEFT JOIN u ON u.id = o.user_id

-- ev > : ev.id=id ev.j=item ev.j=opt
SELECT ev.id, i.value:name::STRING AS item, o.value::STRING AS opt FROM ev, LATERAL FLATTEN(INPUT => PARSE_JSON(ev.j):items) i, LATERAL FLATTEN(INPUT => i.value:options, OUTER => TRUE) o WHERE i.value:price > 3

-- ev > : ev.j=k ev.j=v
SELECT f.key AS k, f.value::NUMBER AS v FROM ev, TABLE(FLATTEN(INPUT => ev.j, MODE => 'OBJECT')) AS f

-- ev > : ev.id=id ev.j=total
SELECT id, SUM(f.value:qty::INT * f.value:price::FLOAT) AS total FROM ev, LATERAL FLATTEN(j:lines) f GROUP BY 1

-- ev > : ev.j=a ev.j=b ev.j=c
SELECT GET(j, 'a') AS a, GET_PATH(j, 'x.b')::STRING AS b, j:"Odd Key".c AS c FROM ev

-- t > : t.id=id t.v=v1 t.v=v2
SELECT * FROM (SELECT id, k, v FROM t) PIVOT (MAX(v) FOR k IN ('one', 'two')) AS p (id, v1, v2)

-- t > : ?
SELECT * FROM (SELECT id, k, v FROM t) PIVOT (SUM(v) FOR k IN (SELECT DISTINCT k FROM t))

-- t > : t.a=val t.b=val t.id=id
SELECT id, which, val FROM (SELECT id, a, b FROM t) UNPIVOT (val FOR which IN (a, b))

-- s > t1 t2 : s.id=t1.id s.id=t2.ref s.v=t1.v
INSERT ALL WHEN v > 0 THEN INTO t1 (id, v) VALUES (id, v) WHEN v IS NULL THEN INTO t2 (ref) VALUES (id) SELECT id, v FROM s

-- s > t1 t2 : s.a=t1.x s.a=t2.x s.b=t1.y s.b=t2.y  with t1(x y) t2(x y)
INSERT OVERWRITE ALL INTO t1 INTO t2 SELECT a, b FROM s

-- s x > t : s.id=t.id s.v=t.v x.w=t.w
MERGE INTO t USING (SELECT s.id, s.v, x.w FROM s INNER JOIN x USING (id)) q ON t.id = q.id WHEN MATCHED AND q.v <> t.v THEN UPDATE SET t.v = q.v, t.w = q.w WHEN NOT MATCHED AND q.w IS NOT NULL THEN INSERT VALUES (q.id, q.v, q.w)

-- s > t : s.id=t.id s.v=t.v  with t(id v w)
MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)

-- s > t : s.v=t.v t.n=t.n
UPDATE t SET v = s.v, n = t.n + 1 FROM (SELECT id, MAX(v) AS v FROM s GROUP BY id) s WHERE t.id = s.id

-- @db.sc.st/dir/ > db.sc.t
COPY INTO db.sc.t (a, b) FROM @db.sc.st/dir/ FILES = ('x.csv', 'y.csv') FILE_FORMAT = (FORMAT_NAME = db.sc.csv_ff) ON_ERROR = 'CONTINUE'

-- @st > tgt : ?
CREATE TABLE tgt AS SELECT $1:id::INT AS id, $1:n::STRING AS n FROM @st (FILE_FORMAT => 'js')

-- t > @~/out/x.csv
COPY INTO @~/out/x.csv FROM t SINGLE = TRUE FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE)

-- t > v : t.a=v.one t.b=v.two
CREATE OR REPLACE VIEW v (one COMMENT 'x' WITH TAG (cl = 'p'), two WITH MASKING POLICY mp) COMMENT = 'w' WITH ROW ACCESS POLICY rap ON (one) AS SELECT a, b FROM t

-- t > dt : t.a=dt.x t.b=dt.y
CREATE OR REPLACE DYNAMIC TABLE dt (x, y) TARGET_LAG = DOWNSTREAM WAREHOUSE = w REFRESH_MODE = AUTO INITIALIZE = ON_SCHEDULE CLUSTER BY (x) AS SELECT a, b FROM t

-- t > it : t.a=it.a
CREATE OR REPLACE ICEBERG TABLE it (a INT) CATALOG = 'SNOWFLAKE' EXTERNAL_VOLUME = 'v' BASE_LOCATION = 'x' AS SELECT a FROM t

-- t > mt : t.a=mt.id t.b=mt.arr
CREATE TABLE mt (id INT AUTOINCREMENT START 1 INCREMENT 1, arr ARRAY(VARCHAR) NOT NULL) CLUSTER BY (id) AS SELECT a, b FROM t

-- a.b.t > a.b.t2
CREATE TABLE a.b.t2 CLONE a.b.t BEFORE (STATEMENT => '8e5d0ca9-005e')

-- src > cur : src.id=cur.id
CREATE OR REPLACE TABLE nxt CLONE cur; TRUNCATE TABLE nxt; INSERT INTO nxt (id) SELECT id FROM src; ALTER TABLE cur SWAP WITH nxt; DROP TABLE nxt

-- d1.raw.s > d1.pub.t : d1.raw.s.x=d1.pub.t.x
USE ROLE loader; USE DATABASE d1; USE SCHEMA pub; BEGIN; INSERT INTO t (x) SELECT x FROM raw.s; COMMIT;

-- s > t : s.a=t.a
SET dest = 't'; CREATE TABLE IDENTIFIER($dest) AS SELECT a FROM s

-- s > t : s.a=t.a
DECLARE
  rs RESULTSET DEFAULT (SELECT a, b FROM s);
  cur CURSOR FOR rs;
BEGIN
  FOR row_v IN cur DO
    LET val VARCHAR := row_v.a;
    INSERT INTO t (a) VALUES (:val);
  END FOR;
END

-- s > t : s.a=t.a
BEGIN
  LET tbl VARCHAR := 's';
  LET sql VARCHAR := 'INSERT INTO t (a) SELECT a FROM ' || tbl;
  EXECUTE IMMEDIATE :sql;
EXCEPTION
  WHEN STATEMENT_ERROR THEN
    RETURN SQLERRM;
END

-- s > t : s.m=t.mx
BEGIN
  LET mx INT := 0;
  SELECT MAX(m) INTO :mx FROM s;
  UPDATE t SET mx = :mx WHERE mx < :mx;
END

-- s > log t : s.a=t.a
CREATE OR REPLACE PROCEDURE run_it() RETURNS TABLE() LANGUAGE SQL EXECUTE AS OWNER AS
$$
BEGIN
  CREATE OR REPLACE TEMPORARY TABLE tmp_s AS SELECT a FROM s;
  INSERT INTO t (a) SELECT a FROM tmp_s;
  INSERT INTO log (at) VALUES (CURRENT_TIMESTAMP());
  DROP TABLE tmp_s;
  RETURN 'ok';
END;
$$

-- sv > : ?
SELECT region, rev FROM SEMANTIC_VIEW(sv DIMENSIONS c.region, DATE_TRUNC('year', o.d) AS y METRICS o.rev AS rev) AS s

-- t > : t.id=id t.x=x2 t.x=x4
SELECT id, x * 2 AS x2, x2 * 2 AS x4 FROM t WHERE x4 > 3 QUALIFY ROW_NUMBER() OVER (ORDER BY x2) = 1

-- t > : t.x=x t.x=y  with t(id x)
SELECT UPPER(x) AS x, x || 'z' AS y FROM t

-- t u > : t.id=id u.v=v  with t(id a) u(id v)
SELECT t.* EXCLUDE (a), u.* EXCLUDE (id) FROM t LEFT JOIN u ON t.id = u.id

-- t > : t.a=a t.b=b t.id=key  with t(id a b)
SELECT * EXCLUDE (b) RENAME (id AS key), b FROM t

-- t u > : t.a=a t.id=id u.a=a
SELECT id, a FROM t UNION SELECT NULL, a FROM u

-- t u > : t.a=a u.a=a
SELECT a FROM t INTERSECT SELECT a FROM u

-- t u > : t.id=id u.v=v
SELECT t.id, x.v FROM t, LATERAL (SELECT u.v FROM u WHERE u.id = t.id ORDER BY u.ts DESC LIMIT 1) x

-- emp > : emp.id=id emp.name=path
SELECT id, SYS_CONNECT_BY_PATH(name, ' > ') AS path FROM emp START WITH boss IS NULL CONNECT BY PRIOR id = boss ORDER SIBLINGS BY name

-- t > : t.a=n t.b=n t.ts=d t.ts=h
SELECT TO_DATE(ts) AS d, HOUR(ts) AS h, TIMESTAMPDIFF(SECOND, a, b) AS n FROM t

-- t > : t.a=js t.b=js
SELECT TO_JSON(OBJECT_CONSTRUCT('a', a, 'b', ARRAY_CONSTRUCT(b, 1))) AS js FROM t

-- t > : t.g=g t.ts=arr t.v=arr
SELECT g, ARRAY_AGG(DISTINCT v) WITHIN GROUP (ORDER BY ts DESC) AS arr FROM t GROUP BY g

-- t > : t.g=g t.v=med
SELECT g, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY v) AS med FROM t GROUP BY GROUPING SETS ((g), ())

-- t > : ?
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY s ORDER BY d MEASURES CLASSIFIER() AS c, AVG(p) AS ap ALL ROWS PER MATCH PATTERN (a b*) DEFINE b AS p > LAG(p))

-- quotes trades > : quotes.p=p trades.s=s
SELECT t.s, q.p FROM trades AS t ASOF JOIN quotes AS q MATCH_CONDITION (t.at >= q.at) USING (s)

-- t > : t.a=a t.b=b
SELECT a, b FROM t AT (TIMESTAMP => TO_TIMESTAMP('2024-05-01')) AS o WHERE o.a > 1

-- >
SELECT v.c1, v.c2 FROM (VALUES (1, 'a'), (2, 'b')) AS v (c1, c2)

-- t > : t.x=cls t.y=cls
SELECT DECODE(x, 1, 'one', 2, y, 'other') AS cls FROM t

-- p.s.t > : p.s.t.a=a
SELECT p.s.t.a FROM p.s.t WHERE p.s.t.b = 1

-- t > st
CREATE STREAM IF NOT EXISTS st ON TABLE t SHOW_INITIAL_ROWS = TRUE

-- st > t : st.id=t.id st.v=t.v
CREATE TASK k USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL' AFTER k0 AS INSERT INTO t (id, v) SELECT id, v FROM st WHERE METADATA$ACTION = 'INSERT'
