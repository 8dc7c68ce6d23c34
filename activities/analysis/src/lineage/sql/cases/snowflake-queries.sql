-- raw >  : raw.v=ab raw.v=sku raw.v=uid
SELECT v:user.id::string AS uid, v:items[0].sku AS sku, v['a']['b'] AS ab FROM raw

-- raw >  : raw.id=id raw.v=i raw.v=sku
SELECT r.id, f.value:sku::string AS sku, f.index AS i FROM raw r, LATERAL FLATTEN(input => r.v:items) f

-- raw >  : raw.id=id raw.v=val
SELECT r.id, f.value AS val FROM raw r, TABLE(FLATTEN(r.v, outer => true)) f

-- raw >  : raw.v=x
SELECT f2.value:x AS x FROM raw, LATERAL FLATTEN(input => v:a) f1, LATERAL FLATTEN(input => f1.value:b) f2

-- t >  : t.a=a t.b=b
SELECT a, b FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC) = 1

-- t >  : t.a=x t.a=y t.a=z t.b=y t.b=z
SELECT a AS x, x + b AS y, y * 2 AS z FROM t

-- t >  : t.a=a t.a=b  with t(a)
SELECT a + 1 AS a, a * 2 AS b FROM t

-- @my_stage/path >  : @my_stage/path.$1=a @my_stage/path.$2=b @my_stage/path.METADATA$FILENAME=f
SELECT $1 AS a, $2::int AS b, METADATA$FILENAME AS f FROM @my_stage/path (FILE_FORMAT => 'csv')

-- t >  : t.a=a  with t(a)
SELECT * FROM t AT (TIMESTAMP => '2020-01-01'::timestamp) x

-- t >  : t.a=a
SELECT a FROM t BEFORE (STATEMENT => '8e5d')

-- t >  : t.a=a
SELECT a FROM t CHANGES (INFORMATION => DEFAULT) AT (OFFSET => -10)

-- t >  : t.a=a t.c=c  with t(a b c)
SELECT * EXCLUDE (b) FROM t

-- t >  : t.a=x t.c=c  with t(a b c)
SELECT * EXCLUDE b RENAME (a AS x) FROM t

-- t u >  : t.a=a t.b=b t.c=c u.z=z  with t(a b c) u(a z)
SELECT t.* REPLACE (upper(b) AS b), u.z FROM t JOIN u ON t.a = u.a

-- t >  : t.uid=uid  with t(uid nm)
SELECT * ILIKE '%id%' FROM t

-- t >  : ?
SELECT COLUMNS('^a') FROM t

-- m >  : m.amt=feb m.amt=jan m.emp=emp  with m(emp amt mon)
SELECT * FROM m PIVOT (SUM(amt) FOR mon IN ('JAN', 'FEB')) AS p (emp, jan, feb)

-- m >  : m.amt=j m.emp=emp  with m(emp amt mon)
SELECT emp, "'JAN'" AS j FROM m PIVOT (SUM(amt) FOR mon IN ('JAN', 'FEB'))

-- m >  : ?
SELECT * FROM m PIVOT (SUM(amt) FOR mon IN (ANY ORDER BY mon))

-- m >  : m.emp=emp m.feb=sales m.jan=sales m.mar=sales
SELECT emp, mon, sales FROM m UNPIVOT (sales FOR mon IN (jan, feb, mar))

-- m >  : m.emp=emp m.feb=sales m.jan=sales
SELECT emp, mon, sales FROM m UNPIVOT INCLUDE NULLS (sales FOR mon IN (jan AS 'j', feb AS 'f'))

-- stock >  : ?
SELECT * FROM stock MATCH_RECOGNIZE (PARTITION BY sym ORDER BY dt MEASURES MATCH_NUMBER() AS mn, FIRST(dt) AS st, LAST(price) AS lp ONE ROW PER MATCH PATTERN (a b+) DEFINE b AS price < LAG(price))

-- quotes trades >  : quotes.price=price trades.a=a
SELECT t.a, q.price FROM trades t ASOF JOIN quotes q MATCH_CONDITION (t.ts >= q.ts) ON t.sym = q.sym

