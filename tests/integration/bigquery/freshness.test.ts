import type { ObservedTables, RelationRef } from '@plumbline/connectors'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { isInsert, restServer, type Answer, type Asked } from '../../support/bigquery/rest-server.ts'
import { bigquery, targetAt } from './shop.ts'

const at = (time: string) => String(Date.parse(time))
const [written, altered] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']

type Row = [table: string, id: string, modified: string]

/** A table whose definition was changed after its rows, as BigQuery documents it. */
const documented =
  (table: object, rows: readonly Row[], queried: Answer = { status: { state: 'RUNNING' } }) =>
  (asked: Asked): Answer => {
    if (isInsert(asked)) return queried
    if (asked.path.startsWith('/queries/'))
      return {
        jobComplete: true,
        schema: { fields: ['name', 'id', 'modified'].map((name) => ({ name, type: 'STRING' })) },
        rows: rows.map((row) => ({ f: row.map((v) => ({ v })) })),
      }
    if (/\/tables\/\w+\?/.test(asked.path))
      return {
        type: 'TABLE',
        numRows: '7',
        numBytes: '70',
        lastModifiedTime: at(altered),
        timePartitioning: { type: 'DAY' },
        ...table,
      }
    return {}
  }

async function observed(
  url: string,
  relations: readonly RelationRef[] = [relation('orders')],
): Promise<ObservedTables> {
  const session = await bigquery.open(targetAt(url), { label: 'plumbline job', signal: new AbortController().signal })
  return session.observeTables(relations)
}

const relation = (name: string): RelationRef => ({ externalId: name, schema: 'sales', name })

test('a change of a definition is none of the newest partition (documented answers)', async () => {
  await using server = await restServer(documented({}, [['orders', '20260101', at(written)]]))
  const { tables, warnings } = await observed(server.url)
  expect(warnings).toEqual([])
  expect(tables[0]?.altered).toEqual({
    at: written,
    definedAt: altered,
    rows: 7,
    bytes: 70,
    partition: 'sales.orders$20260101',
  })
})

test('rows that were streamed in since count, though they are in no partition yet (documented answers)', async () => {
  const streamingBuffer = { estimatedRows: '3', estimatedBytes: '30', oldestEntryTime: at('2026-01-03T00:00:00Z') }
  await using server = await restServer(documented({ streamingBuffer }, [['orders', '20260101', at(written)]]))
  const { tables } = await observed(server.url)
  expect(tables[0]?.altered).toEqual({ at: '2026-01-03T00:00:00.000Z', definedAt: null, rows: 10, bytes: 100 })
})

test('where queries may not be run a table is told by its own time, and the role is named (documented answers)', async () => {
  const denied = {
    refused: { status: 403, reason: 'accessDenied', message: 'User does not have bigquery.jobs.create permission' },
  }
  await using server = await restServer(documented({}, [], denied))
  const { tables, warnings } = await observed(server.url)
  expect(tables[0]?.altered).toEqual({ at: altered, definedAt: null, rows: 7, bytes: 70 })
  expect(warnings).toMatchObject([
    { code: 'partitions-not-readable', message: expect.stringContaining('--role=roles/bigquery.jobUser') },
  ])
})

test('partitions are asked for of 1,000 tables at a time, and of none that has none (documented answers)', async () => {
  await using server = await restServer(documented({}, []))
  await observed(
    server.url,
    Array.from({ length: 1_001 }, (_, index) => relation(`t${index}`)),
  )
  const queries = server.asked.filter(isInsert).map(({ body }) => zInsert.parse(body).configuration.query.query)
  expect(queries.map((sql) => sql.split(`'t`).length - 1)).toEqual([1_000, 1])
  await using plain = await restServer(documented({ timePartitioning: undefined }, []))
  await observed(plain.url)
  expect(plain.asked.filter(isInsert)).toEqual([])
})

const zInsert = z.object({ configuration: z.object({ query: z.object({ query: z.string() }) }) })
