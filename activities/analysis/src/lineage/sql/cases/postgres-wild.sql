-- dock.crane > : dock.crane.id=fingerprint dock.crane.id=id dock.crane.reach=fingerprint  with dock.crane(id reach)
SELECT c.id, md5(c::text) AS fingerprint FROM dock.crane c

-- dock.crane > : dock.crane.id=doc dock.crane.reach=doc  with dock.crane(id reach)
SELECT to_jsonb(c) AS doc FROM dock.crane AS c

-- dock.crane > : dock.crane.kind=kind dock.crane.kind=rows
/* outer /* inner */ still a comment; DROP TABLE x */ SELECT c.kind, JSON_ARRAYAGG(c.kind ORDER BY c.kind) AS rows FROM dock.crane c GROUP BY c.kind

-- dock.crane > : dock.crane.id=o dock.crane.reach=o dock.crane.spec=q dock.crane.spec=v
SELECT JSON_OBJECT('id' VALUE c.id, 'reach' VALUE c.reach ABSENT ON NULL) AS o, JSON_VALUE(c.spec, '$.load' RETURNING numeric DEFAULT 0 ON EMPTY) AS v, JSON_QUERY(c.spec, '$.tags' WITH WRAPPER) AS q FROM dock.crane c

-- dock.crane > : dock.crane.kind=per_kind dock.crane.reach=per_kind
SELECT json_object_agg(kind, reach) AS per_kind FROM dock.crane

-- dock.crane > : dock.crane.loads=second dock.crane.loads=tail dock.crane.n=second
SELECT loads[n + 1] AS second, loads[2:] AS tail FROM dock.crane

-- dock.crane > : dock.crane.id=id dock.crane.loads=biggest
SELECT c.id, (SELECT max(l) FROM unnest(c.loads) AS l) AS biggest FROM dock.crane c

-- dock.crane > : dock.crane.id=id dock.crane.loads=load dock.crane.loads=pos
SELECT c.id, i AS pos, c.loads[i] AS load FROM dock.crane c, generate_subscripts(c.loads, 1) AS i

-- dock.crane > : dock.crane.id=id dock.crane.notes=word
SELECT c.id, p.word, p.n FROM dock.crane c CROSS JOIN LATERAL regexp_split_to_table(c.notes, ',') WITH ORDINALITY AS p(word, n)

-- dock.crane > : dock.crane.id=id dock.crane.spec=k dock.crane.spec=v
SELECT c.id, e.k, e.v FROM dock.crane c LEFT JOIN LATERAL jsonb_each_text(c.spec) WITH ORDINALITY AS e(k, v, n) ON e.n < 5

-- dock.crane > : dock.crane.id=a dock.crane.reach=b  with dock.crane(id reach kind)
SELECT a, b FROM dock.crane AS c (a, b)

-- dock.move > dock.crane : dock.move.at=dock.crane.seen dock.move.at=dock.crane.top dock.move.crane=dock.crane.id
INSERT INTO dock.crane AS c (id, seen) SELECT m.crane, max(m.at) FROM dock.move m GROUP BY m.crane ON CONFLICT (id) DO UPDATE SET (seen, top) = (SELECT max(x.at), min(x.at) FROM dock.move x WHERE x.crane = excluded.id) WHERE c.seen < excluded.seen

-- dock.crane dock.move > dock.crane dock.log : dock.crane.id=dock.log.crane dock.crane.reach=dock.log.was dock.move.reach=dock.crane.reach
WITH changed AS (UPDATE dock.crane c SET reach = m.reach FROM dock.move m WHERE m.crane = c.id RETURNING c.id, old.reach AS was) INSERT INTO dock.log (crane, was) SELECT id, was FROM changed

-- dock.crane dock.move > dock.crane dock.log : dock.crane.id=dock.log.crane dock.move.crane=dock.crane.id dock.move.reach=dock.crane.reach
WITH merged AS (MERGE INTO dock.crane c USING dock.move m ON m.crane = c.id WHEN MATCHED THEN UPDATE SET reach = m.reach WHEN NOT MATCHED THEN INSERT (id, reach) VALUES (m.crane, m.reach) RETURNING merge_action() AS what, c.id) INSERT INTO dock.log (crane) SELECT id FROM merged

