-- acme.raw.events acme.ref.country > acme.mart.sessions : acme.raw.events.params=acme.mart.sessions.landing acme.raw.events.ts=acme.mart.sessions.started acme.raw.events.user=acme.mart.sessions.user_id acme.ref.country.name=acme.mart.sessions.country
CREATE OR REPLACE TABLE `acme.mart.sessions`
PARTITION BY DATE(started) CLUSTER BY country
OPTIONS (description = 'one row a session') AS
WITH ev AS (
  SELECT user.id AS user_id, geo.code AS code, ts,
    (SELECT value.string_value FROM UNNEST(params) WHERE key = 'page') AS page
  FROM `acme.raw.events`
)
SELECT ev.user_id, ANY_VALUE(ev.page) AS landing, c.name AS country, MIN(ev.ts) AS started
FROM ev LEFT JOIN `acme.ref.country` c USING (code)
GROUP BY ev.user_id, c.name

-- d.orders > : d.orders.id=id d.orders.items=price d.orders.items=sku
SELECT id, item.sku, item.price FROM d.orders, UNNEST(items) AS item WHERE item.qty > 0

-- d.orders > : d.orders.id=id d.orders.items=item d.orders.items=items  with d.orders(id items)
SELECT *, item FROM d.orders CROSS JOIN UNNEST(items) AS item

-- d.orders > : d.orders.id=id d.orders.items=item d.orders.items=items  with d.orders(id items)
SELECT * FROM d.orders, UNNEST(items) AS item

-- d.orders > : d.orders.id=id d.orders.items=n
SELECT id, n FROM d.orders, UNNEST([ARRAY_LENGTH(items)]) AS n

-- d.orders > : d.orders.id=oid d.orders.total=amt d.orders.ts=amt d.orders.ts=oid
WITH a AS (SELECT id, ARRAY_AGG(STRUCT(id AS oid, total AS amt) ORDER BY ts DESC) AS hist FROM d.orders GROUP BY id), b AS (SELECT hist FROM a) SELECT h.oid, h.amt FROM b, b.hist AS h

-- d.orders > : d.orders.id=k d.orders.total=v
SELECT p.k, p.v FROM (SELECT [STRUCT(id AS k, total AS v), STRUCT(id, total)] AS ps FROM d.orders), UNNEST(ps) AS p

-- d.orders d.users > : d.orders.id=id d.users.name=names
SELECT o.id, ARRAY(SELECT DISTINCT u.name FROM d.users u WHERE u.id IN UNNEST(o.user_ids)) AS names FROM d.orders o

-- d.orders d.users > : d.orders.id=id d.users.name=nm
WITH j AS (SELECT o.id, ARRAY(SELECT AS STRUCT u.id AS uid, u.name AS nm FROM d.users u WHERE u.oid = o.id) AS us FROM d.orders o) SELECT j.id, us[SAFE_OFFSET(0)].nm AS nm FROM j

-- d.users > : d.users.first=first d.users.last=last
SELECT s.nested.first, s.nested.last FROM (SELECT STRUCT(STRUCT(first, last) AS nested, id) AS s FROM d.users)

-- d.users > : d.users.first=a d.users.id=b
SELECT r.* FROM (SELECT AS STRUCT first AS a, id AS b FROM d.users) AS r

-- d.users > : d.users.first=first d.users.id=id  with d.users(id first last)
SELECT AS STRUCT * EXCEPT (last) FROM d.users

-- d.users > : d.users.first=full d.users.id=id d.users.last=full
FROM d.users |> EXTEND CONCAT(first, ' ', last) AS full |> SELECT id, full |> DISTINCT

-- d.orders d.users > : d.orders.total=avg_total d.users.city=city
FROM d.users AS u |> JOIN d.orders AS o ON o.uid = u.id |> AGGREGATE AVG(o.total) AS avg_total GROUP BY u.city |> ORDER BY avg_total |> SELECT city, avg_total

