-- farm.herd farm.yield > farm.daily : farm.herd.barn=farm.daily.share farm.herd.tag=farm.daily.tag farm.yield.litres=farm.daily.litres farm.yield.litres=farm.daily.share
INSERT INTO farm.daily (tag, litres, share) SELECT h.tag, sum(y.litres), sum(y.litres) / sum(sum(y.litres)) OVER (PARTITION BY h.barn) FROM farm.herd AS h JOIN farm.yield AS y USING (herd_id) WHERE y.day = current_date GROUP BY h.tag, h.barn

-- play song > : play.ms=longest song.artist=artist song.title=title
SELECT s.title, (SELECT max(p.ms) FROM play p WHERE p.song = s.id AND p.by IN (SELECT f.id FROM play f WHERE f.fan)) AS longest, s.artist FROM song s

-- a b c > : a.k=k b.v=v c.w=w  with a(k) b(k v) c(k w)
SELECT * FROM a NATURAL JOIN b NATURAL LEFT JOIN c

-- box > : box.h=side box.h=vol box.w=vol
SELECT q.vol, q.side FROM (SELECT h * w AS vol, h AS side FROM box) AS q ORDER BY q.vol

-- box crate > : box.h=h crate.h=h
WITH both_kinds (h) AS (SELECT b.h FROM box b UNION ALL SELECT c.h FROM crate c) SELECT bk.h FROM both_kinds bk

-- box > box_max : box.h=box_max.h
SELECT max(h) AS h INTO TEMPORARY box_max FROM box

-- box > : box.dims=dim box.id=id
SELECT box.id, dims.dim FROM box CROSS JOIN LATERAL jsonb_array_elements(box.dims) AS dims(dim)

-- box lid > lid : box.h=lid.h box.id=lid.box_id
WITH picked AS (SELECT id, h FROM box WHERE h > 3), done AS (INSERT INTO lid (box_id, h) SELECT id, h FROM picked RETURNING box_id) SELECT count(*) FROM done

-- box > : box.h=hi box.h=lo box.shelf=shelf
SELECT shelf, min(h) FILTER (WHERE h > 0) AS lo, max(h) AS hi FROM box GROUP BY ROLLUP (shelf)

-- box lid > : box.h=fit box.id=id lid.h=fit
SELECT b.id, CASE WHEN l.h = b.h THEN 'fits' END AS fit FROM box b LEFT JOIN lid l ON l.box_id = b.id

-- box > shelf : box.n=shelf.n
UPDATE shelf SET n = agg.n FROM (SELECT shelf, count(n) AS n FROM box GROUP BY shelf) agg WHERE agg.shelf = shelf.id

-- box > v_box : box.h=v_box.height box.id=v_box.id box.w=v_box.greatest
CREATE VIEW v_box AS SELECT id, h AS height, greatest(w, 1) FROM box

-- box > log_t : box.id=log_t.id
DO $$ DECLARE x record; BEGIN FOR x IN SELECT b.id, b.h FROM box b ORDER BY b.h LOOP IF x.h > 2 THEN INSERT INTO log_t (id) VALUES (x.id); END IF; END LOOP; END $$

-- box > log_t : box.h=log_t.note box.id=log_t.id
CREATE FUNCTION note_boxes() RETURNS void LANGUAGE plpgsql AS $$ DECLARE i int; t int; BEGIN FOR i, t IN SELECT id, h FROM box LOOP EXECUTE 'INSERT INTO log_t (id) SELECT id FROM box'; INSERT INTO log_t (note) VALUES (t); END LOOP; END $$

-- box > : box.id=id box.info=color
SELECT id, info::jsonb ->> 'color' AS color FROM box WHERE info::jsonb @> '{"ok": true}'
