-- cat >  : cat.id=id cat.name=path
WITH RECURSIVE r AS (SELECT id, parent_id, name::text AS path FROM cat WHERE parent_id IS NULL UNION ALL SELECT c.id, c.parent_id, r.path || '/' || c.name FROM cat c JOIN r ON c.parent_id = r.id) SELECT id, path FROM r

--  >
WITH RECURSIVE r(n, lbl) AS (VALUES (1, 'a') UNION ALL SELECT n+1, lbl FROM r WHERE n < 10) SELECT n, lbl FROM r

-- t1 t2 >  : t1.x=p t2.x=q
WITH a AS (SELECT x FROM t1), b AS (WITH a AS (SELECT x FROM t2) SELECT x FROM a) SELECT a.x AS p, b.x AS q FROM a, b

-- t1 t2 t3 >  : ?
SELECT a FROM t1 UNION SELECT b FROM t2 EXCEPT SELECT c FROM t3

-- items orders >  : items.price=mx orders.id=id
SELECT o.id, (SELECT count(*) FROM items i WHERE i.oid = o.id) AS n, (SELECT max(i.price) FROM items i WHERE i.oid = o.id) AS mx FROM orders o

-- t u w >  : t.id=id
SELECT id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id) AND v IN (SELECT v FROM w)

-- orders users >  : orders.amount=total users.id=id
SELECT u.id, l.total FROM users u LEFT JOIN LATERAL (SELECT sum(o.amount) AS total FROM orders o WHERE o.uid = u.id) l ON true

-- t1 t2 >  : t1.a=a t1.id=id t2.b=b  with t1(id a) t2(id b)
SELECT id, a, b FROM t1 JOIN t2 USING (id)

-- t1 t2 >  : t1.a=a t1.id=id t2.b=b  with t1(id a) t2(id b)
SELECT * FROM t1 JOIN t2 USING (id)

-- t1 t2 >  : t1.a=a t1.id=id t2.b=b t2.id=id  with t1(id a) t2(id b)
SELECT * FROM t1 FULL JOIN t2 USING (id)

-- t1 t2 t3 >  : t1.id=id t2.id=id t2.k=k t3.k=k t3.z=z  with t1(id) t2(id k) t3(k z)
SELECT * FROM (t1 JOIN t2 ON t1.id = t2.id) JOIN t3 ON t3.k = t2.k

-- t1 t2 >  : t1.a=a t2.b=b  with t1(id a) t2(id b)
SELECT j.a, j.b FROM (t1 JOIN t2 USING (id)) AS j

-- t1 t2 >  : t1.a=a t1.id=id t2.b=bb  with t1(id a) t2(id b)
SELECT t1.*, t2.b AS bb FROM t1, t2

-- Sales.Orders >  : Sales.Orders.Id=Id Sales.Orders.Name=nm
SELECT "Id", "Name" AS nm FROM "Sales"."Orders"

-- t >  : t.n=g
SELECT generate_series(1, n) AS g FROM t

-- t >  : t.a=a t.cnt=n
SELECT g.n, t.a FROM t CROSS JOIN generate_series(1, t.cnt) AS g(n)

--  >
SELECT d::date AS day FROM generate_series('2020-01-01'::date, now(), interval '1 day') d

--  >
SELECT column1, column2 FROM (VALUES (1, 'a'), (2, 'b')) AS v

-- t >  : t.a=a
SELECT v.k, t.a FROM t JOIN (VALUES (1, 'x')) AS v(id, k) ON v.id = t.id

-- t >  : t.a=s t.b=s t.c=n
SELECT sum(a) FILTER (WHERE b > 0) AS s, count(*) FILTER (WHERE c) AS n FROM t

-- t >  : t.a=r t.b=r t.c=s t.d=s t.e=s
SELECT rank() OVER (PARTITION BY a ORDER BY b DESC) AS r, sum(c) OVER w AS s FROM t WINDOW w AS (PARTITION BY d ORDER BY e ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)

-- t >  : t.status=z t.x=z t.y=z
SELECT CASE status WHEN 'a' THEN x ELSE y END AS z FROM t

-- t >  : t.data=ab t.data=city t.data=has t.data=nm
SELECT data->>'name' AS nm, (data->'addr')->>'city' AS city, data #>> '{a,b}' AS ab, data @> '{"x":1}' AS has FROM t

