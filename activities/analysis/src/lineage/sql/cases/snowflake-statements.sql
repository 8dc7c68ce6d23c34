-- @stg/x/ > db.sc.t : ?
COPY INTO db.sc.t (a, b) FROM (SELECT $1, t.$2 FROM @stg/x/ t) FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)

-- @%t > t
COPY INTO t FROM @%t FILE_FORMAT = (FORMAT_NAME = 'ff') ON_ERROR = 'skip_file'

-- s3://bucket/path/ > t : ?
COPY INTO t FROM 's3://bucket/path/' STORAGE_INTEGRATION = si PATTERN = '.*csv'

-- t > @stg/out/
COPY INTO @stg/out/ FROM t FILE_FORMAT = (TYPE = PARQUET) OVERWRITE = TRUE

-- t > s3://b/x : ?
COPY INTO 's3://b/x' FROM (SELECT a FROM t) PARTITION BY (a)

-- a.b.d > a.b.c : ?
CREATE OR REPLACE TABLE a.b.c CLONE a.b.d AT (OFFSET => -60*5)

-- t1 t2 > t1 t2 : ?
ALTER TABLE t1 SWAP WITH t2

-- s > t : s.a=t.a
CREATE TABLE t_new AS SELECT a FROM s; ALTER TABLE t SWAP WITH t_new; DROP TABLE t_new

-- t > dt : t.a=dt.a
CREATE OR REPLACE DYNAMIC TABLE dt TARGET_LAG = '1 minute' WAREHOUSE = wh REFRESH_MODE = AUTO INITIALIZE = ON_CREATE AS SELECT a, count(*) n FROM t GROUP BY a

-- t > v : t.a=v.x t.b=v.y
CREATE OR REPLACE SECURE VIEW v (x COMMENT 'c', y) COMMENT = 'hi' COPY GRANTS AS SELECT a, b FROM t

-- t > mv : t.a=mv.a
CREATE OR REPLACE SECURE MATERIALIZED VIEW mv CLUSTER BY (a) AS SELECT a FROM t

-- s > t : s.x=t.a s.y=t.b
CREATE TRANSIENT TABLE IF NOT EXISTS t (a NUMBER, b VARCHAR) CLUSTER BY (a) AS SELECT x, y FROM s

-- s > t : s.x=t.a s.y=t.b
CREATE TABLE t (a NUMBER(38,0) NOT NULL, b TIMESTAMP_NTZ(9)) AS SELECT x, y FROM s

-- s > t : s.a=t.a
INSERT OVERWRITE INTO t SELECT a FROM s

-- s > t1 t2 : s.x=t1.a s.x=t2.b s.y=t2.c
INSERT ALL INTO t1 (a) VALUES (x) INTO t2 (b, c) VALUES (x, y) SELECT x, y FROM s

-- src > big mid small : ?
INSERT FIRST WHEN n > 100 THEN INTO big WHEN n > 10 THEN INTO mid (v) VALUES (n) ELSE INTO small (v) VALUES (n) SELECT n FROM src

-- s > t : s.id=t.id s.v=t.v
MERGE INTO t USING (SELECT * FROM s QUALIFY row_number() OVER (PARTITION BY id ORDER BY ts DESC) = 1) s ON t.id = s.id WHEN MATCHED AND s.op = 'D' THEN DELETE WHEN MATCHED THEN UPDATE SET t.v = s.v, t.ts = CURRENT_TIMESTAMP() WHEN NOT MATCHED AND s.op <> 'D' THEN INSERT (id, v) VALUES (s.id, s.v)

-- stage.s > t : stage.s.id=t.id stage.s.v=t.v  with t(id v) stage.s(id v)
MERGE INTO t USING stage.s ON t.id = s.id WHEN MATCHED THEN UPDATE ALL BY NAME WHEN NOT MATCHED THEN INSERT ALL BY NAME

-- s > t : s.v=t.v
UPDATE t SET v = s.v FROM s WHERE t.id = s.id

-- u > t
DELETE FROM t USING (SELECT id FROM u) x WHERE t.id = x.id

--  > t
TRUNCATE TABLE IF EXISTS t

-- db.s.t > st : ?
CREATE STREAM st ON TABLE db.s.t APPEND_ONLY = TRUE

-- v > st : ?
CREATE OR REPLACE STREAM st ON VIEW v

-- st > t : st.b=t.a
CREATE OR REPLACE TASK tk WAREHOUSE = wh SCHEDULE = '5 MINUTE' WHEN SYSTEM$STREAM_HAS_DATA('st') AS INSERT INTO t (a) SELECT b FROM st WHERE metadata$action = 'INSERT'

-- s > t : s.v=t.v
CREATE TASK tk SCHEDULE = 'USING CRON 0 9 * * * UTC' AS MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.v = s.v

-- b d > a c : b.y=a.x d.y=c.x
CREATE TASK tk WAREHOUSE = wh AS BEGIN INSERT INTO a (x) SELECT y FROM b; INSERT INTO c (x) SELECT y FROM d; END

