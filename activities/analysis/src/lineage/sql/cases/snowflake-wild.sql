-- farm.raw.events > farm.mart.sessions : farm.raw.events.payload=farm.mart.sessions.page farm.raw.events.payload=farm.mart.sessions.started farm.raw.events.payload=farm.mart.sessions.user_id farm.raw.events.ts=farm.mart.sessions.started
CREATE OR REPLACE TRANSIENT TABLE farm.mart.sessions CLUSTER BY (user_id) AS SELECT payload:user.id::NUMBER AS user_id, payload:page:url::STRING AS page, MIN(ts) OVER (PARTITION BY payload:session) AS started FROM farm.raw.events

-- farm.raw.orders > : farm.raw.orders.doc=qty farm.raw.orders.doc=sku farm.raw.orders.id=id
SELECT o.id, f.value:sku::STRING AS sku, f.value:qty AS qty FROM farm.raw.orders o, TABLE(FLATTEN(INPUT => o.doc:lines, OUTER => TRUE)) f

-- farm.raw.orders > : farm.raw.orders.doc=k farm.raw.orders.doc=option farm.raw.orders.id=id
SELECT o.id, l.index AS k, p.value::STRING AS option FROM farm.raw.orders o, LATERAL FLATTEN(o.doc, path => 'lines') l, LATERAL FLATTEN(l.value:options) p

-- farm.quotes farm.trades > : farm.quotes.bid=bid farm.trades.px=px farm.trades.sym=sym
SELECT t.sym, t.px, q.bid FROM farm.trades t ASOF JOIN farm.quotes q MATCH_CONDITION (t.at >= q.at) ON t.sym = q.sym

-- farm.quotes farm.trades > : farm.quotes.bid=bid farm.trades.sym=sym
SELECT sym, q.bid FROM farm.trades t ASOF JOIN farm.quotes q MATCH_CONDITION (t.at >= q.at) USING (sym)

-- farm.sales > : farm.sales.amount='north' farm.sales.amount='south' farm.sales.year=year  with farm.sales(year region amount)
SELECT * FROM farm.sales PIVOT (SUM(amount) FOR region IN ('north', 'south') DEFAULT ON NULL (0)) ORDER BY year

-- farm.sales > : farm.sales.amount=north_total farm.sales.amount=south_total farm.sales.year=yr
SELECT p.yr, p.north_total, p.south_total FROM (SELECT year, region, amount FROM farm.sales) PIVOT (SUM(amount) FOR region IN ('north', 'south')) AS p (yr, north_total, south_total)

-- farm.sales > : farm.sales.amount=total farm.sales.year=year  with farm.sales(year region amount)
SELECT year, SUM(n.amount) AS total FROM farm.sales n GROUP BY GROUPING SETS ((year), ()) HAVING GROUPING_ID(year) = 0

-- farm.wide > : farm.wide.feb=amount farm.wide.id=id farm.wide.jan=amount  with farm.wide(id jan feb)
SELECT id, month, amount FROM farm.wide UNPIVOT INCLUDE NULLS (amount FOR month IN (jan AS 'January', feb AS 'February'))

-- farm.ticks > : farm.ticks.at=first_at farm.ticks.px=low farm.ticks.sym=sym
SELECT * FROM farm.ticks MATCH_RECOGNIZE (PARTITION BY sym ORDER BY at MEASURES FIRST(at) AS first_at, MIN(down.px) AS low ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (strt down+ up+) DEFINE down AS px < LAG(px), up AS px > LAG(px)) WHERE sym IS NOT NULL

-- farm.stage_cust > farm.cust : farm.stage_cust.id=farm.cust.id farm.stage_cust.name=farm.cust.name farm.stage_cust.seen=farm.cust.seen
MERGE INTO farm.cust t USING (SELECT * FROM farm.stage_cust QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY seen DESC) = 1) s ON t.id = s.id WHEN MATCHED AND s.op = 'D' THEN DELETE WHEN MATCHED AND t.seen < s.seen THEN UPDATE SET t.name = s.name, t.seen = s.seen WHEN NOT MATCHED AND s.op <> 'D' THEN INSERT (id, name, seen) VALUES (s.id, s.name, s.seen)

