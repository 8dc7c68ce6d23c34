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
