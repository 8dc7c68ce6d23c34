-- my-proj.ds.t >  : my-proj.ds.t.a=a
SELECT a FROM `my-proj.ds.t`

-- my-proj.ds.t >  : my-proj.ds.t.a=a
SELECT a FROM my-proj.ds.t

-- my-proj.ds.t >  : my-proj.ds.t.a=a
SELECT t.a FROM `my-proj`.`ds`.`t` t

-- my-proj.ds.t >  : my-proj.ds.t.a=a
SELECT `my-proj`.ds.t.a FROM `my-proj`.ds.t

-- my-proj.ds.t >  : my-proj.ds.t.a=a
SELECT t.a FROM `my-proj.ds.t`

-- p.ds.ev_* >  : ?
SELECT a, _TABLE_SUFFIX AS sfx FROM `p.ds.ev_*` WHERE _TABLE_SUFFIX BETWEEN '1' AND '2'

-- ds.t >  : ds.t.params=k
SELECT e.k FROM ds.t, UNNEST(params) AS e

-- ds.t >  : ds.t.tags=e
SELECT e FROM ds.t, UNNEST(tags) AS e

-- ds.t >  : ds.t.tags=e
SELECT e, o FROM ds.t CROSS JOIN UNNEST(tags) AS e WITH OFFSET AS o

-- ds.t >  : ds.t.tags=e
SELECT e, off FROM ds.t LEFT JOIN UNNEST(tags) e WITH OFFSET off

-- ds.ev >  : ds.ev.event_params=page
SELECT (SELECT value.string_value FROM UNNEST(event_params) WHERE key = 'page') AS page FROM ds.ev

-- ds.ev >  : ds.ev.event_params=x ds.ev.user=id
SELECT (SELECT ep.value.int_value FROM UNNEST(e.event_params) ep WHERE ep.key = 'x') AS x, e.user.id FROM ds.ev e

-- ds.ev >  : ?
SELECT key, value.int_value FROM ds.ev, UNNEST(event_params)

-- p.ds.ga >  : p.ds.ga.hits=hitNumber p.ds.ga.hits=path
SELECT h.page.path, h.hitNumber FROM `p.ds.ga` AS g, g.hits AS h

-- ds.ga >  : ds.ga.hits=page ds.ga.hits=sku
SELECT h.page, pr.sku FROM ds.ga, UNNEST(hits) h, UNNEST(h.product) pr

-- ds.t ds.u >  : ds.t.a=s ds.t.b=s ds.t.c=arr ds.t.d=arr ds.u.z=zz
SELECT STRUCT(a, b AS x) AS s, [c, d] AS arr, ARRAY(SELECT z FROM ds.u) AS zz FROM ds.t

-- ds.t >  : ds.t.id=id ds.t.qty=q ds.t.sku=s ds.t.ts=q ds.t.ts=s
WITH c AS (SELECT id, ARRAY_AGG(STRUCT(sku AS s, qty AS q) ORDER BY ts LIMIT 5) AS items FROM ds.t GROUP BY id) SELECT id, i.s, i.q FROM c, UNNEST(items) i

-- ds.t >  : ds.t.a=a ds.t.ts=a ds.t.ts=u  with ds.t(id a ts)
WITH c AS (SELECT ARRAY_AGG(t ORDER BY ts DESC LIMIT 1)[OFFSET(0)] AS r FROM ds.t AS t GROUP BY id) SELECT r.a, r.ts AS u FROM c

-- ds.t >  : ds.t.a=a ds.t.id=id ds.t.ts=a ds.t.ts=id ds.t.ts=ts  with ds.t(id a ts)
WITH c AS (SELECT ARRAY_AGG(t ORDER BY ts DESC LIMIT 1)[OFFSET(0)] AS r FROM ds.t AS t GROUP BY id) SELECT r.* FROM c

-- ds.t >  : ds.t.a=x ds.t.b=yy
WITH c AS (SELECT STRUCT(a AS x, b AS y) AS s FROM ds.t) SELECT s.x, s.y AS yy FROM c

-- ds.t >  : ds.t.a=x ds.t.b=y
WITH c AS (SELECT STRUCT(a AS x, b AS y) AS s FROM ds.t) SELECT s.* FROM c

