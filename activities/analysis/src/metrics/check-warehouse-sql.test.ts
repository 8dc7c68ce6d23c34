import { beforeAll, expect, test } from 'vitest'
import { loadParser } from '../lineage/sql/parse-statement.ts'
import { checkMetricSql } from './check-sql.ts'
import { checkWarehouseSql } from './check-warehouse-sql.ts'

beforeAll(() => loadParser())

test.each([
  'select count(*) from shop.orders',
  'select count(*) from shop.orders; -- all of them',
  `select status, count(*) from "Shop"."Orders" group by 1 order by 2 desc nulls last limit 10`,
  `with late as (select id from shop.orders where due < current_timestamp() - interval '1 day') select count(*) from late`,
  `with a as (select 1 as x), b as (select x from a) select sum(x) from b`,
  `select avg(total)::number(10,2) from shop.orders where placed_at::date = current_date - 1`,
  `select percentile_cont(0.5) within group (order by total) from shop.orders sample system (10)`,
  `select country, sum(o.total) from shop.orders o left join shop.customer c using (id) where c.id in (select 1) group by country having count(*) > 1`,
  `select count_if(data:kind::string = 'x' and name ilike 'a%') from shop.event`,
  `select count(*) from shop.a union all select count(*) from shop.b`,
  `select case when count(*) = 0 then null else 1 end from shop.orders, lateral flatten(input => tags) f where f.value = 'a'`,
  `select datediff('minute', max(loaded_at), sysdate()) from shop.load`,
  `select max(n) from (select row_number() over (partition by a order by b rows between 1 preceding and current row) n from shop.t qualify n = 1) x`,
  `select iff(not exists (select 1 from shop.p where p.id between 1 and 2), 0, sum(x)) from shop.o where (a or b is not null) and c like 'x'`,
  `select substring(trim(name) from 1 for 2), max(extract(day from at)) from shop.t at(offset => -60) group by 1`,
])('allowed on Snowflake: %s', (sql) => {
  expect(checkWarehouseSql(sql, 'snowflake')).toEqual({ ok: true })
})

test.each([
  ['selec 1', 'Expected'],
  ['-- nothing', 'no statement'],
  ['select 1; select 2', 'Only one statement'],
  ['delete from shop.orders', 'Only a SELECT'],
  ['call shop.p()', 'Only a SELECT'],
  ['copy into @stage from shop.orders', 'Only a SELECT'],
  ['use role accountadmin', 'Only a SELECT'],
  ['select * from shop.orders', 'instead of *'],
  ['select o.* from shop.orders o', 'instead of *'],
  ['select a, b, c from shop.orders', 'one or two columns'],
  ['values (1)', 'Write SELECT instead of VALUES'],
  ['select 1 into x', 'SELECT INTO'],
  ['select a from shop.orders for update', 'FOR UPDATE'],
  ['with recursive r as (select 1 as a) select a from r', 'RECURSIVE'],
  ['with r as (select 1 as a union all select a + 1 from r) select max(a) from r', 'Write the schema of r'],
  ['select count(*) from orders', 'Write the schema of orders'],
  ['select count(*) from (select 1 from a) x, shop.b', 'Write the schema of a'],
  ['select count(*) from other.shop.orders', 'Leave out the database other before orders'],
  ['select count(*) from snowflake.account_usage.users', 'Leave out the database'],
  ['select count(*) from information_schema.tables', 'system tables'],
  ['select count(*) from @stage/file.csv', 'no stage'],
  ['select max($1) from shop.orders', 'by number'],
  ['select shop.seq.nextval', 'takes a value out of a sequence'],
  ['select seq.NEXTVAL from shop.t', 'takes a value out of a sequence'],
  [`select system$cancel_query('1')`, 'system$cancel_query is not allowed'],
  [`select SYSTEM$WAIT(60)`, 'SYSTEM$WAIT is not allowed'],
  ['select shop.f(id) from shop.orders', 'shop.f is not allowed'],
  ['select f(id) from shop.orders', 'The function f is not allowed'],
  ['select "count"(id) from shop.orders', 'count is not allowed'],
  ['select countif(id) from shop.orders', 'countif is not allowed'],
  ['select count(*) from table(shop.f(1))', 'shop.f is not allowed'],
  ['select count(*) from table(information_schema.query_history())', 'information_schema.query_history is not allowed'],
  ['select count(*) from table(result_scan(last_query_id()))', 'result_scan is not allowed'],
  ['select count(*) from table(generator(rowcount => 1000000000))', 'generator is not allowed'],
  [`select count(*) from identifier('shop.orders')`, 'not allowed'],
  [`select snowflake.cortex.complete('m', 'p')`, 'snowflake.cortex.complete is not allowed'],
  [`select (select shop.f(1)) from shop.t`, 'shop.f is not allowed'],
  [`select max(a) from shop.t order by shop.f(1)`, 'shop.f is not allowed'],
  [`select max(a) over (order by shop.f(1)) from shop.t`, 'shop.f is not allowed'],
])('refused on Snowflake: %s', (sql, message) => {
  expect(checkWarehouseSql(sql, 'snowflake')).toEqual({ ok: false, message: expect.stringContaining(message) })
})