--  >
SELECT seq4() AS n, uniform(1, 10, random()) AS r FROM TABLE(GENERATOR(ROWCOUNT => 100))

--  >
SELECT "name", "rows" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))

--  >  : ?
SELECT * FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY()) WHERE x

-- t >  : t.csv=value t.id=id
SELECT t.id, s.value FROM t, LATERAL SPLIT_TO_TABLE(t.csv, ',') s

-- orders >  : orders.a=total orders.b=total
SELECT x.total FROM orders o, TABLE(my_udtf(o.a, o.b)) x

-- db.sc.t >  : db.sc.t.a=a  with db.sc.t(a)
SELECT * FROM IDENTIFIER('db.sc.t')

-- db.sc.t >  : db.sc.t.a=a
SELECT a FROM TABLE('db.sc.t')

-- sv >  : ?
SELECT * FROM SEMANTIC_VIEW(sv DIMENSIONS c.name METRICS o.total)

-- t >  : t.a=o t.b=o t.c=ag t.d=ag t.e=l t.f=l
SELECT object_construct('a', a, 'b', b) AS o, array_agg(c) WITHIN GROUP (ORDER BY d) AS ag, listagg(e, ',') WITHIN GROUP (ORDER BY f) AS l FROM t

-- t >  : t.a=o t.b=o  with t(a b)
SELECT object_construct(*) AS o FROM t

-- t >  : t.a=x t.b=x t.c=x t.d=y t.e=y t.f=y t.g=z t.h=z t.i=z t.j=zz
SELECT iff(a > 0, b, c) AS x, decode(d, 1, e, f) AS y, nvl2(g, h, i) z, zeroifnull(j) zz FROM t

-- t >  : t.a=n t.b=n t.c=m t.d=p t.e=f t.g=l
SELECT dateadd(day, -1, d) AS p, datediff('day', a, b) AS n, date_trunc('month', c) AS m, to_date(e, 'YYYY') AS f, last_day(g, year) AS l FROM t

-- t1 t2 >  : ?
SELECT a FROM t1 MINUS SELECT a FROM t2

-- t1 t2 >  : t1.a=a t1.id=id t2.a=a t2.id=id
SELECT id, a FROM t1 UNION ALL BY NAME SELECT a, id FROM t2

-- emp >  : emp.id=id emp.name=p
SELECT id, SYS_CONNECT_BY_PATH(name, '/') AS p, LEVEL AS lv FROM emp START WITH mgr IS NULL CONNECT BY mgr = PRIOR id

-- db..t >  : ?
SELECT t.a FROM db..t

-- raw.x >  : raw.x.id=id raw.x.ts=mt raw.x.ts=ts  with raw.x(id ts)
WITH a AS (SELECT * FROM raw.x), b AS (SELECT id, max(ts) mt FROM a GROUP BY 1) SELECT a.*, b.mt FROM a JOIN b ON a.id = b.id AND a.ts = b.mt

-- ext_t >  : ext_t.VALUE=c1
SELECT VALUE:c1::string AS c1 FROM ext_t

-- t >  : t.a=a
SELECT a, FROM t

-- t1 t2 t3 >  : ?
SELECT a FROM t1 LEFT JOIN t2 ON t1.id = t2.id AND t2.dt = (SELECT max(dt) FROM t3)

-- t >  : t.arr=f t.arr=g t.lim=f
SELECT filter(arr, x -> x:v > lim) AS f, transform(arr, x INT -> x * 2) AS g FROM t

-- t1 t2 >  : t1.a=a
SELECT t1.a FROM t1, LATERAL (SELECT b FROM t2 WHERE t2.id = t1.id) l

-- t >  : t.a=mb t.b=mb t.x=n t.y=v t.z=k
SELECT COUNT_IF(x) n, ANY_VALUE(y) v, MAX_BY(a, b) mb, APPROX_TOP_K(z, 3) k FROM t

-- t >  : t.a=l t.b=l t.c=l t.d=r t.e=r t.f=cte t.g=cte
SELECT LAG(a, 1, 0) IGNORE NULLS OVER (PARTITION BY b ORDER BY c) AS l, RATIO_TO_REPORT(d) OVER (PARTITION BY e) r, CONDITIONAL_TRUE_EVENT(f > 1) OVER (ORDER BY g) cte FROM t