-- ds.o >  : ds.o.items=arr ds.o.rate=arr
SELECT ARRAY(SELECT AS STRUCT i.sku AS s, i.p * o.rate AS v FROM UNNEST(o.items) i) AS arr FROM ds.o o

-- ds.t >  : ?
SELECT AS VALUE s FROM (SELECT STRUCT(a AS x, b AS y) AS s FROM ds.t)

-- ds.t >  : ds.t.a=a  with ds.t(a b)
SELECT * EXCEPT (b) FROM ds.t

-- ds.t >  : ds.t.id=id ds.t.ts=ts  with ds.t(id ts)
SELECT * EXCEPT (rn) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) rn FROM ds.t) WHERE rn = 1

-- ds.t >  : ds.t.id=id ds.t.n=n  with ds.t(id n)
SELECT t.* REPLACE (UPPER(n) AS n) FROM ds.t t

-- ds.t >  : ds.t.a=a
SELECT a FROM ds.t QUALIFY RANK() OVER (ORDER BY b) = 1

-- ds.t >  : ds.t.a=a
SELECT a FROM ds.t FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY)

-- ds.p >  : ds.p.product=product ds.p.sales=Q1 ds.p.sales=Q2  with ds.p(product sales quarter)
SELECT * FROM ds.p PIVOT (SUM(sales) FOR quarter IN ('Q1', 'Q2'))

-- ds.p >  : ds.p.product=product ds.p.sales=s_Q1 ds.p.sales=s_second
SELECT * FROM (SELECT product, sales, quarter FROM ds.p) PIVOT (SUM(sales) AS s, COUNT(*) AS n FOR quarter IN ('Q1', 'Q2' AS second))

-- ds.p >  : ds.p.product=product ds.p.q1=sales ds.p.q2=sales
SELECT product, sales, quarter FROM ds.p UNPIVOT (sales FOR quarter IN (q1, q2))

-- ds.p >  : ds.p.k=k ds.p.q1=a ds.p.q2=b ds.p.q3=a ds.p.q4=b  with ds.p(k q1 q2 q3 q4)
SELECT * FROM ds.p UNPIVOT ((a, b) FOR sem IN ((q1, q2) AS 's1', (q3, q4) AS 's2'))

-- ds.t >  : ds.t.a=a ds.t.b=c
FROM ds.t |> WHERE a > 1 |> SELECT a, b AS c |> LIMIT 10

-- ds.t >  : ds.t.k=k ds.t.x=s
FROM ds.t |> AGGREGATE SUM(x) AS s, COUNT(*) AS n GROUP BY k |> ORDER BY s DESC

-- ds.t >  : ds.t.a=c ds.t.b=bb ds.t.b=c  with ds.t(a b)
FROM ds.t |> EXTEND a + b AS c |> DROP a |> RENAME b AS bb

-- ds.t ds.u >  : ds.t.a=a ds.t.id=id ds.u.z=z  with ds.t(id a) ds.u(id z)
FROM ds.t |> SET a = a * 2 |> JOIN ds.u USING (id) |> SELECT id, a, z

-- ds.t ds.u >  : ds.t.a=a ds.u.z=z
FROM ds.t AS t |> LEFT JOIN ds.u AS u ON t.id = u.id |> SELECT t.a, u.z

-- ds.t ds.u >  : ds.t.a=a ds.u.b=a
SELECT a FROM ds.t |> UNION ALL (SELECT b FROM ds.u)

-- ds.t >  : ds.t.a=a
FROM ds.t |> AS x |> SELECT x.a

-- ds.t >  : ?
FROM ds.t |> WHERE a |> CALL ds.tvf(1)

-- ds.t >  : ?
SELECT * FROM ML.PREDICT(MODEL ds.m, (SELECT a, b FROM ds.t))

-- p.ds.t >  : ?
SELECT predicted_label, a FROM ML.PREDICT(MODEL `p.ds.m`, TABLE `p.ds.t`)

-- ds.t >  : ds.t.a=d ds.t.b=d ds.t.c=w ds.t.e=y ds.t.f=h ds.t.g=i ds.t.n=i
SELECT DATE_DIFF(a, b, DAY) d, DATE_TRUNC(c, WEEK(MONDAY)) w, EXTRACT(YEAR FROM e) y, TIMESTAMP_TRUNC(f, HOUR) h, DATE_ADD(g, INTERVAL n DAY) i FROM ds.t

