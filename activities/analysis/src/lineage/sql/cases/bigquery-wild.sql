-- lab.raw.runs > lab.mart.runs : lab.raw.runs.id=lab.mart.runs.id lab.raw.runs.steps=lab.mart.runs.first_step lab.raw.runs.steps=lab.mart.runs.n_steps
CREATE OR REPLACE TABLE `lab.mart.runs` PARTITION BY DATE(started) CLUSTER BY id OPTIONS (partition_expiration_days = 30, labels = [("team", "x")]) AS SELECT id, steps[SAFE_OFFSET(0)].name AS first_step, ARRAY_LENGTH(steps) AS n_steps, CURRENT_TIMESTAMP() AS started FROM `lab.raw.runs`

-- lab.runs > : lab.runs.id=id lab.runs.steps=pos_name lab.runs.steps=step
SELECT r.id, s.name AS step, CONCAT(CAST(pos AS STRING), s.name) AS pos_name FROM lab.runs AS r CROSS JOIN UNNEST(r.steps) AS s WITH OFFSET AS pos WHERE pos < 3

-- lab.runs > : lab.runs.id=id lab.runs.steps=last_name
SELECT id, (SELECT AS STRUCT s.name, s.at FROM UNNEST(steps) s ORDER BY s.at DESC LIMIT 1).name AS last_name FROM lab.runs

-- lab.runs > : lab.runs.owner=run
SELECT ARRAY_AGG(STRUCT(owner AS who) ORDER BY owner LIMIT 1)[OFFSET(0)] AS run FROM lab.runs

-- lab.runs > : lab.runs.a=x lab.runs.b=y
WITH packed AS (SELECT ARRAY_AGG(STRUCT(a AS x, b AS y)) AS list FROM lab.runs) SELECT e.x, e.y FROM packed CROSS JOIN UNNEST(packed.list) AS e

-- lab.runs > : lab.runs.a=x lab.runs.b=y
SELECT s.* FROM (SELECT STRUCT(a AS x, b AS y) AS s FROM lab.runs)

-- lab.runs > : lab.runs.a=a lab.runs.c=c
SELECT * EXCEPT (b) REPLACE (UPPER(a) AS a) FROM (SELECT a, b, c FROM lab.runs WHERE FALSE) UNION ALL SELECT a AS x, c FROM lab.runs

-- lab.runs > : lab.runs.a=a lab.runs.b=b
SELECT AS STRUCT a, b FROM lab.runs

-- lab.runs > : lab.runs.id=id lab.runs.tags=tags
SELECT id, ARRAY(SELECT DISTINCT LOWER(t) FROM UNNEST(tags) AS t WHERE t IS NOT NULL ORDER BY 1) AS tags FROM lab.runs

-- lab.events_* > : lab.events_*.event_name=event_name lab.events_*.event_params=page
SELECT event_name, (SELECT value.string_value FROM UNNEST(event_params) WHERE key = 'page_location') AS page FROM `lab.events_*` WHERE _TABLE_SUFFIX BETWEEN '20300101' AND FORMAT_DATE('%Y%m%d', CURRENT_DATE())

-- lab.events > : lab.events.event_params=source lab.events.event_timestamp=at lab.events.items=item_name
SELECT TIMESTAMP_MICROS(event_timestamp) AS at, MAX(IF(p.key = 'source', p.value.string_value, NULL)) AS source, i.item_name FROM lab.events, UNNEST(event_params) AS p LEFT JOIN UNNEST(items) AS i GROUP BY ALL

-- lab.sales > : lab.sales.amount=q1 lab.sales.amount=q2 lab.sales.item=item
SELECT item, q1, q2 FROM (SELECT item, amount, quarter FROM lab.sales) PIVOT (SUM(amount) FOR quarter IN ('Q1' AS q1, 'Q2' AS q2))

-- lab.sales > : lab.sales.amount=n_Q1 lab.sales.amount=total_Q1 lab.sales.item=item
SELECT * FROM (SELECT item, amount, quarter FROM lab.sales) PIVOT (SUM(amount) AS total, COUNT(amount) AS n FOR quarter IN ('Q1'))