-- dock.crane > : dock.crane.id=id dock.crane.parent=parent
WITH RECURSIVE up AS (SELECT id, parent FROM dock.crane UNION ALL SELECT c.id, c.parent FROM dock.crane c JOIN up ON up.parent = c.id) CYCLE id SET is_cycle USING path SELECT id, parent FROM up WHERE NOT is_cycle

-- dock.crane > : dock.crane.id=dock_crane_id dock.crane.kind=dock_crane_kind
SELECT anon_1.dock_crane_id, anon_1.dock_crane_kind FROM (SELECT dock.crane.id AS dock_crane_id, dock.crane.kind AS dock_crane_kind FROM dock.crane WHERE dock.crane.kind = %(kind_1)s LIMIT %(param_1)s) AS anon_1

-- public.app_berth public.app_crane > : public.app_berth.id=n public.app_crane.id=id public.app_crane.name=name
SELECT "public"."app_crane"."id", "public"."app_crane"."name", COUNT("public"."app_berth"."id") AS "n" FROM "public"."app_crane" LEFT OUTER JOIN "public"."app_berth" ON ("public"."app_crane"."id" = "public"."app_berth"."crane_id") GROUP BY "public"."app_crane"."id", 2 HAVING COUNT("public"."app_berth"."id") > 1 ORDER BY "n" DESC

-- dock.move > : dock.move.at=moves.month dock.move.id=moves.count dock.move.load=sum:load:ok
SELECT TO_CHAR(DATE_TRUNC('month', "q"."at"), 'YYYY-MM') AS "moves.month", COUNT(DISTINCT "q"."id") AS "moves.count", SUM("q"."load") AS "sum:load:ok" FROM (SELECT * FROM dock.move WHERE load > 0) "q" GROUP BY 1 ORDER BY 2 DESC LIMIT 500

-- wh.stage.move > wh.mart.move : wh.stage.move.crane=wh.mart.move.crane wh.stage.move.load=wh.mart.move.load
/* {"app": "dbt", "node_id": "model.wh.move"} */
create temporary table "move__dbt_tmp" as (select "crane", sum("load") as "load" from "wh"."stage"."move" group by 1);
delete from "wh"."mart"."move" as DBT_INTERNAL_DEST using "move__dbt_tmp" where "move__dbt_tmp"."crane" = DBT_INTERNAL_DEST."crane";
insert into "wh"."mart"."move" ("crane", "load") (select "crane", "load" from "move__dbt_tmp")

-- wh.stage.move > wh.mart.move : wh.stage.move.id=wh.mart.move.id
create table "wh"."mart"."move__dbt_tmp" as (select id from "wh"."stage"."move"); alter table "wh"."mart"."move" rename to "move__dbt_backup"; alter table "wh"."mart"."move__dbt_tmp" rename to "move"; drop table if exists "wh"."mart"."move__dbt_backup" cascade

-- dock.snap_tmp > dock.snap : dock.snap_tmp.dbt_valid_to=dock.snap.dbt_valid_to
update dock.snap set dbt_valid_to = DBT_INTERNAL_SOURCE.dbt_valid_to from dock.snap_tmp as DBT_INTERNAL_SOURCE where DBT_INTERNAL_SOURCE.dbt_scd_id::text = dock.snap.dbt_scd_id::text and DBT_INTERNAL_SOURCE.dbt_change_type::text in ('update'::text, 'delete'::text)

-- dock.move > : dock.move.crane=crane dock.move.load=loads
SELECT crane, LISTAGG(DISTINCT load::varchar, '|') WITHIN GROUP (ORDER BY load) AS loads FROM dock.move GROUP BY crane

-- dock.move > : dock.move.at=local_at dock.move.crane=crane
SELECT TOP 10 crane, CONVERT_TIMEZONE('UTC', 'Asia/Tokyo', at) AS local_at FROM dock.move QUALIFY ROW_NUMBER() OVER (PARTITION BY crane ORDER BY at DESC) = 1

-- dock.move > : ?
UNLOAD ('SELECT crane, load FROM dock.move WHERE kind = ''x''') TO 's3://b/p/' IAM_ROLE 'arn:aws:iam::1:role/r' FORMAT AS PARQUET

-- > dock.move : ?
COPY dock.move (crane, load) FROM 's3://b/p/' IAM_ROLE 'arn:aws:iam::1:role/r' FORMAT AS CSV IGNOREHEADER 1 DATEFORMAT 'auto'

