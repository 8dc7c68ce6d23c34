import { createRecordOn } from '../support/databases.ts'
import type { Servers } from '../support/servers.ts'
import { startBenchGateway, type BenchGateway } from './jobs/bench-gateway.ts'
import { exportOf } from './jobs/export-run.ts'
import { generateJobs, withClient } from './jobs/generate-jobs.ts'
import { filtersOf } from './jobs/requests.ts'
import { samplesOf } from './jobs/samples.ts'
import { quantile, type Timed, type TimedClient } from './jobs/timing.ts'
import { needPsql, timePsql } from './psql.ts'
import type { Report } from './report.ts'

/** `JOBS=500000 npm run bench -- jobs` for a quick look; what is promised is promised at five million. */
const size = Number(process.env['JOBS'] ?? 5_000_000)
const smallSize = Math.max(20_000, size / 100)
const drawn = 150
const pageDepth = 1_000
const exported = 1_000_000

/** What was measured at one size. */
interface Measured {
  firstPages: Timed[]
  deepPages: Timed[]
  badges: Timed[]
  otherCounts: Timed[]
  scans: number
}

/** A record of one size, with a gateway of its own. */
interface Side {
  databaseUrl: string
  gateway: BenchGateway
  filters: Record<string, string>[]
}

/**
 * Lists, counts and the export over HTTP, the gateway in a process of its own, on five million jobs and on a hundredth of them. Both are
 * asked in turns, so that what else the machine does weighs on both alike.
 */
export async function main(servers: Servers, report: Report): Promise<void> {
  needPsql()
  await using started = new AsyncDisposableStack()
  const sides: Side[] = []
  for (const jobs of [smallSize, size]) {
    const side = await sideOf(servers, jobs)
    started.defer(() => side.gateway.stop())
    sides.push(side)
  }
  const [small, large] = await measureInTurns(sides)
  const [, { databaseUrl, gateway } = {}] = sides
  if (!small || !large || !gateway || databaseUrl === undefined) throw new Error('both sizes are measured')
  reportLists(report, large, small)
  await reportReference(report, databaseUrl, large)
  await reportExport(report, gateway)
}

async function sideOf(servers: Servers, jobs: number): Promise<Side> {
  const databaseUrl = await createRecordOn(servers.postgresUrl)
  const begun = performance.now()
  await generateJobs(databaseUrl, jobs)
  process.stdout.write(`${jobs} jobs generated in ${Math.round((performance.now() - begun) / 1000)} s\n`)
  const filters = filtersOf(await samplesOf(databaseUrl), drawn)
  return { databaseUrl, filters, gateway: await startBenchGateway(databaseUrl) }
}

async function measureInTurns(sides: readonly Side[]): Promise<Measured[]> {
  await statisticsReported()
  const scansBefore = await Promise.all(sides.map(({ databaseUrl }) => sequentialScans(databaseUrl)))
  for (const { gateway } of sides) for (let request = 0; request < 50; request++) await gateway.client.get('/jobs?')
  const measured = sides.map((): Measured => ({
    firstPages: [],
    deepPages: [],
    badges: [],
    otherCounts: [],
    scans: 0,
  }))
  for (let turn = 0; turn < Math.max(...sides.map(({ filters }) => filters.length)); turn++)
    for (const [place, side] of sides.entries()) {
      const filter = side.filters[turn]
      const into = measured[place]
      if (filter && into) await measureFilter(side.gateway.client, filter, into)
    }
  await statisticsReported()
  for (const { gateway } of sides) await Promise.all(Array.from({ length: 10 }, () => gateway.client.get('/jobs?')))
  const scansAfter = await Promise.all(sides.map(({ databaseUrl }) => sequentialScans(databaseUrl)))
  return measured.map((one, place) => ({ ...one, scans: (scansAfter[place] ?? 0) - (scansBefore[place] ?? 0) }))
}

async function measureFilter(client: TimedClient, filter: Record<string, string>, into: Measured): Promise<void> {
  const timed = (path: string, query: Record<string, string>): Promise<Timed> =>
    client.get(`${path}?${new URLSearchParams(query).toString()}`)
  into.firstPages.push(await timed('/jobs', filter))
  into.firstPages.push(await timed('/jobs', { ...filter, sort: 'durationMs' }))
  into[isBadge(filter) ? 'badges' : 'otherCounts'].push(await timed('/jobs/counts', filter))
  if (Object.keys(filter).length > 1) return
  const deep = await deepPage(client, filter)
  if (deep) into.deepPages.push(deep)
}

/** Sessions report what they did within a second of their next statement, or as they end: the samples read the whole table. */
const statisticsReported = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_100))

