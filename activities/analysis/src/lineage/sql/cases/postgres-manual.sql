-- w.temps > : w.temps.city=city w.temps.hi=~ w.temps.lo=~
SELECT city, max(hi), count(*) FILTER (WHERE lo < 45) FROM w.temps WHERE city LIKE 'S%' GROUP BY city HAVING max(lo) < 40

-- w.temps > : w.temps.city=city w.temps.day=d
SELECT city, day AS d FROM w.temps WHERE day >= DATE '2030-01-01' AND day < DATE '2030-01-01' + INTERVAL '1' MONTH

-- w.temps > : w.temps.city=label w.temps.day=label
SELECT format('%s on %s', city, to_char(day, 'YYYY-MM-DD')) AS label FROM w.temps

-- w.temps > : w.temps.hi=f w.temps.lo=f
SELECT ((hi - lo)::numeric / NULLIF(lo, 0) * 100)::numeric(5, 2) AS f FROM w.temps

-- w.temps > : w.temps.city=arr w.temps.city=has w.temps.hi=arr
SELECT ARRAY[city, hi::text] AS arr, city = ANY ('{a,b}'::text[]) AS has FROM w.temps

-- w.temps > : w.temps.hi=nested
SELECT ARRAY[[hi, 1], [2, 3]] AS nested FROM w.temps

-- w.temps > : w.temps.span=hi w.temps.span=lo
SELECT lower(span) AS lo, upper(span) AS hi FROM w.temps WHERE span && tstzrange(now(), NULL, '[)') AND NOT isempty(span)

-- w.temps > : w.temps.hi=bit w.temps.lo=sq
SELECT |/ lo AS sq, hi & 7 | 1 # 2 << 3 AS bit FROM w.temps

-- w.temps > : w.temps.doc=v
SELECT doc['a']['b'] AS v FROM w.temps WHERE doc @@ '$.a > 3' AND doc ->> 'x' IS NOT NULL

-- w.temps > : w.temps.vec=score
SELECT 1 - (vec <=> '[1,2,3]'::vector) AS score FROM w.temps ORDER BY vec <-> $1 LIMIT 5

-- w.temps > : w.temps.body=rank w.temps.body=snippet
SELECT ts_headline('english', body, q) AS snippet, ts_rank_cd(to_tsvector('english', body), q) AS rank FROM w.temps, plainto_tsquery('english', 'wet') AS q WHERE to_tsvector('english', body) @@ q

-- w.temps > : w.temps.city=city w.temps.hi=total
SELECT city, sum(hi) AS total FROM w.temps GROUP BY DISTINCT ROLLUP (city), CUBE (day)

-- w.temps > : w.temps.city=moving w.temps.day=moving w.temps.hi=moving
SELECT avg(hi) OVER (PARTITION BY city ORDER BY day RANGE BETWEEN '7 days' PRECEDING AND CURRENT ROW) AS moving FROM w.temps

