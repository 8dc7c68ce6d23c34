import { ConnectorError, type QueryValue } from '@plumbline/connectors'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { isInsert, restServer, type Answer, type Asked } from '../../support/bigquery/rest-server.ts'
import { bigquery, targetAt } from './shop.ts'

const zJob = z.object({
  configuration: z.object({
    dryRun: z.literal(true).optional(),
    jobTimeoutMs: z.string(),
    labels: z.record(z.string(), z.string()),
    query: z.object({
      maximumBytesBilled: z.string(),
      connectionProperties: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
    }),
  }),
})

interface Documented {
  statementType?: string
  bytes?: string
  type?: string
  value?: string
}

/** BigQuery as it documents a dry run, and a query that gives one row. */
const documented =
  ({ statementType = 'SELECT', bytes = '1024', type = 'INTEGER', value = '42' }: Documented = {}) =>
  (asked: Asked): Answer => {
    if (isInsert(asked))
      return { status: { state: 'DONE' }, statistics: { totalBytesProcessed: bytes, query: { statementType } } }
    if (asked.path.startsWith('/queries/'))
      return { jobComplete: true, schema: { fields: [{ name: 'n', type }] }, rows: [{ f: [{ v: value }] }] }
    return {}
  }

async function measured(url: string, settings: Record<string, unknown> = {}): Promise<QueryValue[] | ConnectorError> {
  const session = await bigquery.open(targetAt(url, settings), {
    label: 'plumbline job 0198',
    signal: new AbortController().signal,
  })
  try {
    return await session.measureQuery({ sql: 'select count(*) from sales.orders', maxRows: 100, timeoutMs: 30_000 })
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
}

const jobsOf = (asked: readonly Asked[]) => asked.filter(isInsert).map(({ body }) => zJob.parse(body).configuration)

test('what a metric would read is asked first; it runs with a limit of bytes and time, and its label (documented answers)', async () => {
  await using server = await restServer(documented())
  expect(await measured(server.url, { maxBytesBilled: 20 * 1024 ** 2 })).toEqual([{ group: null, value: 42 }])
  const limits = { jobTimeoutMs: '30000', labels: { plumbline: 'plumbline-job-0198' } }
  const query = { maximumBytesBilled: String(20 * 1024 ** 2) }
  expect(jobsOf(server.asked)).toEqual([
    { ...limits, query, dryRun: true },
    { ...limits, query },
  ])
})

test('names are of the project of the connection, also where another one pays (documented answers)', async () => {
  await using server = await restServer(documented())
  await measured(server.url, { billingProject: 'payer' })
  const connectionProperties = [{ key: 'dataset_project_id', value: 'shop-project' }]
  expect(jobsOf(server.asked).map(({ query }) => query.connectionProperties)).toEqual([
    connectionProperties,
    connectionProperties,
  ])
})

test.each([
  ['reads too much', { bytes: String(1024 ** 4) }, 'source-failed', 'maxBytesBilled'],
  ['is no SELECT', { statementType: 'SCRIPT' }, 'invalid-input', 'SCRIPT'],
])('a query that %s is not run (documented answers)', async (_, answers, code, message) => {
  await using server = await restServer(documented(answers))
  expect(await measured(server.url)).toMatchObject({ code, message: expect.stringContaining(message) })
  expect(jobsOf(server.asked)).toHaveLength(1)
})

test('a time is no number, though BigQuery writes it as one (documented answers)', async () => {
  await using server = await restServer(documented({ type: 'TIMESTAMP', value: '1700000000000000' }))
  expect(await measured(server.url)).toMatchObject({ code: 'invalid-input' })
})
