-- ds.t > ds.x : ds.t.a=ds.x.a ds.t.ts=ds.x.ts
CREATE OR REPLACE TABLE ds.x PARTITION BY DATE(ts) CLUSTER BY a OPTIONS (description = 'd') AS SELECT a, ts FROM ds.t

-- ds.t > ds.x : ds.t.p=ds.x.a ds.t.q=ds.x.b
CREATE TABLE ds.x (a INT64 NOT NULL, b STRING OPTIONS (description="x")) AS SELECT p, q FROM ds.t

-- ds.t > ds.x : ds.t.p=ds.x.a ds.t.q=ds.x.b
CREATE TABLE ds.x (a INT64, b STRUCT<c STRING, d ARRAY<INT64>>) PARTITION BY RANGE_BUCKET(a, GENERATE_ARRAY(0, 10, 1)) AS SELECT p, q FROM ds.t

-- ds.t > ds.v : ds.t.x=ds.v.a ds.t.y=ds.v.b
CREATE VIEW ds.v (a OPTIONS (description='q'), b) OPTIONS (expiration_timestamp = NULL) AS SELECT x, y FROM ds.t

-- ds.t > ds.mv : ds.t.a=ds.mv.a ds.t.b=ds.mv.s ds.t.ts=ds.mv.ts
CREATE MATERIALIZED VIEW ds.mv PARTITION BY DATE(ts) CLUSTER BY a OPTIONS (enable_refresh = true) AS SELECT a, ts, SUM(b) s FROM ds.t GROUP BY 1, 2

-- ds.b > ds.a : ?
CREATE TABLE ds.a COPY ds.b

-- ds.b > ds.a : ?
CREATE SNAPSHOT TABLE ds.a CLONE ds.b FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)

-- ds.b > ds.a : ?
CREATE TABLE ds.a CLONE ds.b

-- ds.s > ds.t : ds.s.x=ds.t.a ds.s.y=ds.t.b
INSERT ds.t (a, b) SELECT x, y FROM ds.s

-- ds.s > ds.t : ds.s.x=ds.t.a
INSERT INTO ds.t (a, b) WITH c AS (SELECT x FROM ds.s) SELECT x, 1 FROM c

-- ds.u > ds.t : ds.u.z=ds.t.b
INSERT INTO ds.t (a, b) VALUES (1, (SELECT MAX(z) FROM ds.u)), (2, 'x')

--  > ds.t
INSERT INTO ds.t (a) SELECT * FROM UNNEST([1,2,3])

-- ds.s > ds.t : ds.s.a=ds.t.a ds.s.b=ds.t.b ds.s.id=ds.t.id ds.t.b=ds.t.b
MERGE ds.t T USING ds.s S ON T.id = S.id WHEN MATCHED THEN UPDATE SET a = S.a, b = T.b + S.b WHEN NOT MATCHED BY TARGET THEN INSERT (id, a) VALUES (id, a) WHEN NOT MATCHED BY SOURCE THEN DELETE

-- p.ds.s > p.ds.t : p.ds.s.id=p.ds.t.id  with p.ds.s(id) p.ds.t(id)
MERGE INTO `p.ds.t` USING (SELECT * FROM `p.ds.s`) s ON FALSE WHEN NOT MATCHED THEN INSERT ROW WHEN NOT MATCHED BY SOURCE THEN DELETE

-- ds.s > ds.t : ds.s.x=ds.t.a ds.s.y=ds.t.st
UPDATE ds.t SET a = s.x, st.f = s.y FROM ds.s s WHERE t.id = s.id

--  > ds.t : ds.t.items=ds.t.items
UPDATE ds.t SET items = ARRAY(SELECT AS STRUCT * REPLACE (q + 1 AS q) FROM UNNEST(items)) WHERE TRUE

-- ds.bad > ds.t
DELETE ds.t WHERE id IN (SELECT id FROM ds.bad)

--  > ds.t
DELETE FROM ds.t AS x WHERE x.a = 1

--  > ds.t
TRUNCATE TABLE ds.t

--  > ds.t : ?
DROP TABLE IF EXISTS ds.t

-- ds.t >  : ?
EXPORT DATA OPTIONS (uri = 'gs://b/x*.csv', format = 'CSV') AS SELECT a FROM ds.t

--  > ds.e : ?
CREATE EXTERNAL TABLE ds.e (a INT64) OPTIONS (format = 'CSV', uris = ['gs://b/f'])

-- ds.t > ds.n : ds.t.a=ds.n.a
CREATE TABLE ds.n AS FROM ds.t |> SELECT a

-- ds.m ds.s > ds.t : ds.s.a=ds.t.a
DECLARE d DATE DEFAULT CURRENT_DATE(); DECLARE x INT64; SET x = (SELECT MAX(id) FROM ds.m); CREATE TEMP TABLE tmp AS SELECT a FROM ds.s WHERE id > x; INSERT INTO ds.t (a) SELECT a FROM tmp