-- w.temps > : w.temps.day=second w.temps.hi=second
SELECT nth_value(hi, 2) OVER (ORDER BY day GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second FROM w.temps

-- w.sensor w.station w.temps > : w.station.name=name w.temps.hi=hi
SELECT s.name, t.hi FROM w.station s LEFT JOIN (w.temps t JOIN w.sensor x ON x.id = t.sensor) ON t.station = s.id

-- w.station w.temps > : w.station.name=name w.temps.hi=hottest
SELECT s.name, (SELECT t.hi FROM w.temps t WHERE t.station = s.id ORDER BY t.hi DESC NULLS LAST LIMIT 1) AS hottest FROM w.station s

-- w.temps > : w.temps.city=city w.temps.city=x w.temps.hi=x
SELECT DISTINCT ON (city) city, first_value(hi) OVER (PARTITION BY city) AS x FROM w.temps ORDER BY city, day DESC

-- w.temps > : w.temps.hi=x
SELECT x FROM (VALUES (1), (2)) AS v(n), LATERAL (SELECT hi + v.n AS x FROM w.temps OFFSET v.n ROWS) AS t

-- w.temps > : w.temps.hi=hi
SELECT hi FROM w.temps WHERE ROW(city, day) = (SELECT 'a', max(day) FROM w.temps) OR (city, day) < ('b', now())

-- w.temps_new > w.temps : w.temps.hi=w.temps.hi w.temps.seen=w.temps.seen w.temps_new.city=w.temps.city w.temps_new.hi=w.temps.hi
INSERT INTO w.temps AS t (city, hi) OVERRIDING USER VALUE SELECT city, hi FROM w.temps_new n ON CONFLICT (city) DO UPDATE SET hi = CASE WHEN excluded.hi > t.hi THEN excluded.hi ELSE t.hi END, seen = t.seen + 1

-- w.temps_new > w.temps : w.temps_new.hi=w.temps.hi w.temps_new.lo=w.temps.lo
UPDATE w.temps SET (hi, lo) = (n.hi, n.lo) FROM w.temps_new AS n WHERE n.city = temps.city AND temps.day = CURRENT_DATE

-- w.temps_new > w.temps : w.temps.tags=w.temps.tags w.temps_new.tags=w.temps.tags
UPDATE w.temps AS t SET tags = array_append(t.tags, n.tags[1]), doc = jsonb_set(doc, '{a}', '1'::jsonb) FROM w.temps_new n WHERE n.city = t.city

-- w.temps_new > w.temps
DELETE FROM w.temps AS t USING w.temps_new AS n WHERE n.city = t.city AND n.day = t.day RETURNING t.city, n.hi

-- w.temps > w.temps w.temps_old : w.temps.city=w.temps_old.city w.temps.hi=w.temps_old.hi
WITH moved AS (DELETE FROM ONLY w.temps WHERE day < now() - interval '1 year' RETURNING city, hi) INSERT INTO w.temps_old SELECT * FROM moved

-- w.temps > w.hot : w.temps.city=w.hot.city w.temps.hi=w.hot.max
CREATE TABLE IF NOT EXISTS w.hot (city, max) WITH (fillfactor = 70) TABLESPACE fast AS SELECT city, max(hi) FROM w.temps GROUP BY city WITH DATA

-- w.temps > w.hot : w.temps.city=w.hot.city w.temps.hi=w.hot.hi
CREATE UNLOGGED TABLE w.hot AS (SELECT city, hi FROM w.temps ORDER BY hi DESC FETCH FIRST 3 ROWS ONLY)

-- w.temps > w.mv : w.temps.city=w.mv.city w.temps.day=w.mv.m w.temps.hi=w.mv.hi
CREATE MATERIALIZED VIEW w.mv USING heap WITH (autovacuum_enabled = false) AS SELECT date_trunc('month', day) AS m, city, max(hi) AS hi FROM w.temps GROUP BY 1, 2 WITH DATA

-- w.temps > w.v : w.temps.city=w.v.city
CREATE OR REPLACE VIEW w.v WITH (security_invoker = true, check_option = 'local') AS SELECT city FROM w.temps WHERE hi > 3

-- w.temps > : ?
COPY (SELECT city, hi FROM w.temps WHERE city <> 'x''y') TO PROGRAM 'gzip > /tmp/x.gz' WITH (FORMAT csv, HEADER, FORCE_QUOTE *)

-- w.temps > w.daily : w.temps.city=w.daily.city w.temps.hi=w.daily.hi
CREATE OR REPLACE PROCEDURE w.fill(INOUT n int DEFAULT 0) LANGUAGE plpgsql SECURITY DEFINER SET search_path = w, pg_temp AS $proc$
<<outer_block>>
DECLARE
  c_max CONSTANT int := 10;
  v_row w.temps%ROWTYPE;
  v_city w.temps.city%TYPE;
  cur refcursor;
BEGIN
  TRUNCATE w.daily;
  OPEN cur FOR SELECT city, max(hi) AS hi FROM w.temps GROUP BY city;
  LOOP
    FETCH NEXT FROM cur INTO v_row;
    EXIT outer_block WHEN NOT FOUND;
    IF v_row.hi > c_max THEN
      INSERT INTO w.daily (city, hi) VALUES (v_row.city, v_row.hi) ON CONFLICT (city) DO UPDATE SET hi = EXCLUDED.hi;
    ELSE
      CONTINUE;
    END IF;
    n := n + 1;
    IF n % 1000 = 0 THEN COMMIT; END IF;
  END LOOP;
  CLOSE cur;
  ASSERT n > 0, 'none';
EXCEPTION
  WHEN division_by_zero OR SQLSTATE '22012' THEN
    GET STACKED DIAGNOSTICS v_city = MESSAGE_TEXT;
    RAISE EXCEPTION USING MESSAGE = v_city, ERRCODE = 'P0001';
END outer_block;
$proc$

-- w.temps > w.daily : w.temps.hi=w.daily.hi
CREATE FUNCTION w.f() RETURNS SETOF w.daily LANGUAGE plpgsql AS $$
DECLARE r w.daily; total numeric;
BEGIN
  SELECT sum(hi) INTO STRICT total FROM w.temps;
  UPDATE w.daily SET hi = total WHERE city IS NULL RETURNING * INTO r;
  RETURN NEXT r;
  RETURN QUERY EXECUTE format('SELECT * FROM %I.%I', 'w', 'daily');
  RETURN;
END $$

-- new_rows w.temps > w.daily : w.temps.city=w.daily.city
CREATE FUNCTION w.tg() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP = 'INSERT') THEN
    INSERT INTO w.daily (city) SELECT t.city FROM new_rows n JOIN w.temps t ON t.id = n.id;
    RETURN NEW;
  END IF;
  NEW.hi := (SELECT max(hi) FROM w.temps WHERE city = NEW.city);
  RETURN NULL;