-- farm.cust_stream > farm.cust : farm.cust_stream.id=farm.cust.id farm.cust_stream.name=farm.cust.name
CREATE OR REPLACE TASK farm.load_cust WAREHOUSE = wh SCHEDULE = 'USING CRON 0 5 * * * UTC' WHEN SYSTEM$STREAM_HAS_DATA('farm.cust_stream') AS MERGE INTO farm.cust c USING farm.cust_stream s ON c.id = s.id WHEN MATCHED AND METADATA$ACTION = 'INSERT' THEN UPDATE SET c.name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)

-- farm.cust > farm.cust_stream : farm.cust.id=farm.cust_stream.id  with farm.cust(id)
CREATE OR REPLACE STREAM farm.cust_stream ON TABLE farm.cust AT (TIMESTAMP => '2030-01-01'::TIMESTAMP) APPEND_ONLY = TRUE SHOW_INITIAL_ROWS = TRUE

-- farm.orders > farm.totals : farm.orders.amount=farm.totals.total farm.orders.cust=farm.totals.cust
CREATE OR REPLACE DYNAMIC TABLE farm.totals (cust COMMENT 'who', total) TARGET_LAG = DOWNSTREAM WAREHOUSE = wh REFRESH_MODE = INCREMENTAL INITIALIZE = ON_SCHEDULE COMMENT = 'x' AS SELECT cust, SUM(amount) FROM farm.orders GROUP BY ALL

-- @farm.land/day > farm.raw_in : ?
COPY INTO farm.raw_in FROM @farm.land/day PATTERN = '.*[.]json[.]gz' FILE_FORMAT = (TYPE = 'JSON' STRIP_OUTER_ARRAY = TRUE) ON_ERROR = 'SKIP_FILE_10%' PURGE = TRUE

-- @farm.land/x.csv > farm.raw_in : ?
COPY INTO farm.raw_in (id, name) FROM (SELECT t.$1, UPPER(t.$2) FROM @farm.land/x.csv t) FILE_FORMAT = (FORMAT_NAME = farm.csv) FORCE = TRUE

-- farm.orders > @farm.out/o_ : ?
COPY INTO @farm.out/o_ FROM (SELECT OBJECT_CONSTRUCT(*) FROM farm.orders WHERE amount > 0) PARTITION BY ('day=' || TO_VARCHAR(day)) FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE OVERWRITE = TRUE

-- farm.orders > : farm.orders.amount=gross farm.orders.amount=net farm.orders.amount=tax
SELECT amount * 1.2 AS gross, gross - amount AS tax, gross - tax AS net FROM farm.orders WHERE net > 5

-- farm.orders > : farm.orders.amount=amount farm.orders.id=id  with farm.orders(id amount cust)
SELECT * EXCLUDE (cust) REPLACE (amount / 100 AS amount) FROM farm.orders

-- farm.orders > : farm.orders.amount=total farm.orders.cust=who farm.orders.id=id  with farm.orders(id amount cust)
SELECT o.* RENAME (cust AS who, amount AS total) FROM farm.orders o

-- farm.orders > : farm.orders.cust_id=cust_id farm.orders.cust_name=cust_name  with farm.orders(id cust_id cust_name)
SELECT * ILIKE 'cust%' FROM farm.orders

-- farm.orders farm.returns > : farm.orders.id=id farm.returns.id=id farm.returns.reason=reason  with farm.orders(id) farm.returns(id reason)
SELECT * FROM farm.orders UNION ALL BY NAME SELECT * FROM farm.returns

-- farm.orders > farm.big farm.small farm.vip : farm.orders.amount=farm.big.amount farm.orders.cust=farm.vip.cust farm.orders.id=farm.big.id farm.orders.id=farm.small.id
INSERT OVERWRITE ALL WHEN amount > 100 THEN INTO farm.big (id, amount) VALUES (oid, amount) WHEN amount > 500 THEN INTO farm.vip (cust) VALUES (cust) ELSE INTO farm.small (id) VALUES (oid) SELECT id AS oid, amount, cust FROM farm.orders

-- farm.orders > farm.copy_of : farm.orders.id=farm.copy_of.id  with farm.orders(id)
CREATE TABLE farm.copy_of CLONE farm.orders BEFORE (STATEMENT => '8e5d0ca9-005e-44e6-b858-a8f5b37c5726')