-- t1 t2 >  : t1.a=a t1.id=id t2.b=b  with t1(id a) t2(id b)
SELECT * FROM t1 JOIN t2 USING (id)

--  >
SELECT * FROM VALUES (1,'a'),(2,'b') AS v(id, n)

--  >
SELECT column1 AS x FROM VALUES (1),(2)

-- t >  : t.a=a t.b=b
SELECT a, b FROM t SAMPLE (10 ROWS)

-- t >  : t.a=a
SELECT TOP 10 a FROM t

-- t >  : t.a=a
SELECT ALL a FROM t GROUP BY ALL ORDER BY ALL

-- t >  : t.src=~
SELECT src:a.b.c::varchar FROM t

-- t >  : ?
SELECT t.*, f.value FROM t, LATERAL FLATTEN(input => t.arr) f

-- t >  : t.js=k t.js=p t.js=th
SELECT f.key AS k, f.path AS p, f.this AS th FROM t, LATERAL FLATTEN(INPUT => PARSE_JSON(t.js), PATH => 'a', MODE => 'ARRAY') f

-- t >  : t.arr=id  with t(arr x)
SELECT value:id AS id FROM t, LATERAL FLATTEN(input => t.arr)

-- t >  : t.v=b t.v=sk t.v=xy t.z=tz
SELECT parse_json(v):a:b::string AS b, get_path(v, 'x.y') AS xy, v:"Some Key"[0]::int AS sk, try_cast(z AS int) tz FROM t

-- t >  : t.v=a t.v=b
SELECT t.v:a AS a, v:b AS b FROM t

--  >
SELECT a.$1, a.$2 AS two FROM (VALUES (1, 2)) a

-- t >  : t.x=f t.y=g
SELECT $1 AS f, $2 AS g FROM (SELECT x, y FROM t)

-- t u >  : t.a=a u.b=b
SELECT t.a, d.b FROM t LEFT OUTER JOIN LATERAL (SELECT max(b) b FROM u WHERE u.id = t.id) d

-- t >  : t.id=id t.v='a' t.v='b'  with t(id k v)
SELECT * FROM t PIVOT(MAX(v) FOR k IN ('a','b')) ORDER BY id

-- t >  : t.id=id t.v=a t.v=b
SELECT id, a, b FROM (SELECT id, k, v FROM t) PIVOT(MAX(v) FOR k IN ('a','b')) AS p(id, a, b)

-- t >  : t.c1=v t.c2=v t.id=id
SELECT id, k, v FROM t UNPIVOT(v FOR k IN (c1, c2)) WHERE v > 0

-- emp >  : emp.id=id
WITH RECURSIVE r (id, lvl) AS (SELECT id, 1 FROM emp WHERE mgr IS NULL UNION ALL SELECT e.id, r.lvl + 1 FROM emp e JOIN r ON e.mgr = r.id) SELECT id, lvl FROM r

-- t >  : t.a=l t.b=l t.c=l
SELECT LISTAGG(DISTINCT a, ',') WITHIN GROUP (ORDER BY b) OVER (PARTITION BY c) AS l FROM t

-- t >  : t.a=a t.b=b t.b=r t.c=r
SELECT a, SUM(b) AS b, SUM(b) / COUNT(c) AS r FROM t GROUP BY a HAVING SUM(b) > 1

-- t >  : t.id=k t.id=user_id t.x=k
SELECT id AS user_id, user_id || x AS k FROM t

-- t >  : t.id=user_id t.user_id=k t.x=k  with t(id user_id x)
SELECT id AS user_id, user_id || x AS k FROM t

-- t >  : t.a=d t.b=c t.c1=h t.c2=h t.d1=m t.d2=m t.e=n
SELECT TO_VARCHAR(a, 'x')::date d, CONVERT_TIMEZONE('UTC', b) c, TIMESTAMPDIFF(hour, c1, c2) h, MONTHS_BETWEEN(d1, d2) m, TRY_TO_NUMBER(e) n FROM t

