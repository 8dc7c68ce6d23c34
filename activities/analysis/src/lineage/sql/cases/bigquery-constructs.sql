-- acme-data.web.visits > : acme-data.web.visits.device=os acme-data.web.visits.totals=pages acme-data.web.visits.user_id=user_id
SELECT user_id, device.operatingSystem AS os, totals.pageviews AS pages FROM `acme-data.web.visits`

-- acme-data.web.visits_* > : acme-data.web.visits_*.user_id=user_id
SELECT user_id FROM `acme-data.web.visits_*` WHERE _TABLE_SUFFIX BETWEEN '20240101' AND '20240131'

-- acme-data.web.visits > : acme-data.web.visits.hits=path acme-data.web.visits.user_id=user_id
SELECT v.user_id, h.page.path AS path FROM `acme-data.web.visits` AS v, UNNEST(v.hits) AS h

-- acme-data.web.visits > : acme-data.web.visits.hits=path acme-data.web.visits.hits=sku
SELECT h.path, p.sku, pos FROM `acme-data.web.visits` v CROSS JOIN UNNEST(v.hits) AS h LEFT JOIN UNNEST(h.products) AS p WITH OFFSET AS pos

-- web.visits > : web.visits.tags=tag
SELECT tag, off FROM web.visits, UNNEST(tags) AS tag WITH OFFSET off WHERE off < 3

-- web.visits > : web.visits.hits=path  with web.visits(user_id hits)
SELECT path FROM web.visits, UNNEST(hits)

-- web.visits > : web.visits.params=page_title web.visits.user_id=user_id
SELECT user_id, (SELECT p.value.string_value FROM UNNEST(params) p WHERE p.key = 'page_title') AS page_title FROM web.visits

-- shop.orders > : shop.orders.id=id shop.orders.qty=qty shop.orders.sku=sku
WITH packed AS (SELECT id, ARRAY_AGG(STRUCT(sku, qty)) AS items FROM shop.orders GROUP BY id) SELECT id, it.sku, it.qty FROM packed, UNNEST(items) AS it

-- shop.orders > : shop.orders.sku=first_sku shop.orders.ts=first_sku
WITH packed AS (SELECT ARRAY_AGG(STRUCT(sku AS s, qty AS q) ORDER BY ts LIMIT 1)[OFFSET(0)] AS head FROM shop.orders) SELECT head.s AS first_sku FROM packed

-- shop.clients shop.orders > : shop.clients.name=who shop.orders.id=id
SELECT o.id, c.person.full AS who FROM shop.orders o JOIN (SELECT STRUCT(name AS full, id AS pid) AS person FROM shop.clients) c ON c.person.pid = o.client

-- shop.orders > : shop.orders.id=id shop.orders.lines=skus
SELECT id, ARRAY(SELECT l.sku FROM UNNEST(lines) AS l ORDER BY l.pos) AS skus FROM shop.orders

-- shop.lines shop.orders > : shop.lines.sku=sku shop.orders.id=id
WITH o AS (SELECT id, ARRAY(SELECT AS STRUCT sku, qty FROM shop.lines l WHERE l.oid = o.id) AS ls FROM shop.orders o) SELECT o.id, x.sku FROM o, UNNEST(o.ls) x

-- shop.orders > : shop.orders.id=id shop.orders.total=total
SELECT v.id, v.total FROM (SELECT AS STRUCT id, total FROM shop.orders) AS v

-- shop.orders > : shop.orders.id=id shop.orders.total=total
WITH r AS (SELECT AS VALUE STRUCT(id, total) FROM shop.orders) SELECT r.id, r.total FROM r

-- shop.orders > : shop.orders.id=last_id shop.orders.ts=last_id
SELECT ARRAY_AGG(id ORDER BY ts DESC LIMIT 1)[SAFE_OFFSET(0)] AS last_id FROM shop.orders