-- dock.move > dock.daily : dock.move.at=dock.daily.day dock.move.load=dock.daily.load
CREATE TABLE dock.daily DISTSTYLE KEY DISTKEY (day) COMPOUND SORTKEY (day) AS SELECT at::date AS day, sum(load) AS load FROM dock.move GROUP BY 1

-- dock.move dock.move_old > : dock.move.crane=crane dock.move_old.crane=crane
SELECT crane FROM dock.move MINUS SELECT crane FROM dock.move_old

-- dock.move > dock.late : dock.move.id=dock.late.id dock.move.note=dock.late.why
CREATE RULE keep_late AS ON INSERT TO dock.late DO INSTEAD NOTHING; PREPARE late_moves (int) AS INSERT INTO dock.late (id, why) SELECT m.id, nullif(btrim(m.note), '') FROM dock.move m WHERE m.delay > $1; EXECUTE late_moves(30)

-- dock.crane dock.move > : dock.crane.name=crane dock.move.crane=avg_load dock.move.load=avg_load dock.move.load=load
SELECT c.name AS crane, m.load, avg(m.load) OVER (PARTITION BY m.crane ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS avg_load FROM dock.crane c, dock.move m WHERE c.id = m.crane FETCH FIRST 5 ROWS WITH TIES FOR SHARE OF m NOWAIT

-- dock.crane dock.move > : dock.crane.id=id dock.move.at=last_at dock.move.load=last_load
SELECT c.id, last.at AS last_at, last.load AS last_load FROM dock.crane c LEFT JOIN LATERAL (SELECT m.* FROM dock.move m WHERE m.crane = c.id ORDER BY m.at DESC LIMIT 1) last ON true

-- dock.crane > : dock.crane.id=id dock.crane.kind=label dock.crane.name=label
SELECT id, dock.describe(what => kind, "name" := name, 'x') AS label FROM dock.crane

-- dock.move > dock.v_move : dock.move.load=dock.v_move.case dock.move.load=dock.v_move.round
CREATE VIEW dock.v_move AS SELECT round(load, 1), CASE WHEN load > 3 THEN 'big' ELSE 'small' END FROM dock.move

-- dock.berth dock.crane > dock.pair : dock.berth.id=dock.pair.b dock.crane.id=dock.pair.a
INSERT INTO dock.pair (a, b) SELECT (x.p).id, x.q FROM (SELECT c AS p, b.id AS q FROM dock.crane c JOIN dock.berth b ON true) x

-- dock.crane dock.move > dock.crane_wide : dock.crane.id=dock.crane_wide.id dock.crane.name=dock.crane_wide.name dock.move.id=dock.crane_wide.moves  with dock.crane(id name)
CREATE MATERIALIZED VIEW dock.crane_wide AS SELECT c.*, stats.moves FROM dock.crane c LEFT JOIN (SELECT crane, count(DISTINCT id) moves FROM dock.move GROUP BY crane) stats ON stats.crane = c.id WITH NO DATA

-- dock.move > dock.hist : dock.move.id=dock.hist.id dock.move.load=dock.hist.load
DO LANGUAGE plpgsql $do$ DECLARE rec dock.move%ROWTYPE; BEGIN FOR rec IN SELECT * FROM dock.move WHERE at < now() - interval '1 year' LOOP INSERT INTO dock.hist (id, load) VALUES (rec.id, rec.load); DELETE FROM dock.hist WHERE id = rec.id AND load IS NULL; END LOOP; END $do$

-- dock.move > dock.sums : dock.move.crane=dock.sums.crane dock.move.load=dock.sums.load
CREATE OR REPLACE PROCEDURE dock.refresh_sums(IN since date DEFAULT current_date) LANGUAGE plpgsql AS $$ BEGIN CREATE TEMP TABLE t_sums ON COMMIT DROP AS SELECT crane, sum(load) AS load FROM dock.move WHERE at >= since GROUP BY crane; INSERT INTO dock.sums SELECT t.crane, t.load FROM t_sums t ON CONFLICT (crane) DO UPDATE SET load = excluded.load; RAISE NOTICE 'done %', since; EXCEPTION WHEN unique_violation THEN ROLLBACK; END $$

-- dock.move > dock.trace : dock.move.id=dock.trace.id
CREATE OR REPLACE FUNCTION dock.on_move() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' THEN INSERT INTO dock.trace (id) SELECT m.id FROM dock.move m WHERE m.id = OLD.id; ELSIF NEW.load > 5 THEN PERFORM pg_notify('big', NEW.id::text); END IF; RETURN NULL; END $$

-- dock.move > dock.part_a : dock.move.id=dock.part_a.id
CREATE TABLE dock.part_a (id int, load numeric, CHECK (load > 0)) PARTITION BY RANGE (id); INSERT INTO dock.part_a SELECT id FROM dock.move

-- dock.crane > : dock.crane.h=area dock.crane.id=ID dock.crane.w=area
SELECT c.id AS "ID", c.w OPERATOR(pg_catalog.*) c.h AS area FROM dock.crane c WHERE c.name COLLATE "C" ~* '^a' AND (c.w, c.h) OVERLAPS (1, 2)

-- dock.crane > dock.crane dock.gone : dock.crane.id=dock.gone.id dock.crane.name=dock.gone.name
WITH old_cranes AS (DELETE FROM dock.crane USING dock.crane AS newer WHERE newer.name = dock.crane.name AND newer.id > dock.crane.id RETURNING dock.crane.*) INSERT INTO dock.gone (id, name) SELECT id, name FROM old_cranes

-- dock.crane > : dock.crane.born=age dock.crane.name=initials
SELECT left(name, 1) || '.' AS initials, CAST(extract(year FROM age(born AT TIME ZONE 'UTC')) AS smallint) AS age FROM dock.crane WHERE born IS DISTINCT FROM NULL

-- dock.crane dock.move > : dock.crane.name=b dock.move.note=a
SELECT m.note AS a, NULL AS b FROM dock.move m UNION ALL (SELECT NULL, c.name FROM dock.crane c ORDER BY c.name LIMIT 3) ORDER BY a NULLS LAST

-- ext.csv_moves > dock.move : ext.csv_moves.c1=dock.move.id ext.csv_moves.c2=dock.move.load
INSERT INTO dock.move (id, load) SELECT c1::int, nullif(replace(c2, ',', '.'), '')::numeric(10, 2) FROM ext.csv_moves WHERE c1 ~ '^\d+$' ON CONFLICT DO NOTHING RETURNING id

-- inv.stock > inv.item : inv.stock.n=inv.item.on_hand
UPDATE inv.item SET on_hand = s.n FROM (SELECT sku, sum(n) AS n FROM inv.stock GROUP BY sku HAVING sum(n) > 0) AS s WHERE item.sku = s.sku

-- inv.item > : inv.item.kind=kind inv.item.price=cheap inv.item.price=dear
SELECT kind, (array_agg(price ORDER BY price))[1] AS cheap, (array_agg(price ORDER BY price DESC))[1] AS dear FROM inv.item GROUP BY kind

-- inv.item > : inv.item.attrs=colour inv.item.sku=sku
SELECT sku, attrs -> 'look' ->> 'colour' AS colour FROM inv.item WHERE attrs @? '$.look' AND NOT attrs ?| array['a', 'b']

-- inv.item > inv.item_audit : inv.item.price=inv.item_audit.price inv.item.sku=inv.item_audit.sku
INSERT INTO inv.item_audit SELECT sku, price FROM inv.item WHERE price > 3 RETURNING *

-- inv.item inv.price_in > : inv.item.sku=sku inv.price_in.p=was
SELECT i.sku, p.p AS was FROM inv.item i JOIN inv.price_in p ON (p.sku = i.sku AND p.at = (SELECT max(q.at) FROM inv.price_in q WHERE q.sku = i.sku))

-- inv.item > : inv.item.sku=sku inv.item.tags=tags
SELECT sku, string_agg(DISTINCT t.tag, ', ' ORDER BY t.tag) AS tags FROM inv.item, LATERAL unnest(tags) AS t(tag) GROUP BY sku

-- inv.item > : inv.item.a=v inv.item.b=v inv.item.sku=sku
SELECT i.sku, x.v FROM inv.item i CROSS JOIN LATERAL unnest(ARRAY[i.a, i.b]) AS x(v)

-- inv.item > : inv.item.a=v inv.item.b=v inv.item.sku=sku
SELECT i.sku, x.k, x.v FROM inv.item i, LATERAL (VALUES ('a', i.a), ('b', i.b)) AS x(k, v) WHERE x.v IS NOT NULL

-- inv.item > : inv.item.price=new_price inv.item.sku=sku
WITH new_prices(sku, new_price) AS (SELECT sku, price * 1.1 FROM inv.item) TABLE new_prices

-- inv.item inv.stock > : inv.item.sku=sku inv.stock.n=n inv.stock.sku=sku  with inv.item(sku name) inv.stock(sku n)
SELECT sku, n FROM inv.item FULL OUTER JOIN inv.stock USING (sku) ORDER BY sku

-- inv.item inv.stock > : inv.item.name=name inv.item.sku=sku inv.stock.n=n  with inv.item(sku name) inv.stock(sku n)
SELECT * FROM inv.item NATURAL JOIN inv.stock

-- inv.item inv.stock > inv.v : inv.item.name=inv.v.name inv.item.sku=inv.v.sku inv.stock.n=inv.v.n  with inv.item(sku name) inv.stock(sku n)
CREATE VIEW inv.v AS SELECT i.*, n FROM inv.item i LEFT JOIN inv.stock s ON s.sku = i.sku

-- inv.item > : inv.item.name=name inv.item.sku=sku  with inv.item(sku name)
SELECT (i).* FROM inv.item i

-- inv.item > : inv.item.dims=w
SELECT (dims).w FROM inv.item

-- inv.item > : inv.item.name=json inv.item.sku=json  with inv.item(sku name)
SELECT row_to_json(x) AS json FROM (SELECT sku, name FROM inv.item) x

-- inv.log > : inv.log.doc=qty inv.log.doc=sku inv.log.id=id
SELECT l.id, r.sku, r.qty FROM inv.log l, json_to_recordset(l.doc -> 'rows') AS r (sku text, qty int)

-- inv.log > inv.item : inv.log.doc=inv.item.name inv.log.doc=inv.item.sku  with inv.item(sku name)
INSERT INTO inv.item SELECT r.* FROM inv.log l CROSS JOIN LATERAL jsonb_populate_recordset(NULL::inv.item, l.doc) AS r(sku, name)

-- inv.log > : inv.log.doc=n
SELECT count(*) FILTER (WHERE doc ? 'a') AS n FROM inv.log

-- inv.log > : inv.log.at=day inv.log.id=n
SELECT date_trunc('day', l.at AT TIME ZONE 'UTC')::date AS day, count(DISTINCT l.id) AS n FROM inv.log AS l WHERE l.at BETWEEN '2030-01-01' AND now() GROUP BY 1 ORDER BY 1 DESC

-- inv.log > : inv.log.at=gap inv.log.who=gap inv.log.who=who
SELECT who, at - lag(at) OVER (PARTITION BY who ORDER BY at) AS gap FROM inv.log

-- inv.log > : inv.log.at=session inv.log.who=session inv.log.who=who
SELECT who, sum(is_new) OVER (PARTITION BY who ORDER BY at) AS session FROM (SELECT who, at, CASE WHEN at - lag(at) OVER (PARTITION BY who ORDER BY at) > interval '30 min' THEN 1 ELSE 0 END AS is_new FROM inv.log) s

-- inv.edge > : inv.edge.a=path inv.edge.a=start inv.edge.b=path
WITH RECURSIVE walk(start, at, path) AS (SELECT a, b, ARRAY[a, b] FROM inv.edge UNION ALL SELECT w.start, e.b, w.path || e.b FROM walk w JOIN inv.edge e ON e.a = w.at WHERE e.b <> ALL (w.path)) SELECT start, path FROM walk

-- inv.item > inv.item_new : inv.item.name=inv.item_new.name inv.item.sku=inv.item_new.sku
BEGIN; CREATE TABLE inv.item_new (LIKE inv.item INCLUDING ALL); INSERT INTO inv.item_new (sku, name) SELECT sku, upper(name) FROM inv.item; ANALYZE inv.item_new; COMMIT

-- inv.feed > inv.item : inv.feed.name=inv.item.name inv.feed.sku=inv.item.sku
CREATE TEMP TABLE tmp_item AS SELECT * FROM inv.feed WITH NO DATA; INSERT INTO tmp_item (sku, name) SELECT sku, name FROM inv.feed; INSERT INTO inv.item (sku, name) SELECT t.sku, t.name FROM tmp_item t

-- inv.feed > inv.item : inv.feed.name=inv.item.name inv.feed.sku=inv.item.sku
MERGE INTO inv.item AS i USING inv.feed AS f ON i.sku = f.sku WHEN MATCHED AND i.name IS DISTINCT FROM f.name THEN UPDATE SET name = f.name, changed = now() WHEN NOT MATCHED THEN INSERT (sku, name, made) VALUES (f.sku, f.name, DEFAULT) WHEN NOT MATCHED BY SOURCE THEN DO NOTHING

-- inv.feed > inv.item : inv.feed.sku=inv.item.sku
DO $$ DECLARE f inv.feed; BEGIN FOR f IN EXECUTE 'SELECT * FROM inv.feed WHERE at > $1' USING now() LOOP INSERT INTO inv.item (sku) VALUES (f.sku); END LOOP; END $$

-- inv.feed inv.item > inv.item : inv.feed.sku=inv.item.sku
CREATE FUNCTION inv.take() RETURNS int LANGUAGE sql AS $$ WITH ins AS (INSERT INTO inv.item (sku) SELECT sku FROM inv.feed RETURNING 1) SELECT count(*)::int FROM ins $$

-- inv.feed > : inv.feed.name=name inv.feed.sku=sku
CREATE FUNCTION inv.read_feed(n int) RETURNS TABLE (sku text, name text) LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN QUERY SELECT f.sku, f.name FROM inv.feed f LIMIT n; END $$

-- a.feed b.feed > : a.feed.v=v1 b.feed.v=v2
SELECT a.feed.v AS v1, b.feed.v AS v2 FROM a.feed JOIN b.feed ON a.feed.id = b.feed.id

-- feed > : feed.v=v feed.x=y
SELECT f.v, y FROM feed f, LATERAL (SELECT f.x + 1 AS y) calc WHERE y > 2

-- feed > : feed.x=y feed.x=z
SELECT q.y, z FROM feed CROSS JOIN LATERAL (SELECT feed.x AS y) q CROSS JOIN LATERAL (SELECT q.y * 2 AS z) r

-- feed > : feed.v=max
SELECT max FROM (SELECT max(v) FROM feed) AS m

-- feed queue_a > out_a queue_a : feed.id=out_a.id feed.v=out_a.v
WITH batch AS (DELETE FROM queue_a WHERE id IN (SELECT id FROM queue_a ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 10) RETURNING id) INSERT INTO out_a (id, v) SELECT f.id, f.v FROM feed f JOIN batch b ON b.id = f.id

-- feed > : ?
DECLARE cur SCROLL CURSOR WITH HOLD FOR SELECT id, v FROM feed ORDER BY id

-- feed > feed_parts : feed.v=feed_parts.v
INSERT INTO feed_parts (v) SELECT unnest(string_to_array(v, ',')) FROM feed

-- feed > : feed.v=first feed.v=rest
SELECT split_part(v, ' ', 1) AS first, regexp_replace(substring(v from position(' ' in v)), '\s+', ' ', 'g') AS rest FROM feed

-- feed other > : feed.id=id
SELECT id FROM feed WHERE (id, v) NOT IN (SELECT o.id, o.v FROM other o) AND v = ANY (SELECT v FROM other)

-- feed > : feed.a=x feed.b=x feed.c=x
SELECT CASE a WHEN 1 THEN b ELSE COALESCE(NULLIF(c, ''), 'none') END AS x FROM feed

-- feed > feed_view : feed.v=feed_view.value
CREATE OR REPLACE TEMP VIEW feed_view ("value") AS SELECT v FROM feed WITH LOCAL CHECK OPTION

-- feed > : feed.id=Id feed.v=Value
SELECT "t0"."id" AS "Id", "t0"."v" AS "Value" FROM (SELECT "f"."id", "f"."v", ROW_NUMBER() OVER (PARTITION BY "f"."v" ORDER BY "f"."id") AS "row" FROM "feed" AS "f") AS "t0" WHERE "t0"."row" <= 1

-- feed > : feed.id=id_0 feed.v=v_0
select f1_0.id as id_0, f1_0.v as v_0 from feed f1_0 where f1_0.id=? and f1_0.v like ? escape '\' offset ? rows fetch first ? rows only