-- t >  : t.a=a
SELECT $my_var AS v, a FROM t WHERE b = $other

-- t >  : t.a=a
SELECT a FROM t WHERE b = :param AND c = ?

-- t >  : t.a=h t.b=h  with t(a b)
SELECT HASH(*) AS h, COUNT(*) AS n FROM t

-- t >  : t.a=g t.a=l t.b=g t.c=g t.d=l t.e=o
SELECT GREATEST(a, b, c) g, LEAST_IGNORE_NULLS(a, d) l, BOOLOR_AGG(e) o FROM t

-- db.s.t db.s.u db.s.w >  : db.s.t.a=a db.s.w.b=a
SELECT a FROM db.s.t WHERE x IN (SELECT y FROM db.s.u) UNION SELECT b FROM db.s.w

-- t u >  : t.a=a t.b=b u.c=c
SELECT * FROM (SELECT a, b FROM t) x, (SELECT c FROM u) y

-- t1 t2 t3 >  : t1.a=a
SELECT t1.a FROM t1 FULL OUTER JOIN t2 ON t1.id = t2.id LEFT JOIN t3 USING (id)

-- t1 t2 >  : t1.a=a
SELECT x.a FROM (t1 x INNER JOIN t2 y ON x.id = y.id)

-- a >  : a.b=b
SELECT "a"."b" FROM "a"

-- sales >  : sales.amt=q1 sales.product=product sales.q=q1
SELECT s.product, SUM(IFF(s.q = 'Q1', s.amt, 0)) AS q1 FROM sales s GROUP BY 1

-- t1 t2 >  : ?
SELECT a, b, c FROM t1 NATURAL JOIN t2

-- db.s.t >  : db.s.t.a=c db.s.t.a=z
SELECT t.a:b:c AS c, t.a:"x y"."z" AS z FROM db.s.t t

-- accounts >  : accounts.data=n accounts.id=id
SELECT i.value:name::string AS n, a.id FROM accounts a, LATERAL FLATTEN(INPUT => a.data:items, OUTER => TRUE) i WHERE i.value:x = 1

-- t >  : t.arr=k t.id=id
WITH x AS (SELECT id, f.value AS v FROM t, TABLE(FLATTEN(INPUT => t.arr)) f) SELECT id, v:k::int AS k FROM x

-- a b >  : a.id=id a.id=lv b.ts=lv b.v=lv
SELECT a.id, LAST_VALUE(b.v) IGNORE NULLS OVER (PARTITION BY a.id ORDER BY b.ts) AS lv FROM a LEFT JOIN b ON a.id = b.id

-- t >  : t.a=a
SELECT a FROM t WHERE c ILIKE ANY ('%x%', '%y%') AND d RLIKE 'z'

-- t u >  : t.b=b u.id=uid u.z=z  with t(a b) u(id z)
SELECT t.* EXCLUDE (a), u.* RENAME (id AS uid) FROM t, u

-- dept emp >  : dept.name=name
SELECT d.name, e.cnt FROM dept d JOIN (SELECT dept_id, COUNT(*) cnt FROM emp GROUP BY dept_id) e ON e.dept_id = d.id

-- t >  : t.id=id t.val=a_val t.val=b_val
SELECT * FROM (SELECT id, type, val FROM t) PIVOT (SUM(val) FOR type IN ('a', 'b')) AS p (id, a_val, b_val)

-- my_stream >  : ?
SELECT METADATA$ACTION AS act, id FROM my_stream WHERE METADATA$ISUPDATE

--  >  : ?
SELECT * FROM TABLE(db.s.f(1)) t

-- t >  : t.a=g t.b=s
SELECT IFF(GROUPING(a)=1, 'all', a) AS g, SUM(b) s FROM t GROUP BY CUBE(a)

-- t1 t2 >  : t1.x=x t2.y=y
WITH a AS (SELECT * FROM t1), b AS (SELECT * FROM t2) SELECT a.x, b.y FROM a INNER JOIN b ON a.id = b.id

-- a >  : a.x=x
SELECT x FROM a WHERE id = (SELECT MAX(id) FROM a)
