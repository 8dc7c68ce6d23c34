-- mill.dbo.grain mill.dbo.silo > : mill.dbo.grain.kind=kind mill.dbo.silo.cap=cap
SELECT TOP (10) g.kind, s.cap FROM mill.dbo.grain g WITH (NOLOCK) INNER JOIN mill.dbo.silo AS s WITH (NOLOCK) ON s.id = g.silo_id ORDER BY s.cap DESC

-- dbo.grain > dbo.stock : dbo.grain.kg=dbo.stock.kg dbo.grain.kind=dbo.stock.kind
INSERT INTO [dbo].[stock] ([kind], [kg]) SELECT [g].[kind], SUM([g].[kg]) FROM [dbo].[grain] [g] GROUP BY [g].[kind]

-- grain silo > : grain.kind=kind silo.cap=cap
SELECT g.kind, x.cap FROM grain g CROSS APPLY (SELECT TOP 1 s.cap FROM silo s WHERE s.id = g.silo_id) x

-- grain > stock : grain.kg=stock.kg grain.kind=stock.kind
INSERT OVERWRITE TABLE stock PARTITION (day = '2030-01-01') SELECT kind, kg FROM grain

-- grain > stock : grain.kg=stock.kg grain.kind=stock.kind
INSERT INTO stock (kind, kg) SELECT kind, kg FROM grain ON DUPLICATE KEY UPDATE kg = VALUES(kg)

-- grain > stock : grain.kg=stock.kg grain.kind=stock.kind
REPLACE INTO stock (kind, kg) SELECT kind, kg FROM grain

-- grain > : grain.kind=kind grain.tags=tag
SELECT kind, tag FROM grain LATERAL VIEW EXPLODE(tags) t AS tag

-- grain > stock : grain.kg=stock.kg
CREATE TABLE stock STORED AS PARQUET LOCATION 's3://b/x' TBLPROPERTIES ('a' = 'b') AS SELECT SUM(kg) AS kg FROM grain

-- grain > stock : grain.kg=stock.kg
CREATE MULTISET VOLATILE TABLE stock AS (SELECT SUM(kg) AS kg FROM grain) WITH DATA PRIMARY INDEX (kg) ON COMMIT PRESERVE ROWS

-- silo > grain : silo.cap=grain.cap
UPDATE g SET g.cap = s.cap FROM grain g JOIN silo s ON s.id = g.silo_id

-- silo > grain : silo.cap=grain.cap
UPDATE grain g JOIN silo s ON s.id = g.silo_id SET g.cap = s.cap WHERE s.cap > 3

-- grain > : grain.kind=kind grain.tags=t
SELECT g.kind, t.tag AS t FROM grain g CROSS JOIN UNNEST(g.tags) AS t (tag)

-- grain > stock : grain.kg=stock.kg
WITH a AS (SELECT kg FROM grain) INSERT INTO stock SELECT kg FROM a

-- grain > stock : grain.kg=stock.kg
INSERT INTO stock WITH a AS (SELECT kg FROM grain) SELECT kg FROM a

-- grain silo > : grain.kg=kg silo.cap=cap
SELECT g.kg, s.cap FROM grain g, silo s WHERE g.silo_id = s.id (+) AND ROWNUM < 10

-- grain > big_grain : grain.kg=big_grain.kg
SELECT kg INTO #big FROM grain; INSERT INTO big_grain (kg) SELECT kg FROM #big; DROP TABLE #big

-- grain > : grain.kg=kg
SELECT `g`.`kg` AS `kg` FROM `grain` AS `g` LIMIT 0, 10

-- grain > stock : grain.id=stock.id grain.kg=stock.kg
MERGE INTO stock AS t USING grain AS s ON (t.id = s.id) WHEN MATCHED THEN UPDATE SET t.kg = s.kg WHEN NOT MATCHED THEN INSERT (id, kg) VALUES (s.id, s.kg);

-- grain > : grain.kg=total grain.kind=kind
SELECT kind, SUM(kg) total FROM grain GROUP BY kind WITH ROLLUP

-- grain > v : grain.kg=v.kg
CREATE OR REPLACE TEMPORARY VIEW v AS SELECT kg FROM grain DISTRIBUTE BY kg SORT BY kg

-- kiln.clay > kiln.pot : kiln.clay.batch=kiln.pot.batch kiln.clay.id=kiln.pot.id
MERGE INTO kiln.pot AS dest USING kiln.clay AS stg ON dest.id = stg.id AND dest.batch = stg.batch WHEN NOT MATCHED THEN INSERT (id, batch) VALUES (stg.id, stg.batch)

-- clay > : clay.id=id
SELECT id FROM clay WHERE id IN (SELECT id FROM clay WHERE fired = 1)

-- pot > : pot.glazes=g pot.id=id
SELECT id, g FROM pot CROSS JOIN UNNEST(glazes) AS t (g)

-- pot > : pot.glazes=g pot.id=id
SELECT id, explode(glazes) AS g FROM pot

-- pot > : pot.doc=colour pot.id=id
SELECT id, get_json_object(doc, '$.colour') AS colour FROM pot