-- lab.wide > : lab.wide.c1=first lab.wide.c2=second lab.wide.c3=first lab.wide.c4=second lab.wide.id=id
SELECT id, first, second, half FROM lab.wide UNPIVOT ((first, second) FOR half IN ((c1, c2) AS 'h1', (c3, c4) AS 'h2'))

-- lab.feed > lab.stock : lab.feed.n=lab.stock.n lab.feed.sku=lab.stock.sku
MERGE INTO lab.stock T USING (SELECT sku, SUM(n) AS n FROM lab.feed GROUP BY sku) S ON T.sku = S.sku WHEN MATCHED AND S.n = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET n = S.n WHEN NOT MATCHED BY TARGET THEN INSERT ROW WHEN NOT MATCHED BY SOURCE AND T.n > 3 THEN UPDATE SET n = 0

-- lab.feed > lab.stock : lab.feed.n=lab.stock.n lab.feed.sku=lab.stock.sku
MERGE lab.stock USING lab.feed ON FALSE WHEN NOT MATCHED AND n > 0 THEN INSERT (sku, n) VALUES (sku, n) WHEN NOT MATCHED BY SOURCE THEN DELETE

-- lab.feed lab.items > lab.stock : lab.feed.n=lab.stock.detail lab.feed.n=lab.stock.n lab.items.title=lab.stock.title lab.stock.n=lab.stock.n
UPDATE lab.stock s SET s.detail.last = f.n, n = s.n + f.n, title = (SELECT i.title FROM lab.items i WHERE i.sku = s.sku) FROM lab.feed f WHERE f.sku = s.sku

-- lab.feed > : lab.feed.day=total lab.feed.n=n lab.feed.n=total lab.feed.sku=sku
FROM lab.feed |> WHERE n > 0 |> EXTEND SUM(n) OVER (PARTITION BY day) AS total |> SELECT sku, n, total |> ORDER BY n DESC |> LIMIT 3

-- lab.feed lab.items > : lab.feed.n=total lab.items.title=title
FROM lab.feed AS f |> LEFT JOIN lab.items AS i USING (sku) |> AGGREGATE SUM(f.n) AS total GROUP BY i.title |> SET total = total * 2 |> RENAME total AS total

-- lab.feed > : lab.feed.n=amount lab.feed.sku=sku
SELECT sku, n FROM lab.feed |> DROP day |> RENAME n AS amount |> DISTINCT

-- lab.feed > lab.report : lab.feed.n=lab.report.n lab.feed.sku=lab.report.sku
CREATE OR REPLACE PROCEDURE lab.fill(IN since DATE, OUT made INT64) OPTIONS (strict_mode = FALSE)
BEGIN
  DECLARE top INT64 DEFAULT (SELECT MAX(n) FROM lab.feed);
  CREATE TEMP TABLE picked AS SELECT sku, n FROM lab.feed WHERE day >= since AND n < top;
  BEGIN TRANSACTION;
  TRUNCATE TABLE lab.report;
  INSERT INTO lab.report (sku, n) SELECT sku, n FROM picked;
  COMMIT TRANSACTION;
  SET made = @@row_count;
EXCEPTION WHEN ERROR THEN
  ROLLBACK TRANSACTION;
  RAISE USING MESSAGE = @@error.message;
END

-- lab.feed lab.items > lab.report : lab.feed.sku=lab.report.sku lab.items.title=lab.report.title
FOR rec IN (SELECT f.sku, i.title FROM lab.feed f JOIN lab.items i USING (sku)) DO INSERT INTO lab.report (sku, title) VALUES (rec.sku, rec.title); END FOR

-- lab.feed > lab.report : lab.feed.n=lab.report.n
DECLARE t STRING DEFAULT 'lab.feed'; DECLARE m INT64; EXECUTE IMMEDIATE FORMAT('SELECT MAX(n) FROM `%s`', t) INTO m; EXECUTE IMMEDIATE CONCAT('INSERT INTO lab.report (n) SELECT n FROM ', t, ' WHERE n < ?') USING m