-- ds.s > ds.t : ds.s.b=ds.t.a
BEGIN TRANSACTION; INSERT INTO ds.t (a) SELECT b FROM ds.s; COMMIT TRANSACTION;

-- ds.ids ds.s > ds.t : ds.s.b=ds.t.a
FOR rec IN (SELECT id FROM ds.ids) DO INSERT INTO ds.t (a) SELECT b FROM ds.s WHERE id = rec.id; END FOR

-- ds.s > ds.t : ds.s.b=ds.t.a
WHILE x < 3 DO SET x = x + 1; INSERT INTO ds.t (a) SELECT b FROM ds.s; END WHILE

-- ds.s > ds.t : ds.s.b=ds.t.a
LOOP INSERT INTO ds.t (a) SELECT b FROM ds.s; IF TRUE THEN LEAVE; END IF; END LOOP

-- ds.c ds.s > ds.t : ds.s.b=ds.t.a
CASE WHEN EXISTS (SELECT 1 FROM ds.c) THEN INSERT INTO ds.t (a) SELECT b FROM ds.s; ELSE SELECT 1; END CASE

-- ds.s > ds.log ds.t : ds.s.b=ds.t.a
BEGIN INSERT INTO ds.t (a) SELECT b FROM ds.s; EXCEPTION WHEN ERROR THEN INSERT INTO ds.log (m) SELECT @@error.message; END

-- ds.s > ds.t : ds.s.b=ds.t.a
EXECUTE IMMEDIATE 'INSERT INTO ds.t (a) SELECT b FROM ds.s WHERE x = ?' USING 1

-- ds.t >  : ?
EXECUTE IMMEDIATE """SELECT a FROM ds.t""" INTO v

-- ds.s > ds.t : ds.s.b=ds.t.a
EXECUTE IMMEDIATE CONCAT('INSERT INTO ds.t (a) ', 'SELECT b FROM ds.s')

-- ds.s > ds.t : ds.s.b=ds.t.a
EXECUTE IMMEDIATE FORMAT('INSERT INTO ds.t (a) SELECT b FROM ds.s WHERE x = %d', 3)

--  >
CALL ds.p(1, x)

-- ds.t >  : ds.t.a=b
CREATE TEMP FUNCTION f(x INT64) AS (x * 2); SELECT f(a) AS b FROM ds.t

-- ds.t >  : ds.t.a=b
CREATE TEMP FUNCTION f(x STRING) RETURNS STRING LANGUAGE js AS r"""return x.trim();"""; SELECT f(a) AS b FROM ds.t

-- ds.t >  : ?
CREATE OR REPLACE MODEL ds.m OPTIONS (model_type = 'linear_reg') AS SELECT a, b AS label FROM ds.t

-- ds.a > ds.b : ?
ALTER TABLE ds.a RENAME TO b

-- ds.t >  : ?
ASSERT (SELECT COUNT(*) FROM ds.t) > 0 AS "x"

-- p.d.t > p.d.v : p.d.t.a=p.d.v.a  with p.d.t(a)
CREATE OR REPLACE VIEW `p.d.v` AS SELECT * FROM `p.d.t`

-- d.t >  : ?
CREATE TEMP TABLE x AS SELECT a FROM d.t; SELECT a FROM x

-- d.s > p.d.t : d.s.a=p.d.t.x d.s.b=p.d.t.y  with p.d.t(x y)
INSERT INTO `p.d.t` SELECT a, b FROM d.s

--  > d.t
INSERT d.t VALUES (1, "a")

-- d.s > d.t : d.s.x=d.t.a
INSERT INTO d.t (a) SELECT SUM(x) FROM d.s GROUP BY y

-- d.u > d.t : d.t.b=d.t.b
UPDATE d.t SET a = 1, b = b + 1 WHERE c IN (SELECT c FROM d.u)

-- d.r d.s > d.t : d.s.b=d.t.a
UPDATE d.t t SET t.a = s.b FROM d.s s JOIN d.r r ON s.id = r.id WHERE t.id = s.id

-- d.s > d.t : d.s.id=d.t.id d.s.x=d.t.xs
MERGE d.t AS t USING (SELECT id, ARRAY_AGG(x) AS xs FROM d.s GROUP BY id) AS s ON t.id = s.id WHEN MATCHED AND s.id > 3 THEN UPDATE SET xs = s.xs WHEN NOT MATCHED BY TARGET THEN INSERT (id, xs) VALUES (s.id, s.xs)

-- d.s > d.t : d.s.a=d.t.a
MERGE d.t USING d.s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = s.a

-- x.t > x.n : x.t.a=x.n.a x.t.b=x.n.b x.t.ts=x.n.ts
CREATE TABLE x.n PARTITION BY TIMESTAMP_TRUNC(ts, DAY) CLUSTER BY a, b OPTIONS(partition_expiration_days=3, labels=[("a","b")]) AS SELECT a, b, ts FROM x.t