/** What the rollup knows; the rest is counted. */
const isBadge = (filter: Record<string, string>): boolean =>
  !['q', 'actor', 'assetId', 'createdAfter', 'createdBefore', 'rootJobId', 'parentJobId'].some((name) => name in filter)

/** The page of 50 after as many jobs as 1,000 pages hold, found page by page; `undefined` where there are not as many. */
async function deepPage(client: TimedClient, filter: Record<string, string>): Promise<Timed | undefined> {
  let cursor: string | null = null
  for (let jobs = 0; jobs < pageDepth * 50; jobs += 200) {
    const query = new URLSearchParams({ ...filter, limit: '200', ...(cursor !== null && { cursor }) })
    const { nextCursor }: { nextCursor: string | null } = JSON.parse(
      (await client.get(`/jobs?${query.toString()}`)).body,
    )
    if (nextCursor === null) return undefined
    cursor = nextCursor
  }
  return client.get(`/jobs?${new URLSearchParams({ ...filter, cursor: cursor ?? '' }).toString()}`)
}

async function sequentialScans(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query(`select seq_scan from pg_stat_user_tables where relname = 'job'`)
    return Number(rows[0].seq_scan)
  })
}

const p95 = (timings: readonly Timed[]): number =>
  quantile(
    timings.map(({ ms }) => ms),
    0.95,
  )

function reportLists(report: Report, large: Measured, small: Measured): void {
  const within = (name: string, timings: readonly Timed[], reference: readonly Timed[], limitMs: number) => {
    const ms = timings.map((one) => one.ms)
    report.add({
      name: `${name} (${timings.length} requests)`,
      figure: `p95 ${p95(timings).toFixed(1)} ms, p50 ${quantile(ms, 0.5).toFixed(1)} ms, most ${Math.max(...ms).toFixed(0)} ms`,
      target: `p95 ≤ ${limitMs} ms`,
      reference: `at ${smallSize} jobs p95 ${p95(reference).toFixed(1)} ms`,
      ok: p95(timings) <= limitMs,
    })
    for (const { path, ms: slow } of timings.toSorted((a, b) => b.ms - a.ms).slice(0, 5)) {
      if (slow > limitMs) process.stdout.write(`    ${slow.toFixed(0)} ms ${decodeURIComponent(path)}\n`)
    }
  }
  within('first pages, all filters and combinations', large.firstPages, small.firstPages, 50)
  within(`page ${pageDepth} by cursor`, large.deepPages, small.deepPages, 50)
  within('badges', large.badges, small.badges, 20)
  within('counts that no rollup knows', large.otherCounts, small.otherCounts, 150)
  const ratio = p95(large.firstPages) / p95(small.firstPages)
  report.add({
    name: 'first pages, growth with a hundred times the jobs',
    figure: `${ratio.toFixed(2)} ×`,
    target: '≤ 1.5 × the p95 of a hundredth',
    reference: `p95 ${p95(small.firstPages).toFixed(1)} ms at ${smallSize} jobs`,
    ok: ratio <= 1.5,
  })
  report.add({ name: 'sequential scans of all these', figure: `${large.scans}`, target: '0', ok: large.scans === 0 })
}

/** The newest page by psql, with its own start and connection: what the same rows cost without the product. */
async function reportReference(report: Report, databaseUrl: string, large: Measured): Promise<void> {
  const newest = `select * from job where organization_id = generated.id_of('organization 1')
    order by created_at desc, id desc limit 50`
  const times: number[] = []
  for (let round = 0; round < 20; round++) times.push(await timePsql(databaseUrl, [newest]))
  const ours = large.firstPages[0]?.ms ?? Number.NaN
  report.add({
    name: 'newest page without filter',
    figure: `${ours.toFixed(1)} ms`,
    target: '≤ 50 ms',
    reference: `psql ${quantile(times, 0.5).toFixed(1)} ms`,
    ok: ours <= 50,
  })
}

const maxGrowthMb = 64

async function reportExport(report: Report, gateway: BenchGateway): Promise<void> {
  const run = await exportOf(gateway, Math.min(exported, size / 2))
  report.add({
    name: `export of ${run.lines} jobs in ${Math.round(run.ms / 1000)} s, memory of the gateway`,
    figure: `grew ${run.grownMb.toFixed(0)} MB after its first tenth, most ${run.mostMb.toFixed(0)} MB`,
    target: `≤ ${maxGrowthMb} MB growth`,
    reference: `${run.restMb.toFixed(0)} MB before`,
    ok: run.grownMb <= maxGrowthMb,
  })
}
