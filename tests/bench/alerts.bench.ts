import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, type Database } from '@plumbline/store'
import { createRecordOn } from '../support/databases.ts'
import { addFailures, addSuccesses, causes } from '../support/failing-jobs.ts'
import { startProductOn, type Product } from '../support/product.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import type { Servers } from '../support/servers.ts'
import type { Report } from './report.ts'

const jobs = 10_000
const batch = 500
const hourMs = 3_600_000
const patienceMs = 180_000

/** An hour in which ten thousand jobs fail from twenty causes, and its end: how many incidents that is, and how often somebody is told. */
export async function main(servers: Servers, report: Report): Promise<void> {
  const databaseUrl = await createRecordOn(servers.postgresUrl)
  const db = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'bench' })
  const receiver = await startReceiver()
  const product = await startProductOn({ databaseUrl, temporalAddress: servers.temporalAddress, namespace: 'default' })
  try {
    await product.startWorker('all', { PLUMBLINE_ALERTS_PRIVATE_ADDRESSES: 'allow' })
    await measure({ db, product, receiver }, report)
  } finally {
    await product.stop()
    await receiver.stop()
    await db.destroy()
  }
}

async function measure(
  { db, product, receiver }: { db: Database; product: Product; receiver: Receiver },
  report: Report,
): Promise<void> {
  const target = { kind: 'webhook', url: receiver.url }
  await product.gateway.call('POST', '/alert-channels', { name: 'all', target, maxPerHour: 1_000 })
  for (let n = 0; n < causes; n += 1) await product.connect(`source ${n}`, `postgres://a:b@127.0.0.1:9/source${n}`)
  const roots = await db.selectFrom('asset').selectAll().orderBy('qualified_name').execute()
  const hourAgo = Date.now() - hourMs
  for (let from = 0; from < jobs; from += batch) {
    const endedAt = new Date(hourAgo + (from / jobs) * (hourMs - 60_000))
    await addFailures(db, roots, { from, count: batch, endedAt })
  }
  const written = Date.now()
  await until(async () => (await occurrences(db)) === jobs)
  const foundMs = Date.now() - written
  await until(() => told(receiver, 'incident.escalated').length === causes)
  await addSuccesses(db, roots)
  await until(() => told(receiver, 'incident.recovered').length === causes)
  const incidents = (await db.selectFrom('incident').select('id').execute()).length
  const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
  const ok = {
    incidents: incidents === causes,
    told: ids.size <= 3 * causes,
    twice: ids.size === receiver.received.length,
  }
  report.add({
    name: `incidents of ${jobs} failed jobs`,
    figure: `${incidents}`,
    target: `${causes}`,
    ok: ok.incidents,
  })
  report.add({ name: 'notices', figure: `${ids.size}`, target: `≤ ${3 * causes}`, ok: ok.told })
  report.add({
    name: 'notices sent twice',
    figure: `${receiver.received.length - ids.size}`,
    target: '0',
    ok: ok.twice,
  })
  report.add({
    name: 'from the last failure to its incident',
    figure: `${(foundMs / 1_000).toFixed(1)} s`,
    target: '≤ 30 s',
    ok: foundMs <= 30_000,
  })
}

const told = (receiver: Receiver, type: string) =>
  receiver.received.filter(({ body }) => body.startsWith(`{"type":"${type}"`))

async function occurrences(db: Database): Promise<number> {
  const { n } = await db
    .selectFrom('incident_occurrence')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + patienceMs
  while (!(await reached())) {
    if (Date.now() > giveUp) throw new Error('The notices did not come in time')
    await sleep(100)
  }
}