test.each([
  'select count(*) from sales.orders',
  'select count(*) from `sales.orders`',
  'select count(*) from `sales`.`orders` # all of them',
  'select status, count(*) from sales.orders group by 1 order by 2 desc limit 10',
  'select count(*) from `sales.events_*` where _table_suffix between "20240101" and "20240131"',
  'with late as (select id from sales.orders where due < timestamp_sub(current_timestamp(), interval 1 day)) select count(*) from late',
  'select countif(name like "a%" and not active) / count(*) from sales.orders where date(placed) = current_date() - 1',
  'select approx_quantiles(total, 100)[safe_offset(50)] from sales.orders tablesample system (10 percent)',
  'select sum(item.price) from sales.orders as o, unnest(o.items) as item where item.kind in unnest(["a", "b"])',
  'select safe_cast(json_value(data, "$.kind") as int64), max(safe.parse_date("%Y", year)) from sales.orders group by 1',
  'select if(exists (select 1 from sales.p where p.id is not null), 0, sum(x)) from sales.o',
  'select max(n) from (select row_number() over (partition by a order by b) as n from sales.t qualify n = 1)',
  'select count(*) from sales.a union all select count(*) from sales.b',
  'select extract(dayofweek from placed), count(distinct customer.id) from sales.orders group by 1 having count(*) > 1',
  'select date_diff(current_date(), max(date_trunc(placed, month)), day) from sales.orders',
  'select count(*) from sales.orders for system_time as of timestamp_sub(current_timestamp(), interval 1 hour)',
])('allowed on BigQuery: %s', (sql) => {
  expect(checkWarehouseSql(sql, 'bigquery')).toEqual({ ok: true })
})

test.each([
  ['selec 1', 'Expected'],
  ['select 1; select 2', 'Only one statement'],
  ['declare x int64; select x', 'Only'],
  ['delete from sales.orders where true', 'Only a SELECT'],
  ['create temp function f() as (1); select f()', 'Only one statement'],
  ['call sales.p()', 'Only a SELECT'],
  ['export data options (uri = "gs://b/*") as select 1', ''],
  ['select * except (a) from sales.orders', 'instead of *'],
  ['select a, b, c from sales.orders', 'one or two columns'],
  ['select count(*) from orders', 'Write the dataset of orders, as my_dataset.orders'],
  ['select count(*) from `other.sales.orders`', 'Leave out the project other before orders'],
  ['select count(*) from other-project.sales.orders', 'Leave out the project'],
  ['select count(*) from sales.INFORMATION_SCHEMA.TABLES', 'system tables'],
  ['select count(*) from `region-eu.INFORMATION_SCHEMA.JOBS`', 'system tables'],
  ['select sum(size_bytes) from `sales.__TABLES__`', 'system tables'],
  ['select sales.f(id) from sales.orders', 'sales.f is not allowed'],
  ['select `count`(id) from sales.orders', 'count is not allowed'],
  ['select safe.f(id) from sales.orders', 'safe.f is not allowed'],
  ['select session_user()', 'session_user is not allowed'],
  ['select count(*) from external_query("eu.c", "select 1")', 'external_query is not allowed'],
  ['select count(*) from sales.tvf(1)', 'sales.tvf is not allowed'],
  ['select count(*) from ml.predict(model sales.m, table sales.t)', ''],
  ['select array_length(generate_array(1, 1000000000))', 'generate_array is not allowed'],
  ['select length(repeat("a", 1000000000))', 'repeat is not allowed'],
  ['select @@project_id', 'Parameters'],
  ['select max(a) from sales.t where b = @p', 'Parameters'],
  ['with recursive r as (select 1 as a union all select a + 1 from r) select max(a) from r', 'RECURSIVE'],
])('refused on BigQuery: %s', (sql, message) => {
  expect(checkWarehouseSql(sql, 'bigquery')).toEqual({ ok: false, message: expect.stringContaining(message) })
})

test('what breaks the parser is refused, and the next query is judged as ever', { timeout: 60_000 }, async () => {
  const chain = `select 1 from shop.t where ${'a or '.repeat(5_000)} a`
  expect(await checkMetricSql(chain, 'snowflake')).toMatchObject({
    ok: false,
    message: expect.stringContaining('chain'),
  })
  const deep = `select ${'('.repeat(5_000)}1${')'.repeat(5_000)}`
  expect(await checkMetricSql(deep, 'snowflake')).toMatchObject({ ok: false })
  expect(await checkMetricSql('select count(*) from shop.t', 'snowflake')).toEqual({ ok: true })
})