-- d.old d.users > : d.old.id=id d.users.id=id
FROM d.users |> SELECT id |> UNION ALL (FROM d.old |> SELECT id)

-- d.sales > : d.sales.amt=Q1 d.sales.amt=Q2 d.sales.prod=prod
FROM d.sales |> SELECT prod, q, amt |> PIVOT (SUM(amt) FOR q IN ('Q1', 'Q2'))

-- d.orders > : d.orders.id=id d.orders.items=sku
FROM d.orders |> CROSS JOIN UNNEST(items) AS it |> SELECT id, it.sku

-- d.sales > : d.sales.amt=q1_s d.sales.prod=prod d.sales.qty=q1_n
SELECT prod, s_q1 AS q1_s, n_q1 AS q1_n FROM (SELECT prod, q, amt, qty FROM d.sales) PIVOT (SUM(amt) AS s, SUM(qty) AS n FOR q IN ('q1'))

-- d.wide > : d.wide.a1=x d.wide.a2=x d.wide.b1=y d.wide.b2=y d.wide.id=id
SELECT id, grp, x, y FROM d.wide UNPIVOT ((x, y) FOR grp IN ((a1, b1) AS 'one', (a2, b2) AS 'two'))

-- d.feed > d.dim : d.dim.n=d.dim.n d.feed.id=d.dim.id d.feed.v=d.dim.v
MERGE d.dim t USING (SELECT id, v, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) AS rn FROM d.feed) s ON t.id = s.id AND s.rn = 1 WHEN MATCHED THEN UPDATE SET v = s.v, n = t.n + 1 WHEN NOT MATCHED THEN INSERT (id, v, n) VALUES (s.id, s.v, 1)

-- d.feed > d.dim : d.feed.v=d.dim.v
UPDATE d.dim AS t SET t.v = s.v, t.at = CURRENT_TIMESTAMP() FROM (SELECT id, MAX(v) AS v FROM d.feed GROUP BY 1) AS s WHERE t.id = s.id

-- d.feed > d.dim : d.feed.name=d.dim.s
INSERT INTO d.dim (s) SELECT STRUCT(name AS n, CURRENT_DATE() AS d) FROM d.feed

-- d.feed > d.dim : d.feed.id=d.dim.id d.feed.v=d.dim.v  with d.dim(id v)
INSERT INTO d.dim SELECT * FROM (SELECT id, v FROM d.feed UNION DISTINCT SELECT 1, 'x')

-- d.feed > d.fresh : d.feed.id=d.fresh.id
CREATE TEMP TABLE stage1 AS SELECT id, ts FROM d.feed WHERE ts > '2024-01-01'; CREATE OR REPLACE TABLE d.fresh AS SELECT id FROM stage1 QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) = 1;

-- d.feed > d.fresh : d.feed.id=d.fresh.id
DECLARE days INT64 DEFAULT 7;
DECLARE tbl STRING;
SET tbl = 'd.feed';
EXECUTE IMMEDIATE FORMAT('INSERT INTO d.fresh (id) SELECT id FROM `%s` WHERE age < %d', tbl, days);

-- d.feed > d.fresh : d.feed.id=d.fresh.id
DECLARE mx INT64; SET mx = (SELECT MAX(id) FROM d.feed); INSERT INTO d.fresh (id) VALUES (mx)

-- d.feed > d.fresh : d.feed.id=d.fresh.id
CREATE OR REPLACE PROCEDURE d.load(cutoff DATE)
BEGIN
  DECLARE n INT64;
  BEGIN TRANSACTION;
  DELETE FROM d.fresh WHERE day >= cutoff;
  INSERT INTO d.fresh (id) SELECT id FROM d.feed WHERE day >= cutoff;
  COMMIT TRANSACTION;
EXCEPTION WHEN ERROR THEN
  ROLLBACK TRANSACTION;
END

