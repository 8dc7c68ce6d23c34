import { beforeAll, describe, expect, test } from 'vitest'
import type { SqlDialect } from './dialect.ts'
import { endToEnd } from './end-to-end.ts'
import { loadParser } from './parse-statement.ts'
import { scriptLineage } from './script-lineage.ts'
import { createTableSchema, type TableColumns } from './table-schema.ts'

beforeAll(loadParser)

/** `sources > targets`, and the columns below as `table.column > table.column`. */
function lineage(dialect: SqlDialect, sql: string, schema: TableColumns = {}): { tables: string; columns: string[] } {
  const { sources, targets, columns } = endToEnd(scriptLineage(sql, dialect, createTableSchema(schema)))
  return {
    tables: `${sources.toSorted().join(' ')} > ${targets.toSorted().join(' ')}`,
    columns: columns
      .map(({ source, target }) => `${source.table}.${source.column} > ${target.table}.${target.column}`)
      .toSorted(),
  }
}

describe('statements that write', () => {
  test('INSERT goes by its column list, else by the columns of the table', () => {
    const schema = { t: ['a', 'b'] }
    expect(lineage('postgres', 'INSERT INTO t (b) SELECT x FROM u', schema).columns).toEqual(['u.x > t.b'])
    expect(lineage('postgres', 'INSERT INTO t SELECT x, y FROM u', schema).columns).toEqual(['u.x > t.a', 'u.y > t.b'])
    const upsert = 'INSERT INTO t AS o (a) SELECT x FROM u ON CONFLICT (a) DO UPDATE SET b = o.b + excluded.a'
    expect(lineage('postgres', upsert).columns).toEqual(['t.b > t.b', 'u.x > t.a', 'u.x > t.b'])
  })

  test('UPDATE assigns single columns, tuples and fields', () => {
    const tuple = 'UPDATE t SET (a, b) = (SELECT x, y FROM u WHERE u.id = t.id), c = v.z FROM v'
    expect(lineage('postgres', tuple)).toEqual({ tables: 'u v > t', columns: ['u.x > t.a', 'u.y > t.b', 'v.z > t.c'] })
    expect(lineage('bigquery', 'UPDATE d.t x SET x.a.b = s.c FROM d.s s WHERE TRUE').columns).toEqual(['d.s.c > d.t.a'])
  })

  test('MERGE writes in each of its branches; a bare name in a value is the source', () => {
    const sql = `MERGE INTO t USING (SELECT id, v FROM s) n ON t.id = n.id
      WHEN MATCHED AND n.v > 0 THEN UPDATE SET w = n.v WHEN MATCHED THEN DELETE
      WHEN NOT MATCHED THEN INSERT (id, w) VALUES (id, v + 1)`
    expect(lineage('snowflake', sql, { t: ['id', 'w'] })).toEqual({
      tables: 's > t',
      columns: ['s.id > t.id', 's.v > t.w'],
    })
    const row = 'MERGE d.t USING d.s ON FALSE WHEN NOT MATCHED THEN INSERT ROW'
    expect(lineage('bigquery', row, { 'd.t': ['a'], 'd.s': ['b'] }).columns).toEqual(['d.s.b > d.t.a'])
  })

  test('DELETE reads what it is compared with; what it returns flows on', () => {
    expect(lineage('postgres', 'DELETE FROM t USING u WHERE t.id = u.id').tables).toBe('u > t')
    const move = 'WITH gone AS (DELETE FROM old RETURNING id) INSERT INTO kept (id) SELECT id FROM gone'
    expect(lineage('postgres', move)).toEqual({ tables: 'old > kept old', columns: ['old.id > kept.id'] })
  })

  test('several tables from one query', () => {
    const sql = 'INSERT ALL WHEN a > 1 THEN INTO t1 (x) VALUES (b) ELSE INTO t2 (y) SELECT a, b FROM s'
    expect(lineage('snowflake', sql)).toEqual({ tables: 's > t1 t2', columns: ['s.a > t2.y', 's.b > t1.x'] })
  })

  test('definitions with column names, copies and stages', () => {
    expect(lineage('postgres', 'CREATE VIEW v (a, b) AS SELECT x, y FROM t').columns).toEqual([
      't.x > v.a',
      't.y > v.b',
    ])
    expect(lineage('postgres', 'CREATE TABLE v (a) AS SELECT x FROM t WITH NO DATA').columns).toEqual(['t.x > v.a'])
    expect(lineage('snowflake', 'CREATE TABLE a CLONE b').tables).toBe('b > a')
    expect(lineage('bigquery', 'CREATE TABLE d.a COPY d.b').tables).toBe('d.b > d.a')
    expect(lineage('snowflake', 'COPY INTO t FROM @stage/path').tables).toBe('@stage/path > t')
    expect(lineage('snowflake', 'COPY INTO @stage/out FROM (SELECT a FROM t)').tables).toBe('t > @stage/out')
  })
})

