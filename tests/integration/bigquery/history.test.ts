import type { StatementEvent, StatementRequest } from '@plumbline/connectors'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { isInsert, restServer, type Answer, type Asked } from '../../support/bigquery/rest-server.ts'
import { bigquery, targetAt } from './shop.ts'

const zQuery = z.object({
  jobReference: z.object({ jobId: z.string().optional(), location: z.string().optional() }),
  configuration: z.object({
    labels: z.record(z.string(), z.string()),
    query: z.object({ query: z.string(), maximumBytesBilled: z.string() }),
  }),
})

const denied: Answer = {
  refused: {
    status: 403,
    reason: 'accessDenied',
    message: 'Access Denied: Table shop-project:region-us.INFORMATION_SCHEMA.JOBS: User does not have permission',
  },
}

const ran = (text: string | null, calls: number, target: [string, string] | null = null) => ({
  f: [text, target?.[0] ?? null, target?.[1] ?? null, String(calls)].map((v) => ({ v })),
})
const fields = ['text', 'target_dataset', 'target_table', 'calls'].map((name) => ({ name, type: 'STRING' }))

/** Datasets in two locations, of which one refuses its history; the other answers in two pages. */
function documented(refusing: readonly string[]) {
  const locations = new Map<string, string>()
  return (asked: Asked): Answer => {
    const { pathname, searchParams } = new URL(asked.path, 'http://server')
    if (pathname === '/datasets')
      return {
        datasets: ['EU', 'US', 'EU'].map((location, index) => ({
          datasetReference: { datasetId: `d${index}` },
          location,
        })),
      }
    if (isInsert(asked)) {
      const { jobReference } = zQuery.parse(asked.body)
      const { jobId = '', location = '' } = jobReference
      if (refusing.includes(location)) return denied
      locations.set(jobId, location)
      return { jobReference: { jobId, location }, status: { state: 'RUNNING' } }
    }
    if (pathname.startsWith('/queries/')) {
      const isEu = locations.get(pathname.slice('/queries/'.length)) === 'eu'
      if (!isEu) return { jobComplete: true, schema: { fields }, rows: [ran('insert into d1.us select 1', 1)] }
      return searchParams.has('pageToken')
        ? { jobComplete: true, schema: { fields }, rows: [ran(null, 1)] }
        : {
            jobComplete: true,
            schema: { fields },
            pageToken: 'more',
            rows: [ran('insert into d0.b select a from d0.a', 7), ran('select 1', 2, ['d0', 'out$20240131'])],
          }
    }
    return {}
  }
}

async function readHistory(url: string, request: Partial<StatementRequest> = {}): Promise<StatementEvent[]> {
  const session = await bigquery.open(targetAt(url), {
    label: 'plumbline job 0198',
    signal: new AbortController().signal,
  })
  const since = new Date('2026-01-01T00:00:00Z')
  return Array.fromAsync(
    session.readStatements({ kind: 'query', since, readBefore: null, limit: 100, maxLength: 1_000, ...request }),
  )
}

const asksOf = (asked: readonly Asked[]) => asked.filter(isInsert).map(({ body }) => zQuery.parse(body))

test('each location is asked for its jobs; one that may not be read is a warning that names the role (documented answers)', async () => {
  await using server = await restServer(documented(['us']))
  const events = await readHistory(server.url)
  expect(events.flatMap((event) => (event.kind === 'statements' ? event.statements : []))).toMatchObject([
    { text: 'insert into d0.b select a from d0.a', calls: 7 },
    { text: 'select 1', calls: 2, target: { schema: 'd0', name: 'out' } },
  ])
  expect(events.flatMap((event) => (event.kind === 'warnings' ? event.warnings : []))).toMatchObject([
    { code: 'history-not-readable', message: expect.stringContaining('--role=roles/bigquery.resourceViewer') },
    { code: 'statement-too-long', message: expect.stringContaining('1 of the query history') },
  ])
  expect(events.at(-1)).toMatchObject({ kind: 'read', upTo: { source: 'jobs:eu' } })
  const [eu] = asksOf(server.asked)
  expect(eu?.jobReference.location).toBe('eu')
  expect(eu?.configuration).toMatchObject({
    labels: { plumbline: 'plumbline-job-0198' },
    query: { maximumBytesBilled: String(10 * 1024 ** 3) },
  })
  const sql = eu?.configuration.query.query ?? ''
  expect(sql).toContain('from `shop-project`.`region-eu`.INFORMATION_SCHEMA.JOBS')
  expect(sql).toContain(`creation_time >= timestamp_millis(${Date.parse('2025-12-31T18:00:00Z')})`)
  expect(sql).toContain(`end_time >= timestamp_millis(${Date.parse('2026-01-01T00:00:00Z')})`)
  expect(sql).toContain(`label.key = 'plumbline'`)
  expect(sql).toContain('limit 100')
})

test('a location is read on from its mark, a new one from the beginning, what just ended by the next job (documented answers)', async () => {
  await using server = await restServer(documented([]))
  const to = new Date('2026-02-01T00:00:00Z')
  const events = await readHistory(server.url, { readBefore: { source: 'jobs:eu', to } })
  const beginnings = asksOf(server.asked).map(({ configuration }) =>
    Number(/end_time >= timestamp_millis\((\d+)\)/.exec(configuration.query.query)?.[1]),
  )
  expect(beginnings).toEqual([to.getTime(), Date.parse('2026-01-01T00:00:00Z')])
  const mark = events.flatMap((event) => (event.kind === 'read' ? event.upTo : []))[0]
  expect(mark).toMatchObject({ source: 'jobs:eu,us', to: expect.any(Date) })
  expect(Date.now() - (mark?.to.getTime() ?? 0)).toBeGreaterThanOrEqual(60_000)
  const justNow = { source: 'jobs:eu,us', to: new Date() }
  expect(await readHistory(server.url, { readBefore: justNow })).toEqual([])
})