-- t >  : t.id=id t.items=sku
SELECT t.id, e.value->>'sku' AS sku FROM t, jsonb_array_elements(t.items) e

-- t >  : t.id=id t.items=sku
SELECT t.id, e->>'sku' AS sku FROM t, jsonb_array_elements(t.items) AS e

-- t >  : t.id=id t.items=sku
SELECT t.id, e.elem->>'sku' AS sku, e.ord FROM t CROSS JOIN LATERAL jsonb_array_elements(t.items) WITH ORDINALITY AS e(elem, ord)

-- t >  : t.data=key t.data=value
SELECT k.key, k.value FROM t, jsonb_each_text(t.data) k

-- t >  : t.j=a t.j=b
SELECT x.a, x.b FROM t, jsonb_to_recordset(t.j) AS x(a int, b text)

-- t >  : t.j=a
SELECT (jsonb_populate_record(null::rt, t.j)).a AS a FROM t

-- posts >  : posts.id=id posts.tags=tag
SELECT id, unnest(tags) AS tag FROM posts

-- posts >  : posts.id=id posts.tags=tag
SELECT p.id, u.tag, u.n FROM posts p, unnest(p.tags) WITH ORDINALITY AS u(tag, n)

-- t >  : t.xs=a t.ys=b
SELECT u.a, u.b FROM t, unnest(t.xs, t.ys) AS u(a, b)

-- t >  : t.k=ks t.name=names t.seq=names
SELECT string_agg(name, ',' ORDER BY seq) AS names, array_agg(DISTINCT k ORDER BY k) ks FROM t

-- req >  : req.lat=p50 req.ok=p50
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY lat) FILTER (WHERE ok) AS p50 FROM req

-- src >  : src.a=j src.b=j
SELECT row_to_json(t) AS j FROM (SELECT a, b FROM src) t

-- t >  : t.id=js t.name=js
SELECT json_agg(json_build_object('id', id, 'n', name)) AS js FROM t

-- t >  : t.a=j t.b=j  with t(a b)
SELECT to_jsonb(t.*) AS j FROM t

-- t u >  : u.x=xs
SELECT ARRAY(SELECT x FROM u WHERE u.id = t.id) AS xs FROM t

-- ev >  : ev.t1=secs ev.t2=secs ev.ts=d ev.ts=u
SELECT EXTRACT(epoch FROM (t2 - t1)) AS secs, date_trunc('day', ts) AS d, ts AT TIME ZONE 'UTC' AS u FROM ev

-- t >  : t.a=s t.b=tr t.c=p t.d=o
SELECT substring(a FROM 1 FOR 3) s, trim(BOTH ' ' FROM b) tr, position('x' IN c) p, overlay(d PLACING 'x' FROM 2) o FROM t

-- t u >  : t.a=a
SELECT a FROM t WHERE (b, c) IN (SELECT x, y FROM u) GROUP BY GROUPING SETS ((a), ())

-- t >  : t.a=a t.b=b
SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, c DESC

-- s.t >  : s.t.a=a  with s.t(a)
SELECT t.* FROM s.t

-- s.t >  : s.t.a=a
SELECT s.t.a FROM s.t

-- t >  : t.a=a t.comp=cx  with t(a comp)
SELECT (t).a, (t.comp).x AS cx FROM t

-- t >  : t.a=b t.b=a
SELECT a AS b, b AS a FROM t

-- t >  : t.a=a2
SELECT a + 1 AS a2 FROM t ORDER BY a2

-- t >  : t.a=a  with t(a)
TABLE t

--  >
SELECT * FROM ROWS FROM (generate_series(1,2), unnest(ARRAY[1])) AS x(a,b)

-- t >  : t.a=a
SELECT a, count(*) FROM t TABLESAMPLE BERNOULLI (10) GROUP BY ROLLUP (a)

-- t >  : t.a=~ t.b=~
SELECT coalesce(a, b) FROM t

-- t >  : t.a=v t.b=v
SELECT x.v FROM t CROSS JOIN LATERAL (VALUES ('a', t.a), ('b', t.b)) AS x(k, v)

--  >  : ?
SELECT crosstab.* FROM crosstab('select a,b,c from t') AS ct(a text, b int)