-- ds.t >  : ds.t.a=x ds.t.b=y ds.t.c=y ds.t.d=y ds.t.e=z ds.t.f=z ds.t.g=s ds.t.h=ff
SELECT SAFE_CAST(a AS INT64) x, IF(b, c, d) y, IFNULL(e, f) z, SAFE.SUBSTR(g, 1) s, CAST(h AS STRING FORMAT 'YYYY') ff FROM ds.t

-- ds.t >  : ds.t.a=v ds.t.b=v ds.t.c=s ds.t.d=s ds.t.e=ar ds.t.f=m
SELECT ANY_VALUE(a HAVING MAX b) v, STRING_AGG(DISTINCT c, "," ORDER BY d LIMIT 3) s, ARRAY_AGG(e IGNORE NULLS) ar, APPROX_QUANTILES(f, 100)[OFFSET(50)] m FROM ds.t

-- ds.t >  : ds.t.j=a ds.t.j=c ds.t.j=d
SELECT JSON_VALUE(j, '$.a') a, j.b.c AS c, JSON_EXTRACT_SCALAR(j, '$.d') d FROM ds.t

-- ds.t >  : ds.t.a=js ds.t.b=js  with ds.t(a b)
SELECT TO_JSON_STRING(t) AS js FROM ds.t AS t

-- ds.t1 ds.t2 >  : ?
SELECT a FROM ds.t1 INTERSECT DISTINCT SELECT a FROM ds.t2

-- ds.t1 ds.t2 >  : ds.t1.a=a ds.t1.b=b ds.t2.b=b ds.t2.c=c
SELECT a, b FROM ds.t1 FULL OUTER UNION ALL BY NAME SELECT b, c FROM ds.t2

-- ds.t >  : ds.t.a=a
SELECT t.a FROM ds.t t TABLESAMPLE SYSTEM (10 PERCENT)

-- ds.t >  : ds.t.a=a ds.t.a=s ds.t.d=s ds.t.x=s
SELECT a, COUNT(*) OVER () n, SUM(x) OVER (w ROWS 3 PRECEDING) s FROM ds.t WINDOW w AS (PARTITION BY a ORDER BY d)

-- p.d.t >  : p.d.t.a_b=c
SELECT 'x' AS `my col`, `a b` AS c FROM `p`.`d`.`t`

-- ds.t >  : ds.t.a=a
#standardSQL
# comment
SELECT a -- c
FROM ds.t /* x */

-- ds.INFORMATION_SCHEMA.TABLES >  : ?
SELECT * FROM ds.INFORMATION_SCHEMA.TABLES

