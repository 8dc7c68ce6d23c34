-- zoo.raw.animal zoo.raw.feeding > zoo.mart.meals : zoo.raw.animal.name=zoo.mart.meals.animal zoo.raw.feeding.items=zoo.mart.meals.food zoo.raw.feeding.items=zoo.mart.meals.kg
CREATE OR REPLACE TABLE `zoo.mart.meals` AS SELECT a.name AS animal, i.food, SUM(i.kg) AS kg FROM `zoo.raw.feeding` f, UNNEST(f.items) AS i JOIN `zoo.raw.animal` a ON a.id = f.animal_id GROUP BY 1, 2

-- z.animal > : z.animal.kind=n_kind z.animal.name=name
SELECT name, COUNT(kind) OVER () AS n_kind FROM z.animal

-- z.animal > : z.animal.id=who_id z.animal.name=who
WITH p AS (SELECT STRUCT(name AS n, id AS i) AS s FROM z.animal), q AS (SELECT ARRAY_AGG(s) AS ss FROM p) SELECT e.n AS who, e.i AS who_id FROM q, UNNEST(ss) AS e

-- z.animal > : z.animal.kind=kind z.animal.name=names
FROM z.animal |> WHERE alive |> AGGREGATE STRING_AGG(name) AS names GROUP BY kind

-- z.animal z.cage > : z.animal.name=name z.cage.size=size
FROM z.animal |> AS a |> JOIN z.cage AS c ON c.id = a.cage |> SELECT a.name, c.size

-- z.animal z.cage > : z.animal.cage=cage z.animal.name=name z.cage.size=size  with z.animal(cage name) z.cage(cage size)
SELECT * FROM z.animal JOIN z.cage USING (cage)

-- z.animal > : z.animal.name=name  with z.animal(id name)
SELECT * EXCEPT (id) FROM z.animal

-- z.animal > z.copy : z.animal.id=z.copy.id z.animal.name=z.copy.label
MERGE z.copy c USING z.animal a ON a.id = c.id WHEN MATCHED AND a.name != c.label THEN UPDATE SET label = a.name WHEN NOT MATCHED THEN INSERT (id, label) VALUES (a.id, a.name)

-- z.animal > z.copy : z.animal.id=z.copy.id
DECLARE q STRING DEFAULT 'SELECT id FROM z.animal'; EXECUTE IMMEDIATE 'INSERT INTO z.copy (id) ' || q

-- z.animal > z.copy : z.animal.id=z.copy.id
FOR a IN (SELECT id FROM z.animal WHERE alive) DO INSERT INTO z.copy (id) VALUES (a.id); END FOR

-- z.log_* > : z.log_*.msg=msg
SELECT msg FROM `z.log_*` WHERE _TABLE_SUFFIX = '1'

-- z.animal > : z.animal.meals=biggest
SELECT (SELECT m.food FROM UNNEST(meals) AS m ORDER BY m.kg DESC LIMIT 1) AS biggest FROM z.animal

-- z.stats > : z.stats.births=n z.stats.deaths=n z.stats.y=y
SELECT y, what, n FROM z.stats UNPIVOT (n FOR what IN (births AS 'b', deaths AS 'd'))

-- z.animal > z.v : z.animal.born=z.v.age z.animal.name=z.v.title
CREATE VIEW z.v (title, age) AS SELECT name, DATE_DIFF(CURRENT_DATE(), born, YEAR) FROM z.animal

-- z.animal > : z.animal.doc=color
SELECT LAX_STRING(doc.skin.color) AS color FROM z.animal
