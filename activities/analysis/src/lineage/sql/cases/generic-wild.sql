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
