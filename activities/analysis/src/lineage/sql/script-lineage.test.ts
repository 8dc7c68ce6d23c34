import { beforeAll, describe, expect, test } from 'vitest'
import type { SqlDialect } from './dialect.ts'
import { endToEnd } from './end-to-end.ts'
import { loadParser } from './parse-statement.ts'
import { scriptLineage } from './script-lineage.ts'
import { createTableSchema, type TableColumns } from './table-schema.ts'

beforeAll(loadParser)

/** What flows where, as `table.column > table.column`; `?` behind a source that is ambiguous. */
function flows(dialect: SqlDialect, sql: string, schema: TableColumns = {}): string[] {
  const { columns } = endToEnd(scriptLineage(sql, dialect, createTableSchema(schema)))
  return columns
    .map(({ source, target, certainty }) => {
      const to = target.table === null ? target.column : `${target.table}.${target.column}`
      return `${source.table}.${source.column}${certainty === 'ambiguous' ? '?' : ''} > ${to}`
    })
    .toSorted()
}

function tables(dialect: SqlDialect, sql: string, schema: TableColumns = {}): string {
  const { sources, targets } = endToEnd(scriptLineage(sql, dialect, createTableSchema(schema)))
  return `${sources.toSorted().join(' ')} > ${targets.toSorted().join(' ')}`
}

const shops: TableColumns = { 'sales.orders': ['id', 'buyer', 'total'], 'sales.people': ['id', 'name'] }

describe('queries', () => {
  test('a CTE hides a table of its name, and one that nothing uses reads nothing', () => {
    const sql = 'WITH people AS (SELECT buyer AS id FROM orders), idle AS (SELECT x FROM y) SELECT id FROM people'
    expect(tables('postgres', sql)).toBe('orders > ')
    expect(flows('postgres', sql)).toEqual(['orders.buyer > id'])
  })

  test('a recursion carries values from one of its columns into another', () => {
    const sql = `WITH RECURSIVE up(child, boss) AS (
      SELECT id, manager FROM staff UNION ALL SELECT s.id, up.child FROM staff s JOIN up ON s.manager = up.child
    ) SELECT boss FROM up`
    expect(flows('postgres', sql)).toEqual(['staff.id > boss', 'staff.manager > boss'])
  })

  test('a union maps by position, under the names of its first query', () => {
    const sql = 'SELECT a, b FROM t UNION ALL (SELECT d, c FROM u EXCEPT SELECT e, f FROM v)'
    expect(flows('postgres', sql)).toEqual(['t.a > a', 't.b > b', 'u.c > b', 'u.d > a', 'v.e > a', 'v.f > b'])
  })

  test('a scalar subquery gives its column and not what it is correlated by; EXISTS gives nothing', () => {
    const sql = `SELECT (SELECT p.name FROM sales.people p WHERE p.id = o.buyer) AS who,
      EXISTS (SELECT 1 FROM sales.people q WHERE q.id = o.id) AS known FROM sales.orders o`
    expect(flows('postgres', sql, shops)).toEqual(['sales.people.name > who'])
  })

  test('a lateral subquery sees what stands before it', () => {
    const sql = 'SELECT s.v FROM t CROSS JOIN LATERAL (SELECT t.a + u.b AS v FROM u) s'
    expect(flows('postgres', sql)).toEqual(['t.a > v', 'u.b > v'])
  })

  test('a shared column is one: of the left, of the right in a right join, of both in a full join', () => {
    const joined = (kind: string) =>
      flows('postgres', `SELECT id FROM sales.orders ${kind} JOIN sales.people USING (id)`, shops)
    expect(joined('LEFT')).toEqual(['sales.orders.id > id'])
    expect(joined('RIGHT')).toEqual(['sales.people.id > id'])
    expect(joined('FULL')).toEqual(['sales.orders.id > id', 'sales.people.id > id'])
    const star = flows('postgres', 'SELECT * FROM sales.orders NATURAL JOIN sales.people', shops)
    expect(star.filter((flow) => flow.endsWith('> id'))).toEqual(['sales.orders.id > id'])
    expect(star).toHaveLength(4)
  })

  test('joins in parentheses hide their tables only behind an alias', () => {
    const open = 'SELECT o.total, p.name FROM (sales.orders o JOIN sales.people p ON o.buyer = p.id)'
    expect(flows('postgres', open, shops)).toEqual(['sales.orders.total > total', 'sales.people.name > name'])
    const named = 'SELECT j.name FROM (sales.orders o JOIN sales.people p USING (id)) AS j'
    expect(flows('postgres', named, shops)).toEqual(['sales.people.name > name'])
  })

  test('the conditions within a value count, those of the rows do not', () => {
    const sql = `SELECT CASE WHEN a > 0 THEN b ELSE c END AS v, sum(d) FILTER (WHERE e) OVER w AS s
      FROM t WHERE f > 0 WINDOW w AS (PARTITION BY g ORDER BY h)`
    const [lineage] = scriptLineage(sql, 'postgres', createTableSchema({}))
    expect(flows('postgres', sql)).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'g', 'h'].map((c) => `t.${c} > ${c < 'd' ? 'v' : 's'}`),
    )
    expect(lineage?.indirect).toContainEqual({ table: 't', column: 'f', certainty: 'inferred' })
  })

  test('a column that several tables may have is ambiguous without a schema, and resolved with one', () => {
    const sql = 'SELECT name FROM sales.orders JOIN sales.people ON buyer = people.id'
    expect(flows('postgres', sql)).toEqual(['sales.orders.name? > name', 'sales.people.name? > name'])
    expect(flows('postgres', sql, shops)).toEqual(['sales.people.name > name'])
  })
})