-- shop.orders > : shop.orders.id=id shop.orders.total=total shop.orders.ts=id shop.orders.ts=total shop.orders.ts=ts  with shop.orders(id total ts)
SELECT latest.* FROM (SELECT ARRAY_AGG(o ORDER BY ts DESC LIMIT 1)[OFFSET(0)] AS latest FROM shop.orders o GROUP BY o.id)

-- shop.orders > : shop.orders.id=id shop.orders.total=total  with shop.orders(id total ts)
SELECT * EXCEPT (ts) REPLACE (ROUND(total, 2) AS total) FROM shop.orders

-- shop.clients shop.orders > : shop.clients.city=city shop.orders.client=client shop.orders.total=total  with shop.orders(client total) shop.clients(client city)
SELECT * FROM shop.orders INNER JOIN shop.clients USING (client)

-- shop.clients shop.orders > : shop.clients.client=client shop.orders.client=client shop.orders.total=total  with shop.orders(client total) shop.clients(client city)
SELECT client, total FROM shop.orders FULL OUTER JOIN shop.clients USING (client)

-- shop.orders > : shop.orders.client=client shop.orders.total=spent
FROM shop.orders |> WHERE total > 0 |> AGGREGATE SUM(total) AS spent GROUP BY client |> WHERE spent > 10 |> ORDER BY spent DESC |> LIMIT 5

-- shop.clients shop.orders > : shop.clients.city=town shop.orders.id=id
FROM shop.orders AS o |> INNER JOIN shop.clients AS c ON o.client = c.id |> SELECT o.id, c.city AS town

-- shop.orders > : shop.orders.id=id shop.orders.total=taxed shop.orders.total=total  with shop.orders(id total note)
FROM shop.orders |> EXTEND total * 1.2 AS taxed |> DROP note

-- shop.orders > : shop.orders.id=order_id shop.orders.total=total  with shop.orders(id total)
FROM shop.orders |> RENAME id AS order_id |> SET total = total + 1

-- shop.orders > : shop.orders.client=rn shop.orders.id=id shop.orders.total=rn
FROM shop.orders |> EXTEND ROW_NUMBER() OVER (PARTITION BY client ORDER BY total) AS rn |> SELECT id, rn

-- shop.orders > : shop.orders.client=client shop.orders.total=feb shop.orders.total=jan
SELECT client, jan, feb FROM (SELECT client, month, total FROM shop.orders) PIVOT(SUM(total) FOR month IN ('01' AS jan, '02' AS feb))

-- shop.orders > : shop.orders.client=client shop.orders.total=n_01 shop.orders.total=s_01
SELECT * FROM (SELECT client, month, total FROM shop.orders) PIVOT(SUM(total) AS s, AVG(total) AS n FOR month IN ('01'))

-- fin.budget > : fin.budget.dept=dept fin.budget.q1=amount fin.budget.q2=amount
SELECT dept, quarter, amount FROM fin.budget UNPIVOT(amount FOR quarter IN (q1, q2))

-- fin.budget > : fin.budget.dept=dept fin.budget.q1=amount fin.budget.q2=amount  with fin.budget(dept q1 q2)
SELECT * FROM fin.budget UNPIVOT INCLUDE NULLS (amount FOR quarter IN (q1 AS 'first', q2 AS 'second'))

-- fin.budget > fin.flat : fin.budget.dept=fin.flat.dept fin.budget.q1=fin.flat.total fin.budget.q2=fin.flat.total
CREATE OR REPLACE TABLE fin.flat (dept STRING, total NUMERIC) AS SELECT dept, q1 + q2 FROM fin.budget

-- fin.budget > fin.v : fin.budget.dept=fin.v.team fin.budget.q1=fin.v.first
CREATE OR REPLACE VIEW fin.v (team OPTIONS (description = 'd'), first) AS SELECT dept, q1 FROM fin.budget

-- fin.budget > fin.mv : fin.budget.dept=fin.mv.dept fin.budget.q1=fin.mv.s
CREATE MATERIALIZED VIEW fin.mv CLUSTER BY dept AS SELECT dept, SUM(q1) AS s FROM fin.budget GROUP BY dept