-- pot > shelf : pot.id=shelf.id
INSERT OVERWRITE shelf SELECT id FROM pot

-- pot > shelf : pot.id=shelf.pot_id pot.w=shelf.w
FROM pot INSERT INTO TABLE shelf (pot_id, w) SELECT id, w

-- > a b
DROP TABLE IF EXISTS a, b

-- > a b
TRUNCATE TABLE a; TRUNCATE TABLE b

-- pot > pot_copy
CREATE TABLE pot_copy LIKE pot

-- clay pot > : clay.kind=kind pot.id=id
SELECT p.id, c.kind FROM pot p OUTER APPLY (SELECT TOP 1 kind FROM clay c WHERE c.id = p.clay_id ORDER BY kind) c

-- pot > : pot.id=id pot.w=w
SELECT id, w FROM pot WHERE w > 3 LIMIT 10 OFFSET 5

-- pot > : pot.w=heavy
SELECT IF(w > 3, w, 0) AS heavy FROM pot

-- pot > : pot.kind=kind pot.w=total
SELECT kind, total = SUM(w) FROM pot GROUP BY kind

-- pot > : pot.id=id pot.w=rnk
SELECT id, rank() OVER (ORDER BY w DESC) rnk FROM pot

-- clay pot > shelf : clay.kind=shelf.kind pot.id=shelf.id
CREATE TABLE shelf AS WITH p AS (SELECT id, clay_id FROM pot), c AS (SELECT id, kind FROM clay) SELECT p.id, c.kind FROM p LEFT JOIN c ON c.id = p.clay_id

-- clay pot > : clay.id=id pot.id=id
SELECT id FROM clay UNION DISTINCT SELECT id FROM pot

-- pot > : pot.made=day pot.w=w
SELECT DATE(made) AS day, GROUP_CONCAT(w ORDER BY w SEPARATOR ',') AS w FROM pot GROUP BY 1

-- pot > : pot.a=v pot.b=v pot.id=id
SELECT id, k, v FROM pot UNPIVOT (v FOR k IN (a, b)) u

-- clay > pot : clay.w=pot.w
UPDATE pot SET w = (SELECT MAX(c.w) FROM clay c WHERE c.id = pot.clay_id) WHERE EXISTS (SELECT 1 FROM clay)

-- pot > : pot.id=id
SELECT /*+ BROADCAST(p) */ DISTINCT p.id FROM pot p

-- pot > v_pot : pot.id=v_pot.ID pot.w=v_pot.Weight
CREATE VIEW v_pot AS SELECT id AS "ID", w "Weight" FROM pot

-- pot > : pot.id=id pot.w=w2
SELECT id, w2 FROM (SELECT id, w * 2 AS w2 FROM pot) WHERE w2 > 3

-- pot > : pot.id=id
SELECT p.* FROM (SELECT id FROM pot) p

-- clay pot x.y > : clay.id=c pot.id=p
SELECT p.id AS p, c.id AS c FROM pot p LEFT SEMI JOIN x.y z ON z.id = p.id JOIN clay c ON c.id = p.id

-- rail.line rail.stop > rail.board : rail.line.name=rail.board.line rail.stop.eta=rail.board.eta
insert into rail.board (line, eta) select l.name, s.eta from rail.line l inner join rail.stop s on l.id = s.line_id where s.eta > getdate()

-- rail.stop > rail.board : rail.stop.eta=rail.board.eta
INSERT INTO rail.board SELECT eta FROM rail.stop WITH (NOLOCK) OPTION (MAXDOP 1)

-- rail.stop > : rail.stop.eta=late rail.stop.id=id
SELECT id, ISNULL(DATEDIFF(minute, eta, GETDATE()), 0) AS late FROM rail.stop

-- rail.stop > : rail.stop.eta=d
SELECT CONVERT(date, eta) AS d FROM rail.stop

-- rail.stop > : rail.stop.eta=d rail.stop.name=My_Name
SELECT CAST(eta AS DATE) AS d, name AS [My Name] FROM rail.stop

-- rail.stop > rail.board : rail.stop.id=rail.board.id
DECLARE @d DATE = GETDATE(); INSERT INTO rail.board (id) SELECT id FROM rail.stop WHERE day = @d

-- rail.stop > rail.board : rail.stop.id=rail.board.id
IF OBJECT_ID('tempdb..#s') IS NOT NULL DROP TABLE #s; SELECT id INTO #s FROM rail.stop; INSERT INTO rail.board (id) SELECT id FROM #s

-- rail.stop > rail.board : rail.stop.id=rail.board.id
CREATE TABLE #s (id INT); INSERT INTO #s SELECT id FROM rail.stop; INSERT INTO rail.board (id) SELECT s.id FROM #s s

-- rail.stop > rail.board : rail.stop.eta=rail.board.eta
MERGE rail.board WITH (HOLDLOCK) AS t USING (SELECT id, eta FROM rail.stop) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.eta = s.eta WHEN NOT MATCHED BY SOURCE THEN DELETE OUTPUT $action, inserted.id;