-- farm.orders > farm.report : farm.orders.amount=farm.report.total farm.orders.cust=farm.report.cust
CREATE OR REPLACE PROCEDURE farm.fill_report(since DATE) RETURNS STRING LANGUAGE SQL EXECUTE AS CALLER AS
$$
DECLARE
  n INTEGER DEFAULT 0;
  res RESULTSET;
BEGIN
  DELETE FROM farm.report WHERE TRUE;
  res := (SELECT cust, SUM(amount) AS total FROM farm.orders WHERE day >= :since GROUP BY cust);
  LET cur CURSOR FOR res;
  FOR r IN cur DO
    LET c STRING := r.cust;
    INSERT INTO farm.report (cust, total) VALUES (:c, r.total);
    n := n + 1;
  END FOR;
  RETURN 'done ' || n;
EXCEPTION
  WHEN OTHER THEN RETURN SQLERRM;
END;
$$

-- farm.orders > farm.daily : farm.orders.amount=farm.daily.total
SET src = 'farm.orders'; SET dst = 'farm.daily'; INSERT INTO IDENTIFIER($dst) (total) SELECT SUM(amount) FROM IDENTIFIER($src)

-- shop.pub.orders > shop.mart.daily : shop.pub.orders.amount=shop.mart.daily.total
USE DATABASE shop; USE SCHEMA pub; CREATE TEMPORARY TABLE t AS SELECT SUM(amount) AS total FROM orders; CREATE OR REPLACE TABLE mart.daily AS SELECT total FROM t

-- farm.orders farm.orders_new > farm.orders farm.orders_new
ALTER TABLE farm.orders SWAP WITH farm.orders_new

-- farm.orders > : farm.orders.cust=cust farm.orders.day=ids farm.orders.doc=x farm.orders.id=ids
SELECT cust, ARRAY_AGG(DISTINCT id) WITHIN GROUP (ORDER BY day DESC) AS ids, ANY_VALUE(doc['a'][0]['B c']) AS x FROM farm.orders GROUP BY cust

-- farm.orders > : farm.orders.amount=band farm.orders.day=wk farm.orders.tags=first_tags farm.orders.tags=has_vip
SELECT DECODE(amount, 0, 'none', NULL, 'unknown', 'some') AS band, DATE_TRUNC(week, day) AS wk, ARRAY_CONTAINS('vip'::VARIANT, tags) AS has_vip, FILTER(tags, x -> x:n > 1) AS first_tags FROM farm.orders

-- farm.orders > : farm.orders.amount=b farm.orders.id=a
SELECT $1 AS a, $2 AS b FROM (SELECT id, amount FROM farm.orders) t

-- farm.orders > : farm.orders.amount=doubled farm.orders.amount=total
SELECT "SUM(AMOUNT)" AS total, "SUM(AMOUNT)" * 2 AS doubled FROM (SELECT SUM(amount) FROM farm.orders)

-- farm.orders > : farm.orders.amount=s farm.orders.id=n
SELECT s, "COUNT(ID)" AS n FROM (SELECT SUM(amount) s, COUNT(id) FROM farm.orders) q

-- farm.orders > farm.v_orders : farm.orders.amount=farm.v_orders.AMOUNT_EUR farm.orders.id=farm.v_orders.ID
CREATE OR REPLACE SECURE VIEW farm.v_orders (ID COMMENT 'key', AMOUNT_EUR WITH MASKING POLICY farm.mask) COPY GRANTS COMMENT = 'v' AS SELECT id, amount FROM farm.orders

-- farm.emp > : farm.emp.mgr=mgr farm.emp.name=name farm.emp.name=path
SELECT name, mgr, SYS_CONNECT_BY_PATH(name, '/') AS path FROM farm.emp START WITH mgr IS NULL CONNECT BY mgr = PRIOR id ORDER BY path

-- farm.emp > : farm.emp.id=id farm.emp.name=chain
WITH RECURSIVE tree (id, chain) AS (SELECT id, name FROM farm.emp WHERE mgr IS NULL UNION ALL SELECT e.id, t.chain || '>' || e.name FROM farm.emp e JOIN tree t ON e.mgr = t.id) SELECT id, chain FROM tree