-- shop.feed > shop.dim : shop.feed.id=shop.dim.id shop.feed.name=shop.dim.name
MERGE INTO shop.dim AS d USING (SELECT id, name FROM shop.feed) AS f ON d.id = f.id WHEN MATCHED AND f.name IS NOT NULL THEN UPDATE SET name = f.name WHEN NOT MATCHED BY TARGET THEN INSERT (id, name) VALUES (f.id, f.name) WHEN NOT MATCHED BY SOURCE THEN DELETE

-- shop.feed > shop.dim : shop.feed.id=shop.dim.id shop.feed.name=shop.dim.name  with shop.feed(id name) shop.dim(id name)
MERGE shop.dim USING shop.feed ON FALSE WHEN NOT MATCHED THEN INSERT ROW

-- shop.feed > shop.dim : shop.feed.id=shop.dim.id shop.feed.name=shop.dim.name
MERGE shop.dim D USING shop.feed F ON D.id = F.id WHEN NOT MATCHED THEN INSERT (id, name) VALUES (id, UPPER(name)) WHEN MATCHED THEN UPDATE SET D.name = F.name

-- shop.feed > shop.dim : shop.feed.name=shop.dim.name
UPDATE shop.dim d SET name = f.name FROM shop.feed f WHERE f.id = d.id

-- shop.feed > shop.dim : shop.feed.name=shop.dim.info
UPDATE shop.dim d SET info.label = (SELECT MAX(f.name) FROM shop.feed f WHERE f.id = d.id) WHERE TRUE

-- shop.bad > shop.dim
DELETE shop.dim d WHERE EXISTS (SELECT 1 FROM shop.bad b WHERE b.id = d.id)

-- shop.feed > shop.dim : shop.feed.id=shop.dim.id
INSERT INTO shop.dim (id, name) SELECT id, 'none' FROM shop.feed

-- shop.feed > shop.dim : shop.feed.id=shop.dim.id shop.feed.name=shop.dim.name  with shop.dim(id name)
INSERT shop.dim SELECT DISTINCT id, name FROM shop.feed

-- shop.feed > shop.last : shop.feed.id=shop.last.id
CREATE TEMP TABLE picked AS SELECT id FROM shop.feed; CREATE OR REPLACE TABLE shop.last AS SELECT id FROM picked; DROP TABLE picked

-- shop.feed > shop.last : shop.feed.id=shop.last.id
BEGIN
  DECLARE n INT64 DEFAULT 0;
  DECLARE stmt STRING;
  SET stmt = 'INSERT INTO shop.last (id) SELECT id FROM shop.feed WHERE k > @k';
  EXECUTE IMMEDIATE stmt USING 3 AS k;
END

-- shop.feed > shop.last : shop.feed.id=shop.last.id
DECLARE top INT64; SET top = 10; IF top > 5 THEN INSERT INTO shop.last (id) SELECT id FROM shop.feed LIMIT 10; END IF

-- shop.feed > shop.last : shop.feed.id=shop.last.id
FOR f IN (SELECT id FROM shop.feed) DO INSERT INTO shop.last (id) VALUES (f.id); END FOR

-- shop.feed > shop.last : shop.feed.id=shop.last.id
CREATE OR REPLACE PROCEDURE shop.refresh(IN day DATE, OUT n INT64) BEGIN INSERT INTO shop.last (id) SELECT id FROM shop.feed WHERE d = day; SET n = @@row_count; END

-- shop.feed > : shop.feed.payload=a shop.feed.payload=b shop.feed.payload=n
SELECT JSON_VALUE(payload, '$.a') AS a, STRING(payload.b) AS b, ARRAY_LENGTH(JSON_QUERY_ARRAY(payload, '$.xs')) AS n FROM shop.feed

-- shop.feed > : shop.feed.id=id
SELECT id, COUNT(*) AS n, 'x' AS lit FROM shop.feed GROUP BY id

-- shop.dim shop.feed > : shop.dim.id=id shop.feed.id=id
SELECT id FROM shop.feed EXCEPT DISTINCT SELECT id FROM shop.dim