-- parent >  : parent.a=a
SELECT a FROM ONLY parent

-- t1 t2 t3 >  : t1.a=a
SELECT l.a FROM t1 l LEFT OUTER JOIN t2 r ON l.id = r.id AND r.x > (SELECT avg(y) FROM t3)

-- xd >  : xd.data=id xd.data=nm
SELECT xmltable.* FROM xd, XMLTABLE('/r/row' PASSING data COLUMNS id int PATH '@id', nm text PATH 'n')

-- t >  : t.js=id t.js=nm
SELECT jt.* FROM t, JSON_TABLE(t.js, '$.a[*]' COLUMNS (id int PATH '$.id', nm text PATH '$.n')) AS jt

-- a b >  : a.x=x b.y=y
SELECT a.x, b.y FROM a NATURAL LEFT JOIN b

-- tx >  : tx.amt=total tx.d=total
SELECT cume.total FROM (SELECT sum(amt) OVER (ORDER BY d) total FROM tx) cume

-- t >  : t.a=a
SELECT t.a FROM t, t AS t2 WHERE t.id = t2.id

-- t >  : t.a=a
WITH t AS (SELECT * FROM t) SELECT a FROM t

-- t >  : t.q=b
WITH x(a, b) AS MATERIALIZED (SELECT p, q FROM t) SELECT b FROM x

-- emp >  : emp.id=id
WITH RECURSIVE s AS (SELECT id, mgr FROM emp) SEARCH DEPTH FIRST BY id SET ordercol SELECT id FROM s

-- t >  : t.a=c t.a=m t.b=m t.x=z
SELECT count(DISTINCT a) c, max(greatest(a, b)) m, bool_or(x IS NOT NULL) z FROM t

-- t >  : t.a=btw t.a=d t.arr=an t.b=d t.n=l t.q=an t.x=btw t.y=btw
SELECT a IS DISTINCT FROM b AS d, a BETWEEN x AND y AS btw, n LIKE '%z' ESCAPE '!' AS l, q = ANY(arr) AS an FROM t

-- pg_catalog.pg_class pg_catalog.pg_namespace >  : pg_catalog.pg_class.relname=relname pg_catalog.pg_namespace.nspname=nspname
SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace

-- a b >  : a.id=id a.x=x b.id=id b.y=y  with a(id x) b(id y)
SELECT * FROM a, b

-- a b >  : a.id=id a.x=x b.y=y  with a(id x) b(id y)
SELECT * FROM a NATURAL JOIN b

-- a > t : a.id=t.id a.x=t.x
SELECT id, x INTO TEMP t FROM a

-- a b >  : a.x=x b.y=x
(SELECT x FROM a) UNION ALL (SELECT y FROM b) ORDER BY 1

-- a b >  : a.x=x b.y=x
SELECT u.x FROM (SELECT x FROM a UNION SELECT y FROM b) AS u

-- a b >  : a.x=k b.y=k
SELECT u.k FROM (SELECT x FROM a UNION SELECT y FROM b) AS u(k)

-- t u >  : t.b=b
SELECT a.b FROM t a JOIN u b ON a.id = b.id

-- t u w >  : t.id=f u.b=b w.z=f
SELECT b.b, a.id IN (SELECT z FROM w) AS f FROM t a JOIN u b ON a.id = b.id

-- a >  : a.x=y
SELECT x AS y, count(*) AS n FROM a GROUP BY y HAVING count(*) > 1

-- t >  : t.j=m t.j=p
SELECT jsonb_path_query(j, '$.a') AS p, j #- '{b}' AS m FROM t

--  >  : ?
SELECT * FROM app.get_rows(1, 'x')

-- a >  : a.id=p a.id=q
SELECT g.* FROM a CROSS JOIN LATERAL app.get_rows(a.id) AS g(p, q)

-- a >  : a.id=prev a.ts=prev a.x=prev a.x=x
SELECT a.x, lag(a.x) OVER (PARTITION BY a.id ORDER BY a.ts) AS prev FROM a

-- a >  : ?
SELECT first_value(x) OVER w, x - avg(x) OVER w AS diff FROM a WINDOW w AS (PARTITION BY id)

-- a >  : a.id=r a.x=r
SELECT sum(x) OVER () / NULLIF(sum(sum(x)) OVER (ORDER BY id), 0) AS r FROM a GROUP BY id

