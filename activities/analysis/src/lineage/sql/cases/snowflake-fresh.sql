-- pool.raw.swim > pool.mart.best : pool.raw.swim.rec=pool.mart.best.secs pool.raw.swim.who=pool.mart.best.swimmer
CREATE OR REPLACE TABLE pool.mart.best (swimmer, secs) AS SELECT who, rec:time:secs::FLOAT FROM pool.raw.swim QUALIFY ROW_NUMBER() OVER (PARTITION BY who ORDER BY rec:time:secs) = 1

-- swim > : swim.laps=lap_s swim.laps=pos swim.who=who
SELECT s.who, l.value:s::INT AS lap_s, l.index AS pos FROM swim s, LATERAL FLATTEN(INPUT => s.laps) l

-- club swim > : club.city=city swim.t=t swim.who=who  with swim(who club_id t) club(club_id city)
SELECT * EXCLUDE club_id FROM swim JOIN club USING (club_id)

-- swim > : swim.dist=pace swim.dist=slow swim.t=pace swim.t=slow swim.t=t
SELECT t, t / dist AS pace, pace > 2 AS slow FROM swim

-- final_heat heat > : final_heat.lane=lane heat.lane=lane
SELECT lane FROM heat UNION ALL SELECT lane FROM final_heat

-- heat > : heat.lane=lane heat.t='A' heat.t='B'  with heat(lane grp t)
SELECT * FROM heat PIVOT(MIN(t) FOR grp IN ('A', 'B'))

-- entries > heat reserve : entries.id=heat.id entries.id=reserve.id entries.t=reserve.t
INSERT FIRST WHEN t < 60 THEN INTO heat (id) VALUES (id) ELSE INTO reserve (id, t) VALUES (id, t) SELECT id, t FROM entries

-- entries > heat : entries.id=heat.id entries.t=heat.t
MERGE INTO heat h USING entries e ON h.id = e.id WHEN MATCHED THEN UPDATE SET t = e.t WHEN NOT MATCHED THEN INSERT (id, t) VALUES (e.id, e.t)

-- @drop/heats > heat : ?
COPY INTO heat FROM @drop/heats FILE_FORMAT = (TYPE = JSON) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE

-- heat > : heat.id=id heat.tags=tag
SELECT id, value AS tag FROM heat, LATERAL SPLIT_TO_TABLE(tags, ',')

-- heat > dyn_best : heat.id=dyn_best.id heat.t=dyn_best.best
CREATE DYNAMIC TABLE dyn_best (id, best) TARGET_LAG = '1 hour' WAREHOUSE = wx AS SELECT id, MIN(t) FROM heat GROUP BY id

-- heat > medal : heat.id=medal.id
BEGIN LET c1 CURSOR FOR SELECT id FROM heat; OPEN c1; LET got INT := 0; FETCH c1 INTO got; INSERT INTO medal (id) VALUES (:got); CLOSE c1; END

-- heat > medal : heat.id=medal.id
EXECUTE IMMEDIATE 'INSERT INTO medal (id) ' || 'SELECT id FROM heat'

-- heat > : heat.id=id heat.j=first heat.j=last
SELECT h.id, h.j:name.first::STRING AS first, h.j['name']['last']::STRING AS last FROM heat AS h

-- heat > medal : heat.id=medal.id
CREATE TEMP TABLE w AS SELECT id FROM heat; ALTER TABLE w RENAME TO w2; INSERT INTO medal (id) SELECT id FROM w2