-- shop.dim shop.feed > : shop.dim.id=a shop.feed.id=a
(SELECT id AS a FROM shop.feed UNION ALL SELECT id FROM shop.dim) ORDER BY a

-- shop.dim shop.feed > : shop.feed.id=id
SELECT id FROM shop.feed WHERE id NOT IN (SELECT id FROM shop.dim)

-- shop.staff > : shop.staff.id=id shop.staff.name=path
WITH RECURSIVE tree AS (SELECT id, name AS path FROM shop.staff WHERE boss IS NULL UNION ALL SELECT s.id, CONCAT(t.path, '/', s.name) FROM shop.staff s JOIN tree t ON s.boss = t.id) SELECT id, path FROM tree

-- shop.feed > : shop.feed.id=x shop.feed.k=x shop.feed.ts=x
SELECT FIRST_VALUE(id) OVER win AS x FROM shop.feed WINDOW win AS (PARTITION BY k ORDER BY ts)

-- shop.feed > : shop.feed.id=id shop.feed.name=name  with shop.feed(id name)
SELECT f.* FROM shop.feed AS f QUALIFY RANK() OVER (PARTITION BY f.id ORDER BY f.name) = 1

-- shop.feed > : shop.feed.id=kv shop.feed.name=kv
SELECT TO_JSON(STRUCT(id, name)) AS kv FROM shop.feed

-- shop.feed > : shop.feed.id=s shop.feed.name=s
SELECT [STRUCT(id AS a, name AS b), STRUCT(id, name)] AS s FROM shop.feed

-- shop.feed > : shop.feed.id=id shop.feed.name=nm
SELECT id, nm FROM (SELECT id, SPLIT(name, ',') AS names FROM shop.feed), UNNEST(names) AS nm

-- >
SELECT d FROM UNNEST(GENERATE_DATE_ARRAY(DATE '2024-01-01', CURRENT_DATE(), INTERVAL 1 DAY)) AS d

-- shop.feed > : shop.feed.id=hits
SELECT COUNT(DISTINCT f.id) AS hits, d FROM UNNEST(GENERATE_DATE_ARRAY('2024-01-01', '2024-02-01')) AS d LEFT JOIN shop.feed f ON f.day = d GROUP BY d

-- shop.m_in > : ?
SELECT * FROM ML.PREDICT(MODEL `acme.ml.churn`, (SELECT a, b FROM shop.m_in))

-- acme.shop.feed > acme.shop.feed_copy
CREATE TABLE `acme.shop.feed_copy` CLONE `acme.shop.feed`

-- shop.feed > : shop.feed.id=id
SELECT id FROM shop.feed FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 2 HOUR) TABLESAMPLE SYSTEM (5 PERCENT)

-- shop.feed > : shop.feed.id=z
SELECT (SELECT AS STRUCT f.id AS a, 1 AS b).a AS z FROM shop.feed f

-- shop.orders > : shop.orders.addr=city shop.orders.id=id
WITH a AS (SELECT id, addr FROM shop.orders), b AS (SELECT a.id, a.addr.* FROM a) SELECT id, city FROM b

-- shop.orders > : shop.orders.a=x shop.orders.b=y
SELECT s.x, s.y FROM (SELECT IF(ok, STRUCT(a AS x, b AS y), NULL) AS s FROM (SELECT TRUE AS ok, a, b FROM shop.orders))

-- shop.orders > : shop.orders.id=id
SELECT o.id FROM shop.orders AS o WHERE o.client IN UNNEST([1, 2]) AND EXISTS (SELECT 1 FROM UNNEST(o.lines) l WHERE l.sku = 'a')

-- shop.orders > : shop.orders.lines=best
SELECT (SELECT l.sku FROM o.lines AS l ORDER BY l.price DESC LIMIT 1) AS best FROM shop.orders AS o

-- shop.orders > : shop.orders.lines=sum_price
SELECT (SELECT SUM(price) FROM UNNEST(lines)) AS sum_price FROM shop.orders