describe('scripts', () => {
  test('run through the tables they make, also under a later name', () => {
    const sql =
      'CREATE TEMP TABLE m AS SELECT a FROM s; CREATE TABLE n AS SELECT a AS b FROM m; ALTER TABLE n RENAME TO o; DROP TABLE m'
    expect(lineage('postgres', sql)).toEqual({ tables: 's > o', columns: ['s.a > o.b'] })
  })

  test('a table that is dropped to be made anew is there', () => {
    const sql = 'DROP TABLE IF EXISTS t; CREATE TABLE t AS SELECT a FROM s; SELECT 1'
    expect(lineage('postgres', sql)).toEqual({ tables: 's > t', columns: ['s.a > t.a'] })
  })

  test('a table that is built aside and swapped in has its name in the end', () => {
    const sql = 'CREATE TABLE n LIKE t; INSERT INTO n (a) SELECT b FROM s; ALTER TABLE t SWAP WITH n; DROP TABLE n'
    expect(lineage('snowflake', sql)).toEqual({ tables: 's > t', columns: ['s.b > t.a'] })
  })

  test('control flow, procedures and dynamic SQL are their statements', () => {
    const script = `DECLARE n INT64; SET n = (SELECT MAX(i) FROM marks);
      IF n > 0 THEN INSERT INTO d.t (a) SELECT b FROM d.u WHERE b > n; ELSE SELECT 1; END IF;`
    expect(lineage('bigquery', script)).toEqual({ tables: 'd.u marks > d.t', columns: ['d.u.b > d.t.a'] })
    const procedure = 'CREATE PROCEDURE d.p() BEGIN INSERT INTO d.t (a) SELECT b FROM d.u; END'
    expect(lineage('bigquery', procedure).columns).toEqual(['d.u.b > d.t.a'])
    const block = 'DO $$ DECLARE n int; BEGIN n := (SELECT max(i) FROM m); INSERT INTO t (a) SELECT b FROM u; END $$'
    expect(lineage('postgres', block)).toEqual({ tables: 'm u > t', columns: ['u.b > t.a'] })
    const other = 'CREATE PROCEDURE p() RETURNS STRING LANGUAGE JAVASCRIPT AS $$ from(x) $$'
    expect(lineage('snowflake', other).tables).toBe(' > ')
    expect(lineage('snowflake', "EXECUTE IMMEDIATE 'INSERT INTO t (a) SELECT b FROM u'").columns).toEqual(['u.b > t.a'])
  })

  test('a statement that cannot be parsed costs only itself, and still names its tables', () => {
    const [bad, good] = scriptLineage(
      'INSERT INTO t SELECT a b c FROM u;\nSELECT b FROM v',
      'postgres',
      createTableSchema({}),
    )
    expect(bad).toMatchObject({ sources: ['u'], targets: ['t'], columns: [], failure: { line: 1, column: 26 } })
    expect(good).toMatchObject({ sources: ['v'], start: 35, failure: null })
  })

  test.each([
    ['unterminated string', "SELECT 'a FROM t"],
    ['long chain', `SELECT a FROM t WHERE ${Array.from({ length: 5000 }, () => 'b = 1').join(' OR ')}`],
    ['deep nesting', `${'SELECT * FROM ('.repeat(2000)}SELECT 1${')'.repeat(2000)}`],
    ['casts in a row', `SELECT a${'::int'.repeat(5000)} FROM t`],
    ['calls within each other', `SELECT ${'f('.repeat(60)}a${')'.repeat(60)} FROM t`],
    [
      'a chain of CTEs',
      `WITH c0 AS (SELECT 1 AS a)${Array.from({ length: 2000 }, (_, n) => `, c${n + 1} AS (SELECT a FROM c${n})`).join('')} SELECT a FROM c2000`,
    ],
    ['no SQL', '\u0000 )(; "'],
  ])(
    '%s neither throws nor spoils the parser',
    (_, sql) => {
      for (const dialect of ['postgres', 'snowflake', 'bigquery'] as const) {
        expect(() => scriptLineage(sql, dialect, createTableSchema({}))).not.toThrow()
        expect(lineage(dialect, 'INSERT INTO t (a) SELECT b FROM u').columns).toEqual(['u.b > t.a'])
      }
    },
    60_000,
  )
})

test('what a query gives without a name is called as its dialect calls it', () => {
  const sql = 'SELECT a, sum(b), c::int FROM t'
  expect(lineage('postgres', sql).columns).toEqual(['t.a > null.a', 't.b > null.sum', 't.c > null.c'])
  expect(lineage('snowflake', sql).columns).toEqual(['t.a > null.a', 't.b > null.SUM(B)', 't.c > null.C::INT'])
  expect(lineage('bigquery', 'SELECT a, sum(b), c + 1 FROM t').columns).toEqual([
    't.a > null.a',
    't.b > null.f0_',
    't.c > null.f1_',
  ])
  const top = 'CREATE TABLE n AS SELECT DISTINCT TOP 5\n  max( a ),\n  b || (SELECT min(c) FROM u) FROM t'
  expect(lineage('snowflake', top).columns).toEqual([
    't.a > n.MAX( A )',
    't.b > n.B || (SELECT MIN(C) FROM U)',
    'u.c > n.B || (SELECT MIN(C) FROM U)',
  ])
})

test('what the parser does not know and moves no row is no failure', () => {
  const statements = [
    ['postgres', 'CREATE RULE r AS ON INSERT TO t DO NOTHING'],
    ['postgres', 'CREATE PUBLICATION p FOR TABLE t'],
    ['snowflake', 'CREATE OR REPLACE MASKING POLICY p AS (v STRING) RETURNS STRING -> v'],
    ['snowflake', 'ALTER TASK t RESUME'],
    ['bigquery', 'DROP ALL ROW ACCESS POLICIES ON d.t'],
    ['bigquery', 'EXPORT MODEL m OPTIONS (uri = "gs://b")'],
  ] as const
  for (const [dialect, sql] of statements)
    expect(scriptLineage(sql, dialect, createTableSchema({}))).toMatchObject([
      { sources: [], targets: [], failure: null },
    ])
  for (const sql of ['CREATE FUNCTION f( AS', 'CREATE TABLE t AS SELEC a FROM u'])
    expect(scriptLineage(sql, 'snowflake', createTableSchema({}))[0]?.failure).not.toBeNull()
})