--  >
CREATE TASK tk AS CALL my_proc()

-- @stg > t
CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @stg FILE_FORMAT = (TYPE = JSON)

-- s > t : s.b=t.a
CREATE OR REPLACE PROCEDURE p(x NUMBER) RETURNS STRING LANGUAGE SQL AS $$ BEGIN INSERT INTO t (a) SELECT b FROM s; RETURN 'ok'; END; $$

-- t >  : ?
CREATE OR REPLACE PROCEDURE p() RETURNS TABLE () LANGUAGE SQL EXECUTE AS CALLER AS DECLARE res RESULTSET; BEGIN res := (SELECT a FROM t); RETURN TABLE(res); END

-- y > x : y.a=x.a
EXECUTE IMMEDIATE $$ BEGIN CREATE OR REPLACE TABLE x AS SELECT a FROM y; RETURN 1; END; $$

-- invoices > sums : invoices.price=sums.t
DECLARE c1 CURSOR FOR SELECT price FROM invoices; total FLOAT; BEGIN FOR rec IN c1 DO total := total + rec.price; END FOR; INSERT INTO sums (t) SELECT sum(price) FROM invoices; RETURN total; END

-- q s > t : s.b=t.a
BEGIN LET v := 'x'; LET rs RESULTSET := (SELECT a FROM q); IF (v = 'x') THEN INSERT INTO t (a) SELECT b FROM s; ELSEIF (v = 'y') THEN DELETE FROM t; ELSE UPDATE t SET a = 1; END IF; END

-- s > err t z : s.b=t.a
BEGIN FOR i IN 1 TO 10 DO INSERT INTO t (a) SELECT b FROM s WHERE n = :i; END FOR; WHILE (x < 3) DO x := x + 1; END WHILE; REPEAT DELETE FROM z; UNTIL (TRUE) END REPEAT; LOOP BREAK; END LOOP; EXCEPTION WHEN OTHER THEN INSERT INTO err (m) SELECT 'x'; END

-- d.s.u > d.s.t : d.s.u.a=d.s.t.a
USE DATABASE d; USE SCHEMA s; CREATE TABLE t AS SELECT a FROM u

-- d.x.u > d.s.t : d.x.u.b=d.s.t.a
USE SCHEMA d.s; INSERT INTO t (a) SELECT b FROM x.u

-- t >  : t.a=a
USE WAREHOUSE wh; USE ROLE r; SELECT a FROM t

-- db.sc.t >  : db.sc.t.a=a
SET tn = 'db.sc.t'; SELECT a FROM IDENTIFIER($tn)

-- t > x.y : t.b=x.y.a
INSERT INTO IDENTIFIER('x.y') (a) SELECT b FROM t

-- t > x.y : t.b=x.y.b
CREATE TABLE IDENTIFIER('x.y') AS SELECT b FROM t

-- s > f : s.a=f.a
CREATE OR REPLACE TEMPORARY TABLE tmp AS SELECT a FROM s; INSERT INTO f SELECT a FROM tmp

-- t1 t2 > v : t1.a=v.a t1.id=v.id t2.b=v.b  with t1(id a) t2(id b)
CREATE VIEW v AS SELECT t1.*, t2.b FROM t1 JOIN t2 USING (id)

-- s > t
CREATE TABLE t LIKE s

-- t >  : ?
CREATE OR REPLACE FUNCTION f(x NUMBER) RETURNS NUMBER AS $$ SELECT max(a) FROM t WHERE b = x $$

-- DB.S.T > DB.S.V : DB.S.T.B=DB.S.V.B DB.S.T.a=DB.S.V.a
CREATE OR REPLACE VIEW "DB"."S"."V" AS SELECT "a", B FROM "DB"."S"."T"

-- @st/p > t : ?
COPY INTO t (a, b) FROM (SELECT s.$1, s.$2:x::string FROM @st/p s) ON_ERROR = CONTINUE

-- t > @st/p : ?
COPY INTO @st/p FROM (SELECT OBJECT_CONSTRUCT(*) FROM t) FILE_FORMAT = (TYPE = JSON) SINGLE = TRUE HEADER = TRUE MAX_FILE_SIZE = 100

-- @db.s.st/path/file.csv.gz > db.s.t : ?
COPY INTO db.s.t FROM @db.s.st/path/file.csv.gz FILE_FORMAT = db.s.ff FORCE = TRUE PURGE = TRUE MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE

-- @~/staged > t : ?
COPY INTO t FROM @~/staged

--  > t
INSERT INTO t SELECT PARSE_JSON(column1) FROM VALUES ('{}')

--  > t
INSERT INTO t (a, b) SELECT a, b FROM VALUES (1, 'x') AS v(a, b)

-- s > t1 t2 t3 : s.a=t1.a s.a=t2.a s.a=t3.a s.b=t1.b s.b=t2.b s.b=t3.b
INSERT ALL WHEN a > 1 AND b < 2 THEN INTO t1 INTO t2 ELSE INTO t3 SELECT a, b FROM s