-- a b >  : a.x=r
SELECT CASE WHEN EXISTS (SELECT 1 FROM b WHERE b.id = a.id) THEN a.x END AS r FROM a

-- a >  : a.x=n a.y=d a.z=z
SELECT a.x::numeric(10,2) AS n, CAST(a.y AS date) AS d, a.z::text FROM a

-- a >  : a.n=dd a.n=iv
SELECT INTERVAL '1 day' * n AS iv, date '2020-01-01' + n AS dd FROM a

-- a >
SELECT count(*) FROM a

-- a >
SELECT count(*) AS c, now() AS t, 1 AS one FROM a

-- a >  : a.addr=city a.arr=f a.arr=s
SELECT (a.addr).city AS city, (a.arr)[1] AS f, a.arr[2:3] AS s FROM a

-- a b >  : a.id=id a.x=x b.y=y  with a(id x) b(id y)
SELECT s.* FROM (SELECT a.*, b.y FROM a JOIN b ON a.id = b.id) s

-- a b >  : a.id=id b.y=y  with a(id x) b(id y)
SELECT s.id, s.y FROM (SELECT * FROM a JOIN b USING (id)) s

-- a b >  : a.id=id
SELECT id FROM a WHERE x > ALL (SELECT y FROM b)

-- a b >  : a.id=id
SELECT DISTINCT id FROM a WHERE x = (SELECT max(y) FROM b WHERE b.id = a.id)

-- db.s.t >  : db.s.t.x=x
SELECT t.x FROM db.s.t

-- db.s.t >  : db.s.t.x=x
SELECT db.s.t.x FROM db.s.t

-- T >  : T.X=X
SELECT "T"."X" FROM "T"

-- T >  : T.x=x T.y=Z
SELECT X, Y AS "Z" FROM "T"

--  >
WITH a AS (SELECT 1 AS x) SELECT x FROM a

-- a b >  : a.id=id a.x=mz a.x=z b.y=mz b.y=z
WITH c1 AS (SELECT id, x FROM a), c2 AS (SELECT c1.id, c1.x + b.y AS z FROM c1 JOIN b ON b.id = c1.id), c3 AS (SELECT id, max(z) AS mz FROM c2 GROUP BY id) SELECT c3.id, c3.mz, c2.z FROM c3 JOIN c2 USING (id)

-- a b >  : a.x=x b.y=x
WITH c AS (SELECT x FROM a), d AS (SELECT y FROM b) SELECT x FROM c UNION ALL SELECT y FROM d

-- a b >  : a.x=v b.y=v
SELECT coalesce(a.x, b.y, 0) AS v FROM a FULL OUTER JOIN b ON a.id = b.id

-- a b >  : a.id=id b.id=id  with a(id x) b(id y)
SELECT id FROM a FULL JOIN b USING (id)

-- a b >  : b.id=id  with a(id x) b(id y)
SELECT id FROM a RIGHT JOIN b USING (id)

-- a b >  : a.id=id b.id=bid  with a(id x) b(id y)
SELECT a.id, b.id AS bid FROM a LEFT JOIN b USING (id)

-- a b c >  : a.id=id a.x=x b.y=y c.z=z  with a(id x) b(id y) c(id z)
SELECT id, x, y, z FROM a JOIN b USING (id) JOIN c USING (id)

-- t >  : t.ts2=a t.ts=a t.ts=dow t.ts=y
SELECT to_char(ts, 'YYYY') AS y, extract(dow FROM ts) AS dow, age(ts2, ts) AS a FROM t

-- a >  : a.id=xs a.x=xs a.y=m
SELECT array_to_string(array_agg(x ORDER BY id), ',') AS xs, mode() WITHIN GROUP (ORDER BY y) AS m FROM a

-- a >  : a.x=x
SELECT x FROM a ORDER BY id LIMIT 10 OFFSET 5 FOR UPDATE SKIP LOCKED

-- t >  : t.grp=grp t.v=vs t.w=vs
SELECT grp, array_agg(DISTINCT v) FILTER (WHERE v IS NOT NULL AND w) AS vs FROM t GROUP BY grp

