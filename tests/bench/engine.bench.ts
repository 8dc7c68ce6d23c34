import { setTimeout as sleep } from 'node:timers/promises'
import type { Servers } from '../support/servers.ts'
import { arrangeEngine, type Engine } from './engine/arrange.ts'
import { followJobs } from './engine/follow-jobs.ts'
import { inFlight } from './engine/in-flight.ts'
import { openStreams } from './engine/open-streams.ts'
import { median, percentile } from './figures.ts'
import type { Report } from './report.ts'

const flight = 60
const rounds = 5
const aRound = 200
/** Of 40, the second worst decided: one pause of the machine more on either side. */
const lone = 100
const streams = 200
const minRatio = 0.7
const maxTimesLatency = 1.5
const maxShownMs = 300

/**
 * What the engine costs and how fast it answers, on one Temporal, with gateway and worker in processes of their own.
 *
 * A job is a real one: `POST /jobs` over HTTP, its row, steps, events and audit entry, admission, the lifecycle of `runJob`, and
 * one warehouse activity, which opens the job's connection, asks the source what it is, and closes it. It runs under the type
 * `schema_discovery`, whose first step it is, because no registered type is that short, on as many connections as jobs are in
 * flight: each has one job at a time.
 *
 * The reference is a workflow with one activity that does the same in the same source and writes nothing down, in the same worker
 * with the same settings; what a workflow comes to whose activity does nothing at all is printed beside it. Rounds of each
 * alternate, with the same number in flight: the next starts when one has ended, which a job tells through the stream of events
 * and the reference through Temporal. Medians are compared.
 */
export async function main(servers: Servers, report: Report): Promise<void> {
  const engine = await arrangeEngine(servers, { connections: flight })
  try {
    await throughput(engine, report)
    await sleep(2_000)
    await latency(engine, report)
    await shown(engine, report)
  } finally {
    await engine.stop()
  }
}

async function throughput(engine: Engine, report: Report): Promise<void> {
  const follower = await followJobs(engine.base, engine.token, '?type=schema_discovery')
  const kinds = {
    job: async (slot: number) => follower.untilEnded(await engine.startJob(slot)),
    sameWork: () => engine.runBare('bareConnect'),
    noWork: () => engine.runBare('bareNothing'),
  }
  const rates = { job: [] as number[], sameWork: [] as number[], noWork: [] as number[] }
  for (const work of Object.values(kinds)) await inFlight(flight, flight * 2, work)
  for (let round = 0; round < rounds; round++) {
    rates.sameWork.push(await inFlight(flight, aRound, kinds.sameWork))
    rates.job.push(await inFlight(flight, aRound, kinds.job))
    rates.noWork.push(await inFlight(flight, aRound, kinds.noWork))
  }
  follower.close()
  const [job, sameWork, noWork] = [median(rates.job), median(rates.sameWork), median(rates.noWork)]
  report.add({
    name: `jobs of one activity, ${flight} in flight`,
    figure: `${job.toFixed(1)} a second, ${(job / sameWork).toFixed(2)} × bare`,
    target: `≥ ${minRatio} × bare`,
    reference: `bare ${sameWork.toFixed(1)} a second, ${noWork.toFixed(1)} where the activity does nothing`,
    ok: job >= minRatio * sameWork,
  })
}

/** One at a time on an idle system. A job runs when a stream shows it so; an activity when Temporal's history says. */
async function latency(engine: Engine, report: Report): Promise<void> {
  const follower = await followJobs(engine.base, engine.token, '?type=schema_discovery')
  const times = { running: [] as number[], activity: [] as number[] }
  for (let n = 0; n < lone; n++) {
    times.activity.push(await engine.startToFirstActivity())
    const begun = performance.now()
    const id = await engine.startJob(n)
    await follower.until(id, ({ status }) => status !== 'pending')
    times.running.push(performance.now() - begun)
    await follower.untilEnded(id)
  }
  follower.close()
  const [running, activity] = [percentile(times.running, 0.95), percentile(times.activity, 0.95)]
  report.add({
    name: 'POST /jobs to running in the stream, p95 of lone jobs',
    figure: `${Math.round(running)} ms, ${(running / activity).toFixed(2)} × Temporal`,
    target: `≤ ${maxTimesLatency} × Temporal`,
    reference: `Temporal's start to first activity ${Math.round(activity)} ms`,
    ok: running <= maxTimesLatency * activity,
  })
}

/**
 * While five jobs a second run: from the time of an event, which is when its transaction began, to when a stream has shown it. Half
 * of the streams follow everything, the others have one of three filters.
 */
async function shown(engine: Engine, report: Report): Promise<void> {
  const filters = ['', '?type=schema_discovery', '', '?tab=active', '', `?connectionId=${engine.connections[0]?.id}`]
  const queries = Array.from({ length: streams }, (_, n) => filters[n % filters.length] ?? '')
  const open = await openStreams(engine.base, engine.token, queries)
  const follower = await followJobs(engine.base, engine.token, '?type=schema_discovery')
  const running: Promise<void>[] = []
  for (let n = 0; n < 100; n++) {
    running.push(engine.startJob(n).then((id) => follower.untilEnded(id)))
    await sleep(200)
  }
  await Promise.all(running)
  await sleep(1_000)
  follower.close()
  await open.close()
  const committed = await engine.eventTimes()
  const delays = open.shown.map(({ eventId, at }) => at - (committed.get(eventId) ?? Number.NaN))
  const p95 = percentile(delays, 0.95)
  report.add({
    name: `event to shown in the stream, p95 with ${streams} streams`,
    figure: `${Math.round(p95)} ms of ${delays.length} shown`,
    target: `≤ ${maxShownMs} ms`,
    ok: p95 <= maxShownMs && delays.length > streams * 100,
  })
}