-- x.t > x.mv : x.t.a=x.mv.a
CREATE MATERIALIZED VIEW x.mv OPTIONS (enable_refresh=true, refresh_interval_minutes=60) AS SELECT a FROM x.t

-- p.d.t > p.d.s : ?
CREATE SNAPSHOT TABLE p.d.s CLONE p.d.t

-- x.t > x.n
CREATE TABLE IF NOT EXISTS x.n LIKE x.t

-- d.m d.s > d.t : d.s.b=d.t.a
DECLARE x INT64 DEFAULT (SELECT MAX(a) FROM d.m); INSERT INTO d.t (a) SELECT b FROM d.s WHERE c > x

-- d.s > d.t : d.s.b=d.t.a
DECLARE x DATE; SET x = DATE "2020-01-01"; INSERT INTO d.t (a, dt) SELECT b, x FROM d.s

-- d.s > d.t : d.s.b=d.t.a
DECLARE tbl STRING DEFAULT 'd.s'; EXECUTE IMMEDIATE 'INSERT INTO d.t (a) SELECT b FROM ' || tbl

-- d.src > d.t : d.src.a=d.t.a
EXECUTE IMMEDIATE FORMAT("""CREATE OR REPLACE TABLE d.t AS SELECT a FROM d.%s""", 'src')

-- d.b > d.c : ?
CREATE PROCEDURE d.p() BEGIN INSERT INTO d.a (x) SELECT y FROM d.b; MERGE d.c c USING d.a a ON a.x = c.x WHEN NOT MATCHED THEN INSERT ROW; END; CALL d.p();

--  >  : ?
CREATE FUNCTION d.f(x INT64) RETURNS INT64 AS ((SELECT MAX(a) FROM d.t WHERE b = x))

-- x.t >  : ?
EXPORT DATA OPTIONS(uri="gs://b/*", format="PARQUET") AS (SELECT a FROM x.t)

-- d.t > d.x : d.t.j=d.x.a d.t.j=d.x.b d.t.j=d.x.c
CREATE OR REPLACE TABLE d.x AS SELECT JSON_EXTRACT_SCALAR(j, '$.a') AS a, j.b AS b, LAX_STRING(j.c) AS c FROM d.t

-- my-p.d.t > d.v : my-p.d.t.a=d.v.a my-p.d.t.b=d.v.a my-p.d.t.b=d.v.b
CREATE VIEW d.v AS FROM `my-p.d.t` |> SELECT a, b |> SET a = a + b

-- d.t > d.n : d.t.a=d.n.x
INSERT INTO d.n (x) FROM d.t |> SELECT a

-- p.d.t > p.d.x : p.d.t.id=p.d.x.id p.d.t.id=p.d.x.rn p.d.t.ts=p.d.x.rn p.d.t.ts=p.d.x.ts  with p.d.t(id ts)
CREATE OR REPLACE TABLE `p.d.x` AS SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) AS rn FROM `p.d.t` QUALIFY rn = 1

-- d.u > d.t : d.u.a=d.t.a d.u.b=d.t.s d.u.c=d.t.s
INSERT INTO d.t (a, s) SELECT a, STRUCT(b AS x, c AS y) FROM d.u

-- d.u > d.t : d.t.arr=d.t.arr d.t.c=d.t.arr d.u.b=d.t.s
UPDATE d.t SET s.x = (SELECT MAX(b) FROM d.u), arr = ARRAY_CONCAT(arr, [c]) WHERE true

-- d.s > d.t : d.s.x=d.t.x d.s.y=d.t.y d.t.y=d.t.y
MERGE d.t t USING (SELECT * FROM d.s) s ON t.id = s.id WHEN NOT MATCHED BY SOURCE AND t.x > 1 THEN UPDATE SET x = 0 WHEN MATCHED THEN UPDATE SET x = s.x, y = CONCAT(t.y, s.y)

-- d.t > d.n : d.t.a=d.n.b
CREATE TEMP FUNCTION f(x ANY TYPE) AS (x + 1); CREATE TABLE d.n AS SELECT f(a) AS b FROM d.t

-- d.s > d.t : d.s.a=d.t.a
BEGIN CREATE TEMP TABLE t1 AS SELECT a FROM d.s; INSERT INTO d.t (a) SELECT a FROM t1; DROP TABLE t1; END

-- d.s > d.t : d.s.b=d.t.a
DECLARE q STRING; SET q = CONCAT('INSERT INTO d.t (a) ', 'SELECT b FROM d.s'); EXECUTE IMMEDIATE q

-- d.c d.e d.s > d.t : d.s.b=d.t.a
IF EXISTS (SELECT 1 FROM d.c) THEN DELETE FROM d.t WHERE true; ELSEIF (SELECT COUNT(*) FROM d.e) > 1 THEN INSERT INTO d.t (a) SELECT b FROM d.s; END IF

-- d.t > d.v : d.t.s=d.v.a d.t.s=d.v.c
CREATE VIEW d.v AS SELECT t.s.a AS a, t.s.b.c FROM d.t AS t