-- region-us.INFORMATION_SCHEMA.JOBS_BY_PROJECT >  : ?
SELECT job_id FROM `region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT

--  >  : ?
SELECT * FROM EXTERNAL_QUERY('p.us.conn', 'SELECT a FROM x')

-- ds.t >  : ?
SELECT * FROM APPENDS(TABLE ds.t, NULL, NULL)

-- ds.t >  : ds.t.k=k
WITH RECURSIVE r AS (SELECT 1 AS n, k FROM ds.t UNION ALL SELECT n + 1, k FROM r WHERE n < 3) SELECT n, k FROM r

-- ds.t >  : ds.t.a=c ds.t.a=e
SELECT a.b.c, a.d AS e FROM ds.t

-- ds.t >  : ds.t.a=b
SELECT t.a.b FROM ds.t AS t

-- ds.t >  : ds.t.arr=s
SELECT (SELECT COUNT(*) FROM UNNEST(arr) x WHERE x > lim) AS n, (SELECT SUM(x.v) FROM UNNEST(arr) x) AS s FROM ds.t

-- ds.t >  : ds.t.arr=f ds.t.arr=g
SELECT arr[SAFE_OFFSET(0)] AS f, arr[ORDINAL(1)].q AS g FROM ds.t

--  >
SELECT x FROM UNNEST([1,2,3]) AS x WITH OFFSET

--  >
SELECT d, v FROM UNNEST([STRUCT(1 AS d, "a" AS v), (2, "b")])

-- ds.u ds.w >  : ds.u.name=name ds.w.ps=p
SELECT s.name, p FROM (SELECT id, name FROM ds.u) s LEFT JOIN ds.w USING (id), UNNEST(w.ps) p

-- ds.t1 ds.t2 >  : ds.t1.a=a ds.t1.id=id ds.t2.b=b  with ds.t1(id a) ds.t2(id b)
SELECT * FROM ds.t1 JOIN ds.t2 USING (id)

-- ds.t >  : ds.t.a=a ds.t.b=b
SELECT DISTINCT AS STRUCT a, b FROM ds.t

-- ds.t >  : ds.t.a=n ds.t.b=n ds.t.c=m ds.t.d=k
SELECT COUNT(DISTINCT IF(a > 1, b, NULL)) n, SUM(IF(c = "x", 1, 0)) m, COUNTIF(d) k FROM ds.t

-- ds.t >  : ds.t.a=a
SELECT r.a FROM (SELECT AS STRUCT * FROM ds.t) r

-- ds.t >  : ds.t.a=x
WITH c AS (SELECT AS VALUE STRUCT(a AS x) FROM ds.t) SELECT x FROM c

-- ds.t >  : ?
SELECT GROUPING(a) g, a FROM ds.t GROUP BY ROLLUP(a)

-- ds.t >  : ds.t.a=a
SELECT a FROM ds.t WHERE b LIKE ANY ("x%", "y%") AND c IN UNNEST(@arr) AND d IN UNNEST([1,2])

-- p.d.t >  : p.d.t.a=a
SELECT `p.d.t`.a FROM `p.d.t`

-- d.t d.u >  : d.t.id=id d.u.y=y  with d.t(id x) d.u(id y)
SELECT t.* EXCEPT (x), u.y FROM d.t t JOIN d.u u USING (id)

-- d.t >  : d.t.b=b d.t.c=c  with d.t(a b c)
SELECT * EXCEPT (a) REPLACE (b * 2 AS b) FROM d.t

--  >
SELECT a, b FROM UNNEST([STRUCT(1 AS a, 2 AS b)])

-- d.t >  : d.t.parts=a d.t.parts=b
SELECT p.a, p.b FROM d.t, UNNEST(t.parts) AS p

-- d.t >  : d.t.parts=a d.t.parts=b
SELECT p.a, q.b FROM d.t AS t LEFT JOIN UNNEST(t.parts) AS p LEFT JOIN UNNEST(p.subs) AS q ON q.id = p.id

-- d.t >  : d.t.arr=x
SELECT x FROM d.t, t.arr AS x

-- d.t >  : d.t.items=n d.t.items=p d.t.items=qs
SELECT ARRAY_LENGTH(items) n, items[OFFSET(0)].p AS p, ARRAY(SELECT x.q FROM UNNEST(items) AS x WHERE x.r > 1) AS qs FROM d.t

-- d.t >  : d.t.a=x d.t.b=z
WITH c AS (SELECT STRUCT(a AS x, STRUCT(b AS z) AS y) AS s FROM d.t) SELECT s.y.z, s.x FROM c

-- d.t >  : d.t.id=id d.t.v=a
WITH c AS (SELECT id, ARRAY_AGG(STRUCT(k, v)) AS kv FROM d.t GROUP BY id) SELECT id, (SELECT v FROM UNNEST(kv) WHERE k = "a") AS a FROM c

-- d.t d.u >  : d.u.a=a
WITH c AS (SELECT ARRAY(SELECT AS STRUCT a, b FROM d.u) AS arr FROM d.t) SELECT e.a FROM c, UNNEST(arr) e

-- d.t >  : d.t.a=s d.t.b=s d.t.c=f d.t.e=p d.t.g=u d.t.ts=d
SELECT DATE(ts) AS d, TIMESTAMP_DIFF(a, b, SECOND) s, FORMAT_DATE("%Y", c) f, PARSE_DATE("%Y", e) p, UNIX_SECONDS(g) u FROM d.t

-- d.t >  : d.t.ts=d d.t.tz=d d.t.x=n
SELECT EXTRACT(DATE FROM ts AT TIME ZONE tz) AS d, CAST(x AS NUMERIC) AS n FROM d.t

-- x.t >  : x.t.a=s x.t.b=s x.t.c=s x.t.d=l x.t.e=l
SELECT SUM(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s, LAST_VALUE(d IGNORE NULLS) OVER (ORDER BY e) AS l FROM x.t

-- x.t >  : x.t.a=r x.t.b=r x.t.c=r x.t.d=r
SELECT CASE WHEN a = 1 THEN "x" WHEN b IS NULL THEN c ELSE d END AS r FROM x.t

-- x.t >  : x.t.a=s x.t.b=s x.t.c=s
SELECT IF(a > 0, STRUCT(b AS k, c AS l), NULL) AS s FROM x.t

-- x.t >  : x.t.a=ab x.t.a=ab2 x.t.b=ab x.t.b=ab2 x.t.c=rx
SELECT CONCAT(a, "-", b) AS ab, a || b AS ab2, REGEXP_EXTRACT(c, r"x(.*)") AS rx FROM x.t

-- x.t x.u x.w >  : x.t.a=a x.u.b=a x.w.c=a
SELECT * FROM (SELECT a FROM x.t UNION ALL SELECT b FROM x.u UNION DISTINCT SELECT c FROM x.w)

-- x.t x.u >  : x.t.a=a x.u.b=b  with x.t(a) x.u(a b)
WITH t1 AS (SELECT a FROM x.t), t2 AS (SELECT * FROM t1 JOIN x.u USING (a)) SELECT * FROM t2

-- x.t >  : x.t.a=r x.t.b=r x.t.c=s
SELECT d.f(a, b) AS r, `p.d.g`(c) AS s FROM x.t

--  >  : ?
SELECT * FROM d.tvf(1, "a")

-- x.t >  : x.t.a=a
SELECT a FROM x.t WHERE DATE(ts) = @d AND b = ?

-- x.t >  : x.t._PARTITIONTIME=pt x.t.a=a
SELECT _PARTITIONTIME AS pt, a FROM x.t WHERE _PARTITIONDATE = '2020-01-01'

-- x.t >  : x.t._PARTITIONTIME=pt x.t.a=a  with x.t(a)
SELECT _PARTITIONTIME AS pt, a FROM x.t

-- x.t_* >  : x.t_*._TABLE_SUFFIX=s x.t_*.a=a
SELECT _TABLE_SUFFIX AS s, a FROM `x.t_*`

-- x.t >  : x.t.a=a
SELECT a FROM `x.t$20200101`

-- x.t >  : x.t.a=c x.t.d=e
SELECT t.a.b.c AS c, t.d[0].e FROM x.t t

-- x.t >  : x.t.lat=g x.t.lon=g
SELECT ST_GEOGPOINT(lon, lat) AS g, GENERATE_UUID() AS u FROM x.t

-- x.t >  : x.t.a=n x.t.b=m x.t.c=o
SELECT COUNT(DISTINCT a) AS n, APPROX_COUNT_DISTINCT(b) AS m, LOGICAL_OR(c) AS o FROM x.t

-- x.t >  : x.t.a=a
SELECT a FROM x.t GROUP BY ALL

-- x.t >  : x.t.a=v
SELECT APPROX_TOP_COUNT(a, 10)[OFFSET(0)].value AS v FROM x.t

-- x.t >  : x.t.a=a1 x.t.a=a2
SELECT t1.a AS a1, t2.a AS a2 FROM x.t t1 CROSS JOIN x.t t2

-- d.t >  : d.t.a=a
SELECT x.a FROM (SELECT a, ROW_NUMBER() OVER(PARTITION BY id) rn FROM d.t) x WHERE x.rn = 1

-- d.t >  : d.t.a=a d.t.b=b
SELECT AS STRUCT a, b FROM d.t

-- d.t >  : d.t.a=x d.t.b=y
SELECT s.* FROM (SELECT STRUCT(a AS x, b AS y) s FROM d.t)

-- x.t >  : x.t.a=c x.t.b=c x.t.d=s x.t.n=g
SELECT ARRAY_CONCAT(a, b) c, ARRAY_TO_STRING(d, ",") s, GENERATE_ARRAY(1, n) g FROM x.t

-- d.t d.u >  : ?
SELECT a FROM d.t JOIN d.u ON t.id = u.id AND t.x BETWEEN u.lo AND u.hi

-- d.t d.u >  : d.t.a=s d.t.a=s2 d.u.k=k
FROM d.t |> JOIN d.u ON t.id = u.id |> WHERE u.x > 1 |> AGGREGATE SUM(t.a) AS s GROUP BY u.k |> EXTEND s * 2 AS s2 |> SELECT k, s, s2

-- d.t d.u >  : d.t.b=x d.u.id=id d.u.z=z  with d.t(id b) d.u(id z)
SELECT a.b AS x, c.* FROM d.t a JOIN d.u c ON a.id = c.id

-- p.analytics_1.events_* >  : p.analytics_1.events_*.device=cat p.analytics_1.events_*.event_name=event_name p.analytics_1.events_*.event_params=a p.analytics_1.events_*.geo=country
SELECT event_name, (SELECT value.string_value FROM UNNEST(event_params) WHERE key = "a") AS a, geo.country, device.category AS cat FROM `p.analytics_1.events_*`

-- p.d.ev >  : p.d.ev.event_params=x p.d.ev.user_id=user_id
WITH e AS (SELECT user_id, p.key, p.value.string_value AS sv FROM `p.d.ev`, UNNEST(event_params) AS p) SELECT user_id, MAX(IF(key = "x", sv, NULL)) AS x FROM e GROUP BY 1

--  >
SELECT * FROM UNNEST(ARRAY<STRUCT<a INT64, b STRING>>[(1, "x")])

-- d.t >  : d.t.a=a d.t.ys=y
SELECT x.a, y FROM d.t AS x, UNNEST(x.ys) AS y WITH OFFSET AS i WHERE i = 0

-- d.t >  : d.t.a=x d.t.b=y
SELECT ARRAY_AGG(DISTINCT a IGNORE NULLS ORDER BY a LIMIT 3) AS x, STRING_AGG(b) AS y FROM d.t

-- d.t >  : ?
SELECT SAFE_DIVIDE(a, b) AS r, SAFE_OFFSET, COALESCE(c, d) AS e FROM d.t

-- d.t >  : d.t.a=a
SELECT d.t.a FROM d.t

-- p.d.t >  : p.d.t.a=a
SELECT p.d.t.a FROM p.d.t

--  >
WITH x AS (SELECT 1 AS a UNION ALL SELECT 2) SELECT a FROM x

-- d.t d.u d.w >  : d.t.id=id  with d.t(id)
SELECT * FROM d.t WHERE id IN (SELECT id FROM d.u) AND EXISTS (SELECT 1 FROM d.w)

-- d.t >  : d.t.x=ab d.t.y=zs
SELECT PARSE_JSON(x).a.b AS ab, JSON_QUERY_ARRAY(y, '$.z') AS zs FROM d.t

-- d.t >  : d.t.y=q
SELECT zs.q FROM d.t, UNNEST(JSON_QUERY_ARRAY(y)) AS zs

-- d.t >  : d.t.a=m d.t.b=n d.t.k=m d.t.k=n d.t.ts=m d.t.ts=n
SELECT AVG(a) OVER w1 AS m, MIN(b) OVER (w1 ROWS 1 PRECEDING) AS n FROM d.t WINDOW w0 AS (PARTITION BY k), w1 AS (w0 ORDER BY ts)

-- p1.d.a p2.d.b >  : p1.d.a.x=x p2.d.b.y=y
SELECT a.x, b.y FROM `p1.d.a` a FULL OUTER JOIN `p2.d.b` b USING (id)

-- d.a d.b >  : d.a.id=id d.a.v=v d.b.id=id d.b.v=v
SELECT id, COALESCE(a.v, b.v) AS v FROM d.a FULL JOIN d.b USING (id)

-- d.a d.b >  : d.a.id=id
SELECT id FROM d.a LEFT JOIN d.b USING (id)

-- d.t.a >  : ?
SELECT x FROM (SELECT a.x FROM d.t.a)

-- d.t >  : d.t.a=t d.t.b=t  with d.t(a b)
SELECT t FROM d.t AS t

-- d.t >  : d.t.a=m
SELECT COUNT(*) AS n, MAX(t.a) AS m FROM d.t t, UNNEST(t.arr) x WHERE x.k = 1 GROUP BY t.id