-- a >  : a.id=id a.id=rn a.x=x  with a(id x) b(id y)
SELECT x.* FROM (SELECT row_number() OVER (ORDER BY id) AS rn, a.* FROM a) x WHERE rn = 1

-- a >  : a.x=s
SELECT d.day, coalesce(sum(a.x), 0) AS s FROM generate_series('2020-01-01'::date, '2020-02-01'::date, '1 day') AS d(day) LEFT JOIN a ON a.dt = d.day GROUP BY 1

-- emp >  : emp.name=mgr emp.name=name
SELECT e.name, m.name AS mgr FROM emp e LEFT JOIN emp m ON e.mgr = m.id

-- a b >  : a.x=x
SELECT x FROM a WHERE (SELECT count(*) FROM b WHERE b.id = a.id) > 1

-- a >  : a.x=m a.x=r a.y=sp
SELECT regexp_replace(x, '[^a-z]', '', 'g') AS r, split_part(y, '-', 1) AS sp, x ~ 'a' AS m FROM a

-- t1 t2 >  : ?
SELECT a FROM t1 INNER JOIN t2 ON t1.id = t2.id

-- t1 t2 >
SELECT t1.*, t2.* FROM t1 JOIN t2 ON t1.id = t2.id

-- t >  : t.id=id t.x=x
SELECT a.* FROM (SELECT id, x FROM t) a

-- t >  : t.k=k t.v=f
SELECT m.k, (m.v).f AS f FROM (SELECT k, v FROM t) m

-- t t_arch >  : t.x=x t_arch.x=x
SELECT x FROM t WHERE ts > now() - interval '1 day' UNION ALL SELECT x FROM t_arch

-- a b c >  : a.id=id b.id=id
SELECT id FROM ((SELECT id FROM a) UNION (SELECT id FROM b)) u JOIN c USING (id)

-- a b >  : a.id=id b.v=v
SELECT a.id, b.v FROM a LEFT JOIN (SELECT DISTINCT ON (id) id, v FROM b ORDER BY id, ts DESC) b ON b.id = a.id

--  >
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n+1 FROM t WHERE n < 100) SELECT sum(n) FROM t

-- n >  : n.id=id n.id=path
WITH RECURSIVE p AS (SELECT id, parent, ARRAY[id] AS path FROM n WHERE parent IS NULL UNION ALL SELECT n.id, n.parent, p.path || n.id FROM n, p WHERE n.parent = p.id) SELECT path, id FROM p

-- b t >  : b.id=j b.y=j t.a=j  with b(id y) t(id a)
SELECT json_build_object('a', a, 'b', (SELECT json_agg(b.*) FROM b WHERE b.id = t.id)) AS j FROM t

-- a b >  : a.id=id a.x=x b.v=v  with a(id x) b(id v)
SELECT (SELECT b.v FROM b WHERE b.id = a.id) AS v, a.* FROM a

-- t >  : t.a=s t.b=s t.c=g t.d=g
SELECT nullif(a,'')::int + coalesce(b,0) AS s, greatest(c, d) g FROM t

-- t >  : t.g=l t.g=q t.x=l t.z=q
SELECT lag(x,1) OVER w AS l, ntile(4) OVER (w ORDER BY z) AS q FROM t WINDOW w AS (PARTITION BY g)

-- sch.tab >  : sch.tab.C=C sch.tab.a=A_b
SELECT s.a AS "A b", s."C" FROM sch.tab s

--  >
SELECT * FROM dblink('c', 'select 1') AS t(a int, b text)

-- pg_attribute >  : pg_attribute.atttypid=ty pg_attribute.atttypmod=ty
SELECT pg_catalog.format_type(a.atttypid, a.atttypmod) AS ty FROM pg_attribute a

-- t1 t2 >  : t1.a=a  with t1(a) t2(b)
SELECT a FROM t1 CROSS JOIN t2

-- x >  : ?
SELECT d.a FROM (SELECT a FROM x) d(b)

-- t >  : t.data=k t.id=id
SELECT t.id, j.k FROM t LEFT JOIN LATERAL jsonb_object_keys(t.data) AS j(k) ON TRUE

-- t >  : t.data=a t.id=id
SELECT t.id, e ->> 'a' AS a FROM t LEFT JOIN LATERAL jsonb_array_elements(t.data -> 'x') AS e ON TRUE