END $$

-- w.temps > w.daily : w.temps.city=w.daily.city
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP
    EXECUTE format($f$ INSERT INTO w.daily (city) SELECT city FROM w.temps WHERE kind = %L $f$, t);
  END LOOP;
  FOR i IN REVERSE 10..1 BY 2 LOOP
    PERFORM pg_sleep(0.1);
  END LOOP;
  WHILE EXISTS (SELECT 1 FROM w.temps WHERE hi IS NULL) LOOP
    EXIT;
  END LOOP;
END $$

-- w.temps > : w.temps.city=city
SET LOCAL search_path TO w, public; SET work_mem = '64MB'; RESET ALL; SELECT city FROM w.temps

-- w.temps > : w.temps.id=id
SELECT id FROM w.temps WHERE name = U&'d\0061t\+000061' OR name = B'101' OR x = X'1F' OR y = 1_000 OR z = 0xFF OR q = 1.5e-3

-- w.temps > : w.temps.id=id
SELECT id FROM w.temps WHERE name SIMILAR TO '(a|b)%' ESCAPE '!' OR name !~~* 'x' OR name NOT ILIKE ALL (ARRAY['a%', 'b%'])

-- w.temps > : w.temps.x=a w.temps.y=a w.temps.y=b
SELECT CAST(ROW(x, y) AS w.pair) AS a, (w.make_pair(y)).second AS b FROM w.temps

-- w.temps > : ?
SELECT g.city AS c FROM ROWS FROM (w.read_temps(1) AS (city text, hi int), generate_series(1, 3)) WITH ORDINALITY AS g(city, hi, n, o) JOIN w.temps t ON t.city = g.city

-- w.temps > : w.temps.hi=n w.temps.hi=~
SELECT count(hi) n, avg(hi) FROM w.temps t TABLESAMPLE SYSTEM (10) REPEATABLE (7)
