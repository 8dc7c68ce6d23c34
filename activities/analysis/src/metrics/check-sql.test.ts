import { expect, test } from 'vitest'
import { checkMetricSql } from './check-sql.ts'

test.each([
  'select count(*) from shop.orders',
  'select count(*) from shop.orders;',
  'select count(*) from shop.orders -- all of them',
  `select status, count(*) from "Shop"."Orders" group by 1 order by 2 desc limit 10`,
  `with late as (select id from shop.orders where due < now() - interval '1 day') select count(*) from late`,
  `select avg(total) filter (where total > 0)::numeric(10,2) from shop.orders where placed_at::date = current_date - 1`,
  `select percentile_cont(0.5) within group (order by total) from shop.orders tablesample system (10)`,
  `select country, sum(o.total) from shop.orders o join shop.customer c using (id) where c.id in (select 1) group by country`,
  `select extract(epoch from max(at))::bigint from shop.event where data ->> 'kind' = 'x' and name like 'a%'`,
  `select count(*) from shop.a union all select count(*) from shop.b`,
  `select case when count(*) = 0 then null else 1 end from shop.orders, unnest(tags) tag where tag = any(array['a'])`,
  `select trim(name), count(distinct lower(name)) from shop.customer group by 1 having count(*) > 1`,
  `select count(*) from shop.orders where state = 'open'::shop.order_state`,
])('allowed: %s', async (sql) => {
  expect(await checkMetricSql(sql, 'postgres')).toEqual({ ok: true })
})

test.each([
  ['', 'no statement'],
  ['-- nothing', 'no statement'],
  ['select', 'one or two columns'],
  ['selec 1', 'syntax error at or near "selec"'],
  ['select 1; select 2', 'Only one statement'],
  ['select 1; drop table shop.orders', 'Only one statement'],
  ['delete from shop.orders', 'Only a SELECT'],
  ['explain analyze select 1', 'Only a SELECT'],
  ['copy shop.orders to program $$sh$$', 'Only a SELECT'],
  ['call shop.p()', 'Only a SELECT'],
  ['do $$begin end$$', 'Only a SELECT'],
  ['set role postgres', 'Only a SELECT'],
  ['with gone as (delete from shop.orders returning id) select count(*) from gone', 'also inside of WITH'],
  [
    'select (select count(*) from a) from shop.o, (with x as (insert into shop.y values (1) returning 1) select * from x) z',
    '',
  ],
  ['select count(*) from (select * from shop.orders for update) o', 'FOR UPDATE'],
  ['select id from shop.orders for key share skip locked', 'FOR UPDATE'],
  ['select count(*) into shop.copy from shop.orders', 'INTO'],
  ['with recursive r as (select 1 union all select 1 from r) select count(*) from r', 'RECURSIVE'],
  ['select * from shop.orders', 'instead of *'],
  ['select o.* from shop.orders o', 'instead of *'],
  ['select a, b, c from shop.orders', 'one or two columns'],
  ['values (1)', 'Write SELECT instead of VALUES'],
  ['table shop.orders', 'instead of *'],
  ['select $1::int', 'Parameters'],
  ['select count(*) from orders', 'Write the schema of orders'],
  ['select count(*) from pg_catalog.pg_authid', 'system tables'],
  ['with pg_authid as (select rolpassword from pg_authid) select count(rolpassword) from pg_authid', 'begin with pg_'],
  ['select count(*) from "information_schema".tables', 'system tables'],
  ['select count(*) from other.shop.orders', 'Leave out the database other before orders'],
  ['select pg_sleep(100)', 'pg_sleep is not allowed'],
  ['select pg_catalog.pg_sleep(100)', 'pg_sleep is not allowed'],
  ['select PG_SLEEP(100)', 'pg_sleep is not allowed'],
  ['select "pg_sleep"(100)', 'pg_sleep is not allowed'],
  ['select (10::float8).pg_sleep', '(a).b'],
  ['select shop.count(id) from shop.orders', 'shop.count is not allowed'],
  ['select count(*) from shop.orders where shop.f(id)', 'shop.f is not allowed'],
  [`select count(*) from shop.orders order by pg_terminate_backend(1)`, 'pg_terminate_backend is not allowed'],
  [`select length(pg_read_file('/etc/passwd'))`, 'pg_read_file is not allowed'],
  [`select lo_import('/etc/passwd')`, 'lo_import is not allowed'],
  [`select nextval('shop.s')`, 'nextval is not allowed'],
  [`select set_config('statement_timeout', '0', false)`, 'set_config is not allowed'],
  [`select count(*) from dblink('x', 'select 1') as t(a int)`, 'dblink is not allowed'],
  [`select count(*) from generate_series(1, 1e12)`, 'generate_series is not allowed'],
  [`select length(query_to_xml('delete from x', true, true, '')::text)`, 'query_to_xml is not allowed'],
  ['select count(*) from shop.a where x operator(shop.=) 1', 'shop.= is not allowed'],
  ['select count(*) from shop.a tablesample shop.mine (1)', 'TABLESAMPLE shop.mine'],
  ['select length(current_user)', 'dates and times'],
  [`select count(*) from xmltable('/' passing '<a/>' columns a int)`, 'RangeTableFunc is not allowed'],
  ['select 1\0; drop table x', 'NUL'],
])('refused: %s', async (sql, message) => {
  const verdict = await checkMetricSql(sql, 'postgres')
  expect(verdict).toEqual({ ok: false, message: expect.stringContaining(message) })
})

test('a name of WITH stands for a table only where it is seen', async () => {
  const sql = 'select (with a as (select 1 as x) select count(*) from a) from shop.b, (select 1 as x from a) c'
  expect(await checkMetricSql(sql, 'postgres')).toEqual({
    ok: false,
    message: expect.stringContaining('Write the schema of a'),
  })
})