-- lab.feed > lab.a lab.b : lab.feed.n=lab.b.n lab.feed.sku=lab.a.sku
IF EXISTS (SELECT 1 FROM lab.feed WHERE n > 0) THEN INSERT lab.a (sku) SELECT sku FROM lab.feed; ELSEIF FALSE THEN SELECT 1; ELSE INSERT lab.b (n) SELECT n FROM lab.feed; END IF

-- lab.feed > : ?
EXPORT DATA OPTIONS (uri = 'gs://b/x_*.csv', format = 'CSV', overwrite = TRUE) AS SELECT sku, n FROM lab.feed ORDER BY n LIMIT 10

-- > lab.landed : ?
LOAD DATA OVERWRITE lab.landed (id INT64, name STRING) FROM FILES (format = 'CSV', uris = ['gs://b/*.csv'], skip_leading_rows = 1)

-- > lab.ext : ?
CREATE OR REPLACE EXTERNAL TABLE lab.ext (id INT64) WITH PARTITION COLUMNS (day DATE) OPTIONS (format = 'PARQUET', uris = ['gs://b/*'], hive_partition_uri_prefix = 'gs://b')

-- lab.feed > lab.snap : lab.feed.n=lab.snap.n lab.feed.sku=lab.snap.sku  with lab.feed(sku n)
CREATE SNAPSHOT TABLE lab.snap CLONE lab.feed FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR) OPTIONS (expiration_timestamp = TIMESTAMP '2031-01-01')

-- lab.feed > lab.mv : lab.feed.n=lab.mv.total lab.feed.sku=lab.mv.sku
CREATE MATERIALIZED VIEW lab.mv CLUSTER BY sku OPTIONS (enable_refresh = TRUE, refresh_interval_minutes = 60, max_staleness = INTERVAL '4' HOUR) AS SELECT sku, SUM(n) AS total FROM lab.feed GROUP BY sku

-- lab.feed > : lab.feed.day=d lab.feed.day=diff lab.feed.n=diff lab.feed.n=pct lab.feed.sku=diff
SELECT DATE_TRUNC(day, WEEK(MONDAY)) AS d, APPROX_QUANTILES(n, 100)[OFFSET(90)] AS pct, n - LAG(n, 1, 0) OVER win AS diff FROM lab.feed WINDOW win AS (PARTITION BY sku ORDER BY day)

-- lab.feed > : lab.feed.doc=a lab.feed.doc=b lab.feed.doc=c
SELECT JSON_VALUE(doc, '$.a') AS a, doc.b.c[0] AS b, JSON_EXTRACT_ARRAY(doc, '$.list') AS c FROM lab.feed

-- lab.feed > : lab.feed.doc=item lab.feed.sku=sku
SELECT sku, JSON_VALUE(item, '$.name') AS item FROM lab.feed, UNNEST(JSON_QUERY_ARRAY(doc, '$.items')) AS item

-- lab.feed > : lab.feed.sku=sku
SELECT * FROM UNNEST(GENERATE_DATE_ARRAY('2030-01-01', CURRENT_DATE())) AS d JOIN (SELECT sku, day FROM lab.feed) f ON f.day = d WHERE f.sku IS NOT NULL |> SELECT sku

-- lab.feed > : lab.feed.n=~ lab.feed.sku=sku
SELECT sku, SUM(n), CAST(MAX(n) AS STRING) FROM lab.feed GROUP BY sku

-- lab.model_in > : lab.model_in.a=a lab.model_in.a=predicted_y lab.model_in.b=predicted_y  with lab.model_in(a b)
SELECT a, predicted_y FROM ML.PREDICT(MODEL lab.m, (SELECT a, b FROM lab.model_in), STRUCT(0.5 AS threshold))

-- lab.feed > : ?
CREATE OR REPLACE MODEL lab.m TRANSFORM (ML.BUCKETIZE(n, [1, 2]) AS nb, label) OPTIONS (model_type = 'LOGISTIC_REG', input_label_cols = ['label']) AS SELECT n, label FROM lab.feed