-- d.feed > d.fresh : d.feed.id=d.fresh.id d.feed.v=d.fresh.v
FOR r IN (SELECT id, v FROM d.feed) DO
  IF r.v IS NOT NULL THEN
    INSERT INTO d.fresh (id, v) VALUES (r.id, r.v);
  END IF;
END FOR

-- d.feed > : d.feed.v=x
CREATE TEMP FUNCTION half(a FLOAT64) AS (a / 2); SELECT half(v) AS x FROM d.feed

-- p.d.log_* > : p.d.log_*._TABLE_SUFFIX=day p.d.log_*.msg=msg
SELECT msg, PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) AS day FROM `p.d.log_*` WHERE _TABLE_SUFFIX >= '20240101'

-- d.feed > : d.feed.j=first d.feed.j=name d.feed.j=tags
SELECT JSON_VALUE(j, '$.name') AS name, JSON_VALUE_ARRAY(j, '$.tags') AS tags, j.list[0].x AS first FROM d.feed

-- d.feed > : d.feed.id=id d.feed.j=tag
SELECT id, tag FROM d.feed, UNNEST(JSON_EXTRACT_ARRAY(j, '$.tags')) AS tag

-- d.feed > : d.feed.id=ids d.feed.ts=wk
SELECT DATE_TRUNC(DATE(ts), WEEK(MONDAY)) AS wk, COUNT(DISTINCT id) AS ids, COUNT(*) AS n FROM d.feed GROUP BY wk

-- d.feed > : d.feed.id=id d.feed.v=v
SELECT id, v FROM d.feed AS f FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY) WHERE f.v > 0

-- d.a d.b > : d.a.k=k d.a.x=x d.b.y=y  with d.a(k x) d.b(k y)
SELECT * FROM d.a LEFT JOIN d.b USING (k)

-- d.a d.b > : d.a.k=k d.a.x=x d.b.y=y  with d.a(k x z) d.b(k y)
SELECT a.* EXCEPT (z), b.y FROM d.a AS a INNER JOIN d.b AS b ON a.k = b.k

-- d.a d.b > : d.a.x=v d.b.y=v
SELECT COALESCE(a.x, b.y) AS v FROM d.a a FULL JOIN d.b b ON a.k = b.k

-- d.a d.b > : d.a.x=x d.b.x=x
SELECT x FROM d.a WHERE x > 1 UNION ALL SELECT x FROM d.b WHERE x NOT IN (SELECT x FROM d.a)

-- d.a > : d.a.k=k d.a.k=s d.a.t=s d.a.x=s
SELECT k, SUM(x) OVER (w ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM d.a WINDOW w AS (PARTITION BY k ORDER BY t)

-- d.a > : d.a.x=top
SELECT APPROX_TOP_SUM(x, 1, 3)[OFFSET(0)].value AS top FROM d.a

-- d.a > d.v : d.a.k=d.v.key d.a.x=d.v.val
CREATE VIEW IF NOT EXISTS d.v (key, val OPTIONS (description = 'v')) OPTIONS (labels = [('a', 'b')]) AS SELECT k, x FROM d.a

-- d.a > d.mv : d.a.day=d.mv.day d.a.k=d.mv.k d.a.x=d.mv.s
CREATE MATERIALIZED VIEW d.mv PARTITION BY DATE_TRUNC(day, MONTH) CLUSTER BY k OPTIONS (enable_refresh = TRUE) AS SELECT day, k, SUM(x) AS s FROM d.a GROUP BY 1, 2

-- d.a > : ?
CREATE OR REPLACE TABLE FUNCTION d.f(lim INT64) AS SELECT k, x FROM d.a WHERE x < lim

-- d.a > : d.a.2024_total=t24
SELECT a.2024_total AS t24 FROM d.a AS a

-- d.a d.b > : d.a.x=x d.b.y=x
(FROM d.a |> SELECT x) |> UNION DISTINCT (SELECT y FROM d.b)
