import { jobTabs, type JobTab } from '@plumbline/workflows'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateJobs, withClient } from '../../bench/jobs/generate-jobs.ts'
import { filtersOf } from '../../bench/jobs/requests.ts'
import { samplesOf } from '../../bench/jobs/samples.ts'
import { inParallel } from '../../faults/load/in-parallel.ts'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createRecord } from '../../support/test-database.ts'

const size = 20_000

/** Temporal is away: the reconciler leaves generated jobs that have no run as they are. */
const nowhere = '127.0.0.1:9'

interface Row {
  id: string
  type: string
  status: string
  connection_id: string
  asset_id: string
  schema_id: string | null
  database_id: string
  trigger_kind: string
  actor: string
  schedule_id: string | null
  root_job_id: string
  parent_job_id: string | null
  resolved_by_job_id: string | null
  created_at: Date
  duration_ms: string | null
  search: string
}

const scheduled = ['nightly', 'Schedule nightly 0']
const ofSchedule = [{}, { status: 'failed' }, { q: 'orders_' }, { scheduleId: 'none' }].map((more) => ({
  scheduleId: 'nightly',
  ...more,
}))

let databaseUrl: string
let gateway: TestGateway
let rows: Row[]
/** Of each filter, the rows that it lets through. */
let matching: Map<Record<string, string>, Row[]>
let filters: Record<string, string>[]
beforeAll(async () => {
  databaseUrl = await createRecord()
  await generateJobs(databaseUrl, size)
  gateway = await startTestGateway({ databaseUrl, temporalAddress: nowhere })
  filters = filtersOf(await samplesOf(databaseUrl), 60)
  await withClient(databaseUrl, (client) => client.query(`update job set schedule_id = $1 where actor = $2`, scheduled))
  filters.push(...ofSchedule)
  rows = await withClient(databaseUrl, async (client) => {
    const answer = await client.query<Row>(
      `select j.* from job j join organization o on o.id = j.organization_id where o.name = 'local'`,
    )
    return answer.rows
  })
  matching = new Map(filters.map((filter) => [filter, rows.filter((row) => matches(row, filter))]))
})
afterAll(() => gateway.stop())

function matches(row: Row, filter: Record<string, string>): boolean {
  const { tab, q, assetId, createdAfter, createdBefore } = filter
  const is = (name: string, value: string | null) => filter[name] === undefined || filter[name] === value
  const tabs: Record<string, readonly string[]> = jobTabs satisfies Record<JobTab, readonly string[]>
  return (
    (tab === undefined || (tabs[tab] ?? []).includes(row.status)) &&
    is('status', row.status) &&
    is('type', row.type) &&
    is('trigger', row.trigger_kind) &&
    is('actor', row.actor) &&
    is('connectionId', row.connection_id) &&
    is('scheduleId', row.schedule_id) &&
    is('rootJobId', row.root_job_id) &&
    is('parentJobId', row.parent_job_id) &&
    (assetId === undefined || [row.asset_id, row.schema_id, row.database_id].includes(assetId)) &&
    (filter['unresolved'] === undefined || (row.status === 'failed' && row.resolved_by_job_id === null)) &&
    (createdAfter === undefined || row.created_at >= new Date(createdAfter)) &&
    (createdBefore === undefined || row.created_at < new Date(createdBefore)) &&
    (q === undefined || row.id === q || row.search.includes(q))
  )
}

const byCreation = (a: Row, b: Row) => a.created_at.getTime() - b.created_at.getTime() || (a.id < b.id ? -1 : 1)
const byDuration = (a: Row, b: Row) => durationOf(a) - durationOf(b) || (a.id < b.id ? -1 : 1)
const durationOf = (row: Row) => Number(row.duration_ms ?? -1)

async function firstPages(query: Record<string, string>, pages: number, limit: number): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages; page++) {
    const search = new URLSearchParams({ ...query, limit: String(limit), ...(cursor !== null && { cursor }) })
    const answer = await gateway.call('GET', `/jobs?${search.toString()}`)
    if (answer.status !== 200) throw new Error(`${search.toString()}: ${answer.status}`)
    ids.push(...answer.body.items.map((job: { id: string }) => job.id))
    cursor = answer.body.nextCursor
    if (cursor === null) break
  }
  return ids
}

const sorts = [
  { sort: 'createdAt', order: 'desc' },
  { sort: 'createdAt', order: 'asc' },
  { sort: 'durationMs', order: 'desc' },
  { sort: 'durationMs', order: 'asc' },
]

test.each(sorts)(
  'three pages by $sort, $order, of every filter and of combinations are what sorting all rows comes to',
  async (by) => {
    await inParallel(filters, async (filter) => {
      const sorted = (matching.get(filter) ?? []).toSorted(by.sort === 'createdAt' ? byCreation : byDuration)
      if (by.order === 'desc') sorted.reverse()
      const ids = sorted.slice(0, 60).map((row) => row.id)
      expect({ filter, ids: await firstPages({ ...filter, ...by }, 3, 20) }).toEqual({ filter, ids })
    })
  },
)

test('an id is found by its beginning and by the end that the page shows', async () => {
  const id = rows[50]?.id ?? ''
  for (const part of [id, id.slice(0, 13), id.slice(0, 18), id.slice(-8), id.slice(0, 23).toUpperCase()]) {
    const { body } = await gateway.call('GET', `/jobs?q=${part}`)
    expect({ part, ids: body.items.map((job: { id: string }) => job.id) }).toMatchObject({
      part,
      ids: expect.arrayContaining([id]),
    })
  }
})

test('counts are exact or the least there are', async () => {
  const withoutTab = filters.filter((one) => one['tab'] === undefined)
  await inParallel(withoutTab, async (filter) => {
    const { body } = await gateway.call('GET', `/jobs/counts?${new URLSearchParams(filter).toString()}`)
    const mine = matching.get(filter) ?? []
    const of = (statuses: readonly string[]) => mine.filter(({ status }) => statuses.includes(status)).length
    const exact = {
      all: mine.length,
      active: of(jobTabs.active),
      completed: of(jobTabs.completed),
      failed: of(jobTabs.failed),
      unresolved: mine.filter((row) => row.status === 'failed' && row.resolved_by_job_id === null).length,
    }
    const wrong = Object.entries(exact).filter(([name, count]) =>
      body.capped.includes(name) ? body[name] > count : body[name] !== count,
    )
    expect({ filter, body, wrong }).toEqual({ filter, body, wrong: [] })
  })
})

test('no list and no badge reads the table of jobs from end to end', async () => {
  await everythingReported()
  const scans = await withClient(databaseUrl, sequentialScans)
  // Looking for a text may read as many jobs as there are here; the bench sees that it reads no five million.
  for (const filter of filters.filter((one) => !('q' in one))) {
    await firstPages(filter, 1, 50)
    await firstPages({ ...filter, sort: 'durationMs' }, 1, 50)
    await gateway.call('GET', `/jobs/counts?${new URLSearchParams(filter).toString()}`)
  }
  await everythingReported()
  expect((await withClient(databaseUrl, sequentialScans)) - scans).toBe(0)
})

/** Sessions report what they did with the first statement that comes a second later. */
async function everythingReported(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await Promise.all(Array.from({ length: 10 }, () => firstPages({}, 1, 1)))
}

async function sequentialScans(client: Client): Promise<number> {
  const { rows: found } = await client.query(`select seq_scan from pg_stat_user_tables where relname = 'job'`)
  return Number(found[0].seq_scan)
}