-- p-1.lab.feed p-1.lab.items > : p-1.lab.feed.n=n p-1.lab.items.title=title
SELECT feed.n, items.title FROM `p-1`.lab.feed INNER JOIN `p-1.lab.items` AS items ON feed.sku = items.sku

-- lab.feed > : lab.feed.n=n lab.feed.sku=sku
WITH RECURSIVE steps AS (SELECT sku, n, 1 AS depth FROM lab.feed UNION ALL SELECT sku, n - 1, depth + 1 FROM steps WHERE n > 0) SELECT sku, n FROM steps

-- lab.feed > : lab.feed.n=n lab.feed.sku=code
SELECT code, n FROM lab.feed AS f, UNNEST([f.sku, 'none']) AS code

-- lab.feed > : lab.feed.n=bucket lab.feed.sku=label
SELECT IF(n > 5, 'big', NULL) AS bucket, FORMAT('%s', sku) AS label, r'a\'b' AS raw, b'''x''' AS bytes, """it's "quoted" FROM nowhere""" AS txt FROM lab.feed # FROM comment_table

-- region-us.INFORMATION_SCHEMA.JOBS > : region-us.INFORMATION_SCHEMA.JOBS.referenced_tables=t region-us.INFORMATION_SCHEMA.JOBS.user_email=user_email
SELECT user_email, r.table_id AS t FROM `region-us`.INFORMATION_SCHEMA.JOBS, UNNEST(referenced_tables) AS r

-- lab.feed > : lab.feed.day=s lab.feed.day=t lab.feed.n=t lab.feed.sku=s
SELECT x.s, x.t FROM (SELECT ANY_VALUE(STRUCT(sku AS s, n AS t) HAVING MAX day) AS x FROM lab.feed)

-- p.d.raw > p.d.clean : p.d.raw.at=p.d.clean.day p.d.raw.payload=p.d.clean.city p.d.raw.user_id=p.d.clean.user_id
CREATE OR REPLACE TABLE `p.d.clean` PARTITION BY day AS WITH parsed AS (SELECT user_id, DATE(at) AS day, PARSE_JSON(payload) AS j FROM `p.d.raw`) SELECT user_id, day, JSON_VALUE(j.address.city) AS city FROM parsed

-- d.orders > : d.orders.id=id d.orders.items=total
SELECT id, (SELECT SUM(i.price * i.qty) FROM UNNEST(items) AS i) AS total FROM d.orders

-- d.orders > : d.orders.id=id d.orders.items=names
SELECT o.id, ARRAY_TO_STRING(ARRAY(SELECT i.name FROM o.items AS i WHERE i.qty > 1), ', ') AS names FROM d.orders AS o

-- d.orders d.prices > : d.orders.items=sku d.prices.price=price
SELECT i.sku, p.price FROM d.orders, UNNEST(items) AS i INNER JOIN d.prices AS p ON p.sku = i.sku

-- d.orders > : d.orders.a=m d.orders.b=m d.orders.id=id
SELECT id, STRUCT(a AS x, STRUCT(b AS z) AS y) AS m FROM d.orders

-- d.orders > : d.orders.b=z
SELECT m.y.z FROM (SELECT STRUCT(a AS x, STRUCT(b AS z) AS y) AS m FROM d.orders)

-- d.orders > : d.orders.b=z
WITH s AS (SELECT [STRUCT(a AS x, b AS z)] AS list FROM d.orders) SELECT list[OFFSET(0)].z FROM s

-- d.orders > : d.orders.at=ids d.orders.cust=cust d.orders.id=ids
SELECT cust, ARRAY_AGG(id IGNORE NULLS ORDER BY at DESC LIMIT 5) AS ids FROM d.orders GROUP BY cust

-- d.orders > : d.orders.at=rolling d.orders.cust=cust d.orders.cust=rolling d.orders.total=rolling
SELECT cust, SUM(total) OVER (PARTITION BY cust ORDER BY UNIX_DATE(at) RANGE BETWEEN 6 PRECEDING AND CURRENT ROW) AS rolling FROM d.orders