-- farm.events > : farm.events.ok=n_ok farm.events.ts=bucket farm.events.ts=v farm.events.v=v
SELECT TIME_SLICE(ts, 5, 'MINUTE', 'START') AS bucket, MAX_BY(v, ts) AS v, COUNT_IF(ok) AS n_ok FROM farm.events GROUP BY 1

-- farm.events > : farm.events.ok=n_ok farm.events.ts=prev farm.events.v=prev
SELECT COUNT_IF(ok) AS n_ok, LAG(v) IGNORE NULLS OVER (ORDER BY ts) AS prev FROM farm.events GROUP BY ALL

-- farm.users > farm.events : farm.users.city=farm.events.city
UPDATE farm.events e SET city = u.city, checked = CURRENT_TIMESTAMP() FROM (SELECT id, ANY_VALUE(city) AS city FROM farm.users GROUP BY id) u WHERE u.id = e.user_id

-- farm.logs farm.users > : farm.logs.line=word farm.users.name=name
SELECT u.name, s.value AS word FROM farm.users u JOIN farm.logs l ON l.user_id = u.id, LATERAL SPLIT_TO_TABLE(l.line, ' ') s

-- >
SELECT SEQ4() AS n, UNIFORM(1, 10, RANDOM()) AS r FROM TABLE(GENERATOR(ROWCOUNT => 10)) v

-- farm.orders > : farm.orders.amount=amount farm.orders.id=id
SHOW TABLES; SELECT id, amount FROM farm.orders AT (OFFSET => -60*5) SAMPLE (10 ROWS)

-- farm.sv > : farm.sv.region=region farm.sv.revenue=rev
SELECT s.region, s.revenue AS rev FROM SEMANTIC_VIEW(farm.sv DIMENSIONS c.region METRICS o.revenue WHERE c.region <> 'x') AS s

-- @lake.land > lake.events : ?
COPY INTO lake.events (kind, at, body) FROM (SELECT t.$1:kind::STRING AS kind, TO_TIMESTAMP(t.$1:at::NUMBER) AS at, t.$1 AS body FROM @lake.land AS t) FILE_FORMAT = (TYPE = 'JSON')

-- lake.events > lake.daily : lake.events.at=lake.daily.day lake.events.body=lake.daily.user_id
CREATE OR REPLACE TABLE lake.daily AS SELECT DATE_TRUNC('DAY', at) AS day, body:user:id::INT AS user_id FROM lake.events GROUP BY 1, 2

-- lake.events > lake.daily : lake.events.at=lake.daily.day lake.events.id=lake.daily.n
create or replace transient table lake.daily as (with src as (select * from lake.events), final as (select at::date as day, count(distinct id) as n from src group by 1) select * from final)

-- lake.daily__dbt_tmp > lake.daily : lake.daily__dbt_tmp.day=lake.daily.day lake.daily__dbt_tmp.n=lake.daily.n
merge into lake.daily as DBT_INTERNAL_DEST using lake.daily__dbt_tmp as DBT_INTERNAL_SOURCE on (DBT_INTERNAL_SOURCE.day = DBT_INTERNAL_DEST.day) when matched then update set "day" = DBT_INTERNAL_SOURCE."day","n" = DBT_INTERNAL_SOURCE."n" when not matched then insert ("day", "n") values ("day", "n")

-- lake.events > : lake.events.body=first lake.events.body=tags
SELECT GET_PATH(body, 'a.b') AS first, ARRAY_TO_STRING(TRANSFORM(body:tags, t -> UPPER(t)), ',') AS tags FROM lake.events

-- lake.events > : lake.events.body=k lake.events.body=n
SELECT f.key AS k, COUNT(f.value) AS n FROM lake.events e, LATERAL FLATTEN(INPUT => e.body, RECURSIVE => TRUE, MODE => 'OBJECT') f WHERE TYPEOF(f.value) <> 'OBJECT' GROUP BY f.key

-- lake.events > : lake.events.body=seq_no lake.events.body=value lake.events.id=id
SELECT id, seq AS seq_no, value FROM lake.events, TABLE(FLATTEN(body:list))

-- lake.a lake.b > : lake.a.id=id lake.a.x=x lake.b.y=y  with lake.a(id x) lake.b(id y)
SELECT * EXCLUDE (z) FROM (SELECT a.*, b.y, 1 AS z FROM lake.a a NATURAL JOIN lake.b b)