-- rail.stop > : rail.stop.id=id rail.stop.line_id=line_id
SELECT id, line_id FROM rail.stop WHERE ROWNUM <= 5 ORDER BY NVL(eta, SYSDATE) DESC

-- rail.line rail.stop > : rail.line.name=name rail.stop.id=id
SELECT s.id, l.name FROM rail.stop s, rail.line l WHERE s.line_id = l.id(+)

-- rail.stop > : rail.stop.id=id rail.stop.parent=parent
SELECT id, parent, LEVEL AS lvl FROM rail.stop CONNECT BY NOCYCLE PRIOR id = parent START WITH parent IS NULL

-- rail.stop > : rail.stop.name=names
SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY name) AS names FROM rail.stop

-- rail.stop > rail.board : rail.stop.id=rail.board.id
INSERT /*+ APPEND */ INTO rail.board (id) SELECT id FROM rail.stop

-- rail.stop > rail.board : rail.stop.id=rail.board.id
CREATE TABLE rail.board NOLOGGING PARALLEL 4 AS SELECT id FROM rail.stop

-- rail.stop > rail.board : rail.stop.id=rail.board.id
CREATE TABLE IF NOT EXISTS rail.board USING DELTA PARTITIONED BY (day) COMMENT 'x' AS SELECT id, current_date() AS day FROM rail.stop

-- rail.stop > rail.board : rail.stop.id=rail.board.id
INSERT INTO TABLE rail.board PARTITION (day) SELECT id, '2030' AS day FROM rail.stop

-- rail.stop > : rail.stop.id=id rail.stop.m=k rail.stop.m=v
SELECT id, k, v FROM rail.stop LATERAL VIEW OUTER explode(m) e AS k, v

-- rail.stop > : rail.stop.doc=name rail.stop.id=id
SELECT id, doc:name::string AS name FROM rail.stop

-- rail.stop > : rail.stop.id=id rail.stop.xs=x
SELECT id, x FROM rail.stop CROSS JOIN UNNEST(xs) WITH ORDINALITY AS t (x, n)

-- rail.stop > : rail.stop.eta=m rail.stop.id=n
SELECT date_trunc('month', eta) AS m, approx_distinct(id) AS n FROM rail.stop GROUP BY 1

-- rail.stop > : rail.stop.xs=s
SELECT transform(xs, x -> x + 1) AS s FROM rail.stop

-- rail.stop > : rail.stop.id=id
SELECT id FROM rail.stop TABLESAMPLE (10 PERCENT)

-- rail.stop > : rail.stop.name=n
SELECT CONCAT_WS(' ', name, 'x') n FROM `rail`.`stop` WHERE `id` REGEXP '^a' LIMIT 5, 10

-- rail.stop > rail.board : rail.stop.id=rail.board.id
INSERT IGNORE INTO rail.board (id) SELECT id FROM rail.stop

-- rail.line > rail.stop : rail.line.name=rail.stop.name
UPDATE rail.stop s INNER JOIN rail.line l ON l.id = s.line_id SET s.name = CONCAT(l.name, '!')

-- rail.line > rail.stop
DELETE s FROM rail.stop s LEFT JOIN rail.line l ON l.id = s.line_id WHERE l.id IS NULL

-- rail.stop > : rail.stop.id=id
SEL id FROM rail.stop

-- rail.stop > : rail.stop.id=id
SELECT id FROM rail.stop QUALIFY ROW_NUMBER() OVER (PARTITION BY line_id ORDER BY eta) = 1

-- rail.stop > rail.v : rail.stop.id=rail.v.id
REPLACE VIEW rail.v AS LOCKING ROW FOR ACCESS SELECT id FROM rail.stop

-- rail.stop > rail.v : rail.stop.id=rail.v.id
CREATE VIEW rail.v AS SELECT stop.id FROM rail.stop

-- rail.stop > rail.v : rail.stop.id=rail.v.id
ALTER VIEW rail.v AS SELECT id FROM rail.stop

-- rail.stop > rail.board : rail.stop.id=rail.board.id
EXEC sp_x; INSERT INTO rail.board (id) SELECT id FROM rail.stop; GO

-- rail.stop > : rail.stop.id=id
SELECT * FROM (SELECT id FROM rail.stop) AS q

-- rail.stop > : rail.stop.id=id rail.stop.name=nm  with rail.stop(id name)
SELECT * EXCLUDE (name), name AS nm FROM rail.stop

-- rail.stop > : rail.stop.eta=shown rail.stop.id=id
SEL id, eta (FORMAT 'YYYY', TITLE 'x') AS shown FROM rail.stop WHERE id NE 3 AND eta ^= 4 AND id NOT= 5

-- rail.stop > : rail.stop.a=m rail.stop.a=sq rail.stop.b=m
SELECT a MOD b AS m, a ** 2 (NAMED sq) FROM rail.stop

-- rail.stop > rail.board : rail.stop.id=rail.board.id
INS INTO rail.board (id) SEL id FROM rail.stop

-- > rail.stop
DEL FROM rail.stop
