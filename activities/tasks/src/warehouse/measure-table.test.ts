import { ConnectorError, type Measurement, type RelationSize, type Session } from '@plumbline/connectors'
import type { SelectedRelation } from '@plumbline/store'
import { metricCapture } from '@plumbline/workflows'
import { columnDocument, relationDocument } from '@plumbline/workflows/testing/relation-document'
import { describe, expect, test } from 'vitest'
import { measureTable, planOf, type DefinedOn } from './measure-table.ts'

const config = metricCapture.config.parse({ exactUpToBytes: 100_000, sampleBytes: 10_000 })
const size = (of: Partial<RelationSize> = {}): RelationSize => ({
  externalId: 'r:1',
  bytes: 500,
  rows: 40,
  columns: ['a'],
  distinct: {},
  ...of,
})

const column = columnDocument(1, 'a', { type: 'integer', nativeType: 'integer' })
const relation: SelectedRelation = {
  assetId: 'asset',
  externalId: 'r:1',
  kind: 'table',
  schema: 's',
  name: 't',
  qualifiedName: 'db.s.t',
  document: relationDocument([column]),
  evidence: null,
}
const measured: Measurement = {
  rows: 8,
  cut: false,
  columns: [{ metric: 'distinct_count', column: 'a', value: null, noData: 'sampled', method: 'sampled' }],
  duplicates: [],
}

/** A session that measures as it is told, and nothing else. */
function session(measure: Session['measure'], measureQuery: Session['measureQuery'] = never): Session {
  // oxlint-disable-next-line require-yield -- nobody reads it
  const iterate = async function* () {
    await never()
  }
  return {
    describe: never,
    readCatalog: iterate,
    readQueries: iterate,
    readStatements: iterate,
    sample: never,
    observeTables: never,
    readNewest: never,
    relationSizes: never,
    measure,
    measureQuery,
    close: never,
  }
}
const never = () => Promise.reject(new Error('not asked for here'))

const ofTable = (part: Partial<RelationSize> = {}, defined: DefinedOn[] = []) => ({
  relation,
  size: size(part),
  plan: planOf(size(part), config),
  defined,
  dialect: 'postgres' as const,
})

describe('how a table is read', () => {
  test.each([
    [500, { read: { kind: 'all' }, bytes: 500 }],
    [100_000, { read: { kind: 'all' }, bytes: 100_000 }],
    [400_000, { read: { kind: 'part', part: 0.025 }, bytes: 10_000 }],
    [null, { read: { kind: 'rows', rows: 100_000 }, bytes: 0 }],
  ])('%s bytes', (bytes, plan) => {
    expect(planOf(size({ bytes }), config)).toEqual(plan)
  })
})

describe('what comes of it', () => {
  test('from a part: rows are scaled up where the source does not know them, different values are its own count', async () => {
    const part = { bytes: 400_000, rows: null, distinct: { a: 7 } }
    const { values } = await measureTable(
      session(async () => measured),
      ofTable(part),
      config,
    )
    expect(values.map(({ metric, value, method }) => [metric, value, method])).toEqual([
      ['row_count', 320, 'estimate'],
      ['distinct_count', 7, 'statistics'],
    ])
  })

  test('a large table of which only its rows are asked for is not read', async () => {
    const rowsOnly = { ...config, columns: false }
    const result = await measureTable(session(never), ofTable({ bytes: 400_000 }), rowsOnly)
    expect(result).toMatchObject({ statements: 0, failed: false, values: [{ metric: 'row_count', value: 40 }] })
  })

  test('a query that fails leaves the rest, and one that is not allowed any more is not run', async () => {
    const defined = (id: string, sql: string): DefinedOn => ({ id, name: id, revision: 1, spec: { kind: 'sql', sql } })
    const failing = session(
      async () => measured,
      ({ sql }) =>
        sql.includes('slow')
          ? Promise.reject(new ConnectorError('statement-timeout', 'too slow'))
          : Promise.resolve([{ group: 'x', value: 1 }]),
    )
    const queries = [
      defined('slow', 'select count(*) from s.slow'),
      defined('good', 'select a, count(*) from s.t group by a'),
      defined('old', 'select pg_sleep(1)'),
    ]
    const result = await measureTable(failing, ofTable({}, queries), config)
    expect(result.warnings.map(({ code, object }) => [code, object])).toEqual([
      ['measure-timeout', 'db.s.t: slow'],
      ['metric-unusable', 'db.s.t: old'],
    ])
    expect(result).toMatchObject({ failed: false, statements: 3 })
    expect([...result.failures.keys()]).toEqual(['slow', 'old'])
    expect(result.values.at(-1)).toMatchObject({ key: 'good:1:x', metric: 'sql', group: 'x', value: 1 })
  })

  test('a key of a column that is gone costs the table nothing else, and a table that fails all of its keys', async () => {
    const key = (id: string, columns: string[]): DefinedOn => ({
      id,
      name: id,
      revision: 1,
      spec: { kind: 'duplicates', columns },
    })
    const keys = [key('old', ['a', 'gone']), key('good', ['a'])]
    const asked: unknown[] = []
    const counting = session(async (request) => {
      asked.push(request.keys)
      return { ...measured, duplicates: [{ value: 2, noData: null, method: 'exact' }] }
    })
    const { failed, values, failures, warnings } = await measureTable(counting, ofTable({}, keys), config)
    expect(asked).toEqual([[['a']]])
    expect({ failed, failures: [...failures.keys()] }).toEqual({ failed: false, failures: ['old'] })
    expect(values.at(-1)).toMatchObject({ key: 'good:1:', value: 2 })
    expect(warnings).toMatchObject([{ code: 'metric-unusable', message: expect.stringContaining('gone') }])
    const refusing = session(() => Promise.reject(new ConnectorError('permission-denied', 'no')))
    const refused = await measureTable(refusing, ofTable({}, keys), config)
    expect([...refused.failures.values()].map(({ code }) => code)).toEqual(['metric-unusable', 'no-select'])
  })

  test('what is wrong with the whole source is thrown', async () => {
    const lost = session(() => Promise.reject(new ConnectorError('connection-lost', 'gone')))
    await expect(measureTable(lost, ofTable(), config)).rejects.toThrow('gone')
  })
})