-- d.orders > : d.orders.cust=cust d.orders.id=id  with d.orders(id cust at)
SELECT * EXCEPT (rn, at) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY cust ORDER BY at DESC) AS rn FROM d.orders) WHERE rn = 1

-- d.orders > : d.orders.cust=cust d.orders.id=id
SELECT cust, id FROM d.orders WHERE TRUE QUALIFY ROW_NUMBER() OVER w = 1 WINDOW w AS (PARTITION BY cust ORDER BY at)

-- d.tmp > d.orders : d.tmp.id=d.orders.id d.tmp.total=d.orders.total
merge into `d`.`orders` as DBT_INTERNAL_DEST using (select * from `d`.`tmp`) as DBT_INTERNAL_SOURCE on ((DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id)) when matched then update set `id` = DBT_INTERNAL_SOURCE.`id`,`total` = DBT_INTERNAL_SOURCE.`total` when not matched then insert (`id`, `total`) values (`id`, `total`)

-- d.orders > d.day : d.orders.total=d.day.total
DECLARE run_day DATE DEFAULT CURRENT_DATE(); DELETE FROM d.day WHERE day = run_day; INSERT INTO d.day (day, total) SELECT run_day, SUM(total) FROM d.orders WHERE DATE(at) = run_day

-- d.orders > d.b : d.orders.id=d.b.id
CREATE TEMP TABLE a AS SELECT id FROM d.orders; CREATE TEMP TABLE a2 AS SELECT id FROM a; INSERT INTO d.b (id) SELECT id FROM a2; DROP TABLE a; DROP TABLE a2

-- d.orders > d.b : d.orders.id=d.b.id
BEGIN
  DECLARE done BOOL DEFAULT FALSE;
  WHILE NOT done DO
    INSERT INTO d.b (id) SELECT id FROM d.orders WHERE id NOT IN (SELECT x FROM UNNEST([1, 2]) AS x);
    SET done = TRUE;
  END WHILE;
END

-- d.orders > : d.orders.id=id d.orders.tax=v d.orders.total=v
SELECT id, v FROM d.orders UNPIVOT INCLUDE NULLS (v FOR k IN (total AS 't', tax AS 'x'))

-- d.orders > : d.orders.city=city d.orders.total=sum_total
SELECT geo.city AS city, SUM(total) AS sum_total FROM (SELECT STRUCT(city) AS geo, total FROM d.orders) GROUP BY geo.city

-- d.orders > : d.orders.id=id d.orders.tags=t
SELECT id, t FROM d.orders o LEFT JOIN o.tags t

-- d.events_2030 d.events_2031 > : d.events_2030.name=name d.events_2031.name=name
SELECT name FROM (SELECT name FROM d.events_2030 UNION ALL SELECT name FROM d.events_2031)

-- d.orders > : d.orders.at=bucket d.orders.total=avg_total
SELECT TIMESTAMP_BUCKET(at, INTERVAL 5 MINUTE) AS bucket, AVG(total) AS avg_total FROM d.orders GROUP BY bucket

-- d.orders > : d.orders.id=id
SELECT id FROM d.orders FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY) TABLESAMPLE SYSTEM (10 PERCENT)

-- d.orders > : d.orders.cust=cust d.orders.id=best d.orders.total=best d.orders.total=top
SELECT cust, MAX_BY(id, total) AS best, MAX(total) AS top FROM d.orders GROUP BY cust

-- d.orders > d.v : d.orders.id=d.v.id d.orders.name=d.v.who
CREATE VIEW d.v (id OPTIONS (description = 'x'), who) OPTIONS (labels = [('a', 'b')]) AS SELECT id, name FROM d.orders

-- d.a d.b > : d.a.id=id d.a.x=x d.b.y=y
SELECT id, a.x, b.y FROM d.a LEFT JOIN d.b USING (id)

-- d.a > : d.a.name=up
CREATE TEMP FUNCTION shout(s STRING) AS (UPPER(s)); SELECT shout(name) AS up FROM d.a

-- d.a > : d.a.x=r
SELECT SAFE_DIVIDE(x, NULLIF(LEAD(x) OVER (), 0)) AS r FROM d.a
