-- ledger rates > : ledger.amount=amount rates.factor=factor
SELECT ledger.amount, rates.factor FROM ledger, rates WHERE ledger.cur = rates.cur(+)

-- scores > best rest : scores.player=best.who scores.points=rest.points
INSERT ALL WHEN points > 9 THEN INTO best (who) VALUES (player) ELSE INTO rest (points) VALUES (points) SELECT player, points FROM scores

-- staff > : staff.id=id staff.name=boss
SELECT id, PRIOR name AS boss FROM staff START WITH lead IS NULL CONNECT BY PRIOR id = lead

-- tolls > v_tolls : tolls.fee=v_tolls.fee
CREATE OR REPLACE FORCE VIEW v_tolls AS SELECT fee FROM tolls WITH READ ONLY

-- road.dbo.tolls > : road.dbo.tolls.fee=fee
SELECT t.[fee] FROM [road].[dbo].[tolls] t

-- tariff > tolls : tariff.fee=tolls.fee
UPDATE t SET t.fee = n.fee FROM tolls t INNER JOIN tariff n ON n.id = t.id

-- closed > tolls
DELETE tolls FROM tolls INNER JOIN closed ON closed.id = tolls.id

-- closed > tolls
DELETE t FROM tolls t INNER JOIN closed c ON c.id = t.id

-- tariff > tolls : tariff.fee=tolls.fee
UPDATE tolls JOIN tariff ON tariff.id = tolls.id SET tolls.fee = tariff.fee

-- tolls > : tolls.fee=fee
SELECT fee FROM tolls VERSION AS OF 3

-- tariff > tolls : tariff.fee=tolls.fee
CREATE PROCEDURE copy_tolls AS BEGIN INSERT INTO tolls (fee) SELECT fee FROM tariff; END

-- tariff > tolls : tariff.fee=tolls.fee tariff.id=tolls.id
INSERT INTO tolls (id, fee) SELECT id, fee FROM tariff ON DUPLICATE KEY UPDATE fee = VALUES(fee)

-- tolls > : tolls.days=day tolls.id=id
SELECT id, day FROM tolls LATERAL VIEW explode(tolls.days) d AS day

-- cars tolls > : cars.plate=plate tolls.id=id
SELECT t.id, c.plate FROM tolls t CROSS APPLY (SELECT TOP 1 k.plate FROM cars k WHERE k.toll = t.id) c