-- s > t : s.id=t.id s.v=t.v t.v=t.v2  with t(id v v2)
MERGE INTO t tgt USING (SELECT id, v FROM s WHERE d = CURRENT_DATE) src ON tgt.id = src.id WHEN MATCHED AND src.v IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET tgt.v = src.v, v2 = tgt.v WHEN NOT MATCHED THEN INSERT VALUES (src.id, src.v, NULL)

-- u > t
DELETE FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id)

-- u v > t : u.a=t.a v.b=t.b
UPDATE t SET a = u.a, b = v.b FROM u, v WHERE t.id = u.id AND u.id = v.id

-- u > t : u.b=t.a
UPDATE t SET a = (SELECT max(b) FROM u)

-- a.b.d > a.b.c : ?
CREATE TABLE a.b.c COPY GRANTS CLONE a.b.d

-- t > t2 : ?
ALTER TABLE t RENAME TO t2

-- a.b.t a.b.u > a.b.t a.b.u : ?
ALTER TABLE IF EXISTS a.b.t SWAP WITH a.b.u

--  > t : ?
DROP TABLE t

-- t > d : t.a=d.a
CREATE DYNAMIC TABLE d LAG = '1 minute' WAREHOUSE = w AS SELECT a FROM t

-- t > db.s.d : t.a=db.s.d.x t.b=db.s.d.y
CREATE OR REPLACE DYNAMIC TABLE db.s.d (x, y) TARGET_LAG = DOWNSTREAM WAREHOUSE = w AS SELECT a, b FROM t

-- t > v : t.p=v.a t.q=v.b
CREATE VIEW v (a WITH TAG (t='x'), b MASKING POLICY mp) AS SELECT p, q FROM t

-- t > v : t.a=v.a
CREATE VIEW v WITH ROW ACCESS POLICY rp ON (a) AS SELECT a FROM t

-- t > v : t.a=v.a
CREATE VIEW v CHANGE_TRACKING = TRUE AS SELECT a FROM t

-- t u > n : t.a=n.a u.b=n.b
CREATE TABLE n AS WITH c AS (SELECT a FROM t) SELECT c.a, u.b FROM c CROSS JOIN u

-- t > n : t.a=n.a
CREATE TABLE n AS (WITH c AS (SELECT a FROM t) SELECT * FROM c)

-- y > x : y.c=x.c
CREATE TASK a.b.tk WAREHOUSE=w AFTER a.b.other AS CREATE OR REPLACE TABLE x AS SELECT c FROM y

-- t > mv : t.a=mv.a t.b=mv.s
CREATE MATERIALIZED VIEW mv AS SELECT a, SUM(b) s FROM t GROUP BY a

-- d.r.s > d.s.t : d.r.s.id=d.s.t.id  with d.r.s(id)
CREATE OR REPLACE TABLE d.s.t AS SELECT s.*, CURRENT_TIMESTAMP() AS loaded_at FROM d.r.s s

-- d.r.s > d.s.t : d.r.s.id=d.s.t.id
INSERT INTO d.s.t (id, loaded_at) SELECT id, CURRENT_TIMESTAMP FROM d.r.s

-- y > d.s.t : y.x=d.s.t.a
INSERT OVERWRITE INTO d.s.t (a) SELECT x FROM y

-- a b > d.t : a.id=d.t.id b.v=d.t.v
MERGE INTO d.t AS tgt USING (SELECT a.id, b.v FROM a LEFT JOIN b ON a.id = b.id) AS src ON src.id = tgt.id WHEN MATCHED THEN UPDATE SET v = src.v, upd = CURRENT_TIMESTAMP WHEN NOT MATCHED THEN INSERT (id, v, upd) VALUES (src.id, src.v, CURRENT_TIMESTAMP)

-- t > v : t.a=v.a
CREATE VIEW IF NOT EXISTS v COMMENT='x' AS SELECT a FROM t

-- t > v : t.x=v.a
CREATE OR REPLACE RECURSIVE VIEW v (a) AS SELECT x FROM t

-- t > v : t.a=v.a
CREATE TEMP TABLE x AS SELECT a FROM t; CREATE OR REPLACE VIEW v AS SELECT a FROM x

-- y > x : y.a=x.a
EXECUTE IMMEDIATE 'CREATE TABLE x AS SELECT a FROM y'

-- y > x : y.b=x.a
CREATE PROCEDURE p(t VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN INSERT INTO x (a) SELECT b FROM y; RETURN ''ok''; END'

-- y > x : y.b=x.a
DECLARE q VARCHAR DEFAULT 'INSERT INTO x (a) SELECT b FROM y'; BEGIN EXECUTE IMMEDIATE :q; EXECUTE IMMEDIATE q; END

-- t > log : ?
CREATE ALERT al WAREHOUSE = w SCHEDULE = '1 minute' IF (EXISTS (SELECT 1 FROM t)) THEN INSERT INTO log (m) SELECT a FROM t