-- lake.a > : lake.a.x=m lake.a.x=r
SELECT x AS m, RANK() OVER (ORDER BY m) AS r FROM lake.a QUALIFY r <= 3

-- lake.sales > : lake.sales.amt=feb lake.sales.amt=jan lake.sales.emp=emp
WITH s AS (SELECT emp, amt, mon FROM lake.sales) SELECT emp, "'JAN'" AS jan, "'FEB'" AS feb FROM s PIVOT (SUM(amt) FOR mon IN ('JAN', 'FEB'))

-- lake.sales > : lake.sales.amt=jan_total lake.sales.emp=emp
SELECT emp, jan_total FROM lake.sales PIVOT (SUM(amt) AS total FOR mon IN ('JAN' AS jan)) AS p

-- lake.sales > : lake.sales.amt=amt lake.sales.emp=emp
SELECT emp, amt FROM lake.sales SAMPLE BERNOULLI (10) SEED (99)

-- lake.sales lake.staff > : lake.sales.amt=total lake.staff.name=name
SELECT s.name, SUM(NVL(a.amt, 0)) AS total FROM lake.staff s LEFT OUTER JOIN lake.sales a ON a.emp = s.id GROUP BY CUBE (s.name)

-- lake.src > lake.hist : lake.src.id=lake.hist.id
EXECUTE IMMEDIATE $$ BEGIN INSERT INTO lake.hist (id) SELECT id FROM lake.src; RETURN 'ok'; END $$

-- lake.src > lake.hist : lake.src.id=lake.hist.id
BEGIN
  LET q VARCHAR := 'INSERT INTO lake.hist (id) SELECT id FROM ' || 'lake.src';
  EXECUTE IMMEDIATE :q;
END

-- lake.src > lake.hist : lake.src.id=lake.hist.id lake.src.v=lake.hist.v
CREATE PIPE lake.p AUTO_INGEST = TRUE AS INSERT INTO lake.hist (id, v) SELECT id, v FROM lake.src

-- lake.src > lake.hist : lake.src.id=lake.hist.id lake.src.v=lake.hist.v  with lake.src(id v)
CREATE TABLE lake.hist AS SELECT * FROM lake.src WHERE v > 3; UPDATE lake.hist SET v = v WHERE id = 1

-- lake.src > : lake.src.id=id
SELECT id FROM IDENTIFIER('lake.src')

-- lake.src > : lake.src.id=n
SELECT COUNT(DISTINCT CASE WHEN id > 3 THEN id END) AS n FROM lake.src s WHERE EXISTS (SELECT 1 FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())))

-- db.pub.src > db.pub.v : db.pub.src.id=db.pub.v.ID
USE SCHEMA db.pub; CREATE OR REPLACE VIEW v (ID) AS SELECT id FROM src

-- lake.src > : lake.src.v=clean lake.src.v=ok
SELECT TRY_TO_NUMBER(v) AS clean, IFF(v REGEXP '^[0-9]+$', TRUE, FALSE) AS ok FROM lake.src WHERE v ILIKE ANY ('a%', 'b%')

-- lake.src > : lake.src.a=max_v lake.src.b=max_v
SELECT GREATEST_IGNORE_NULLS(a, b) AS max_v FROM lake.src

-- lake.a lake.b > : lake.a.id=id lake.b.id=id
(SELECT id FROM lake.a) MINUS (SELECT id FROM lake.b) ORDER BY 1

-- lake.src > lake.a lake.b : lake.src.id=lake.a.id lake.src.id=lake.b.id
INSERT ALL INTO lake.a (id) INTO lake.b (id) SELECT id FROM lake.src

-- lake.src > : lake.src.id=id lake.src.v=list
SELECT id, LISTAGG(DISTINCT v, '; ') WITHIN GROUP (ORDER BY v) AS list FROM lake.src GROUP BY ALL HAVING COUNT(*) > 1

-- lake.src > : lake.src.id=obj lake.src.v=obj
SELECT OBJECT_CONSTRUCT_KEEP_NULL('id', id, 'v', v)::OBJECT(id INT, v STRING) AS obj FROM lake.src