describe('stars', () => {
  test('EXCEPT, REPLACE, EXCLUDE and RENAME', () => {
    const from = 'FROM (SELECT a, b, c FROM t)'
    expect(flows('bigquery', `SELECT * EXCEPT (b) REPLACE (a + b AS a) ${from}`)).toEqual([
      't.a > a',
      't.b > a',
      't.c > c',
    ])
    expect(flows('snowflake', `SELECT * EXCLUDE a RENAME (b AS z) ${from}`)).toEqual(['t.b > z', 't.c > c'])
  })

  test('a star over a table that is not known lets its columns through by name', () => {
    expect(flows('postgres', 'SELECT x.a FROM (SELECT *, 1 AS b FROM t) x')).toEqual(['t.a > a'])
    expect(flows('postgres', 'CREATE TABLE n AS SELECT * FROM t; INSERT INTO m (q) SELECT a FROM n')).toEqual([
      't.a > m.q',
    ])
  })
})

describe('names', () => {
  test('are found by less and by more than their full name, whatever their case', () => {
    const schema = { 'DB.PUBLIC.ORDERS': ['ID'] }
    expect(flows('snowflake', 'SELECT id FROM public.orders', schema)).toEqual(['DB.PUBLIC.ORDERS.ID > id'])
    expect(tables('postgres', 'SELECT a FROM "Odd".T')).toBe('Odd.t > ')
  })

  test('follow USE, IDENTIFIER and SET', () => {
    expect(tables('snowflake', 'USE DATABASE d; USE SCHEMA s; CREATE VIEW v AS SELECT a FROM t')).toBe('d.s.t > d.s.v')
    expect(tables('snowflake', "SET n = 'd.s.t'; SELECT a FROM IDENTIFIER($n)")).toBe('d.s.t > ')
  })

  test('an alias can be used beside it in Snowflake; a unit of time is no column', () => {
    expect(flows('snowflake', 'SELECT f.x AS y, y + 1 AS z FROM (SELECT x FROM t) f')).toEqual(['t.x > y', 't.x > z'])
    expect(flows('snowflake', 'SELECT DATEDIFF(day, d, e) AS n FROM t')).toEqual(['t.d > n', 't.e > n'])
    expect(flows('bigquery', 'SELECT DATE_TRUNC(d, MONTH) AS n FROM t')).toEqual(['t.d > n'])
  })
})

describe('nested values', () => {
  test('fields keep their own origin through arrays, CTEs and UNNEST', () => {
    const sql = `WITH c AS (SELECT k, ARRAY_AGG(STRUCT(a, b AS bb)) AS items FROM t GROUP BY k)
      SELECT k, i.bb FROM c, UNNEST(items) AS i WITH OFFSET`
    expect(flows('bigquery', sql)).toEqual(['t.b > bb', 't.k > k'])
    expect(flows('bigquery', 'SELECT x.p FROM (SELECT ARRAY(SELECT AS STRUCT p, q FROM u) AS l) c, c.l AS x')).toEqual([
      'u.p > p',
    ])
  })

  test('an element of an array comes from the array, named or not', () => {
    expect(flows('bigquery', 'SELECT e.f, o FROM d.t, t.list AS e WITH OFFSET o')).toEqual(['d.t.list > f'])
    expect(flows('postgres', 'SELECT x, n FROM t, unnest(t.list) WITH ORDINALITY AS u(x, n)')).toEqual(['t.list > x'])
    expect(flows('snowflake', 'SELECT f.value:a::int AS a FROM t, LATERAL FLATTEN(input => doc:list) f')).toEqual([
      't.doc > a',
    ])
  })

  test('PIVOT gives values of its aggregates, UNPIVOT of its columns', () => {
    const pivot = "SELECT * FROM (SELECT k, m, v FROM t) PIVOT (SUM(v) AS s FOR m IN ('jan' AS j, 'feb'))"
    expect(flows('bigquery', pivot)).toEqual(['t.k > k', 't.v > s_feb', 't.v > s_j'])
    const unpivot = 'SELECT * FROM (SELECT k, a, b FROM t) UNPIVOT (v FOR n IN (a, b))'
    expect(flows('snowflake', unpivot)).toEqual(['t.a > v', 't.b > v', 't.k > k'])
  })
})
