import { sql } from 'kysely'
import type { Database } from '@plumbline/store'
import { z } from 'zod'
import { createRecordOn } from '../support/databases.ts'
import type { Servers } from '../support/servers.ts'
import { startBenchGateway, type BenchGateway } from './jobs/bench-gateway.ts'
import type { Report } from './report.ts'
import { plant, shapes, type PlantedHistory } from './trends/planted-durations.ts'
import { endRuns, openRecord, prepareHistories, type StoredHistory } from './trends/stored-histories.ts'

/** The standard deviation of a run, as a part of what it is expected to take. */
const noises = [0.05, 0.15, 0.3]
const historiesEach = 4
/** So many runs of every history end between two looks of the gateway. */
const runsAtOnce = 25
/** A stretch that is found later than with its third run was missed. */
const soonRuns = 3
const least = 0.95

/** Histories with planted regressions, judged by a gateway as their jobs end and read over HTTP: precision and recall. */
export async function main(servers: Servers, report: Report): Promise<void> {
  const databaseUrl = await createRecordOn(servers.postgresUrl)
  const db = openRecord(databaseUrl)
  const stored = await prepareHistories(db, drawn())
  const gateway = await startBenchGateway(databaseUrl)
  try {
    const longest = Math.max(...stored.map(({ jobIds }) => jobIds.length))
    for (let from = 0; from < longest; from += runsAtOnce) {
      await endRuns(db, stored, from, from + runsAtOnce)
      await compared(db)
    }
    const scores: Score[] = []
    for (const one of stored) scores.push(scoreOf(one.history, await flaggedRuns(gateway, one)))
    tell(report, scores)
  } finally {
    await gateway.stop()
    await db.destroy()
  }
}

const drawn = (): PlantedHistory[] =>
  noises.flatMap((noise, n) =>
    shapes.flatMap((shape, s) =>
      Array.from({ length: historiesEach }, (_, index) => plant(shape, noise, n * 100_000 + s * 1_000 + index)),
    ),
  )

/** Waits until the gateway has looked at all that has ended. */
async function compared(db: Database): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ over: boolean }>`
      select (select after from trend_cursor) >= (select max(id) from job_event) as over`.execute(db)
    if (rows[0]?.over) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const zTrends = z.object({ regressions: z.array(z.object({ jobId: z.string() })) })

/** The places of the runs that the product calls slow. */
async function flaggedRuns({ base, token }: BenchGateway, { root, jobIds }: StoredHistory): Promise<number[]> {
  const query = new URLSearchParams({
    type: 'schema_discovery',
    assetId: root.id,
    from: new Date(Date.now() - 70 * 86_400_000).toISOString(),
    bucket: 'month',
  })
  const response = await fetch(`${base}/api/v1/jobs/trends?${query.toString()}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!response.ok) throw new Error(await response.text())
  const { regressions } = zTrends.parse(await response.json())
  return regressions.map(({ jobId }) => jobIds.indexOf(jobId)).toSorted((a, b) => a - b)
}

interface Score {
  history: PlantedHistory
  found: number
  missed: number
  falseAlarms: number
}

/** Each planted stretch is found by one flag at its beginning; every other flag is false, also a second one of the same stretch. */
function scoreOf(history: PlantedHistory, flagged: readonly number[]): Score {
  const found = history.planted.filter(({ from, to }) =>
    flagged.some((run) => run >= from && run < Math.min(to, from + soonRuns)),
  ).length
  return { history, found, missed: history.planted.length - found, falseAlarms: flagged.length - found }
}

function tell(report: Report, scores: readonly Score[]): void {
  const sum = (of: 'found' | 'missed' | 'falseAlarms', among = scores) => among.reduce((all, one) => all + one[of], 0)
  const each = (of: 'missed' | 'falseAlarms') =>
    noises
      .map(
        (noise) =>
          `noise ${noise * 100} % ${sum(
            of,
            scores.filter(({ history }) => history.noise === noise),
          )}`,
      )
      .join('; ')
  const [found, missed, falseAlarms] = [sum('found'), sum('missed'), sum('falseAlarms')]
  const runs = scores.reduce((all, { history }) => all + history.durationsMs.length, 0)
  const add = (name: string, share: number, counted: string, reference: string) =>
    report.add({
      name,
      figure: `${share.toFixed(3)} (${counted})`,
      target: `≥ ${least}`,
      reference,
      ok: share >= least,
    })
  add(
    'precision of duration regressions',
    found / (found + falseAlarms),
    `${falseAlarms} false alarms in ${runs} runs of ${scores.length} histories`,
    each('falseAlarms'),
  )
  add(
    'recall of duration regressions',
    found / (found + missed),
    `${found} of ${found + missed}`,
    `${each('missed')} missed`,
  )
  for (const { history, missed: lost, falseAlarms: wrong } of scores)
    if (lost + wrong > 0)
      process.stdout.write(`${history.shape}, noise ${history.noise * 100} %: ${lost} missed, ${wrong} false alarms\n`)
}
