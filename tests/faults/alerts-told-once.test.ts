import { openDatabase } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFailures, addSuccesses, causes } from '../support/failing-jobs.ts'
import { startProductProcesses, type ProductProcesses } from '../support/product-processes.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import type { ServiceProcess } from '../support/service-process.ts'

const failuresAtOnce = 400
const patience = { timeout: 120_000, interval: 250 }

const started = new AsyncDisposableStack()
let product: ProductProcesses
let worker: ServiceProcess
/** All that ever listened at the address. */
const receivers: Receiver[] = []
beforeAll(async () => {
  product = started.adopt(await startProductProcesses({ PLUMBLINE_ALERTS_PRIVATE_ADDRESSES: 'allow' }), (all) =>
    all.remove(),
  )
  worker = await product.startWorker()
  receivers.push(await startReceiver())
}, 600_000)
afterAll(async () => {
  await Promise.all(receivers.map((receiver) => receiver.stop()))
  await started.disposeAsync()
})

async function post(path: string, body: object): Promise<void> {
  const answer = await fetch(`${product.base}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${product.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(201)
}

/** What was taken, by incident and event, with the ids of its messages. */
function taken(): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const { headers, body, status } of receivers.flatMap(({ received }) => received)) {
    if (status >= 300) continue
    const { type, data } = JSON.parse(body)
    const what = `${type} ${data.incidents[0].id}`
    all.set(what, [...(all.get(what) ?? []), String(headers['webhook-id'])])
  }
  return all
}
const takenOf = (type: string): number => [...taken().keys()].filter((what) => what.startsWith(`${type} `)).length

test('worker and gateway are killed and the receiver is down for a while: each notice arrives, none as two messages', async () => {
  const db = started.adopt(openDatabase({ url: product.postgres.url, poolSize: 2, applicationName: 'test' }), (pool) =>
    pool.destroy(),
  )
  const url = receivers[0]?.url ?? ''
  await post('/alert-channels', { name: 'all', target: { kind: 'webhook', url }, maxPerHour: 1_000 })
  const settings = { host: '127.0.0.1', port: 9, user: 'reader' }
  for (let n = 0; n < causes; n += 1) {
    const database = `source${n}`
    await post('/connections', {
      name: database,
      kind: 'postgres',
      settings: { ...settings, database },
      credentials: { password: 'x' },
    })
  }
  const roots = await db.selectFrom('asset').selectAll().orderBy('qualified_name').execute()
  let from = 0
  const fail = async () => {
    await addFailures(db, roots, { from, count: failuresAtOnce, endedAt: new Date() })
    from += failuresAtOnce
  }
  const counted = async (state: 'pending' | 'delivered'): Promise<number> =>
    (await db.selectFrom('alert_delivery').select('id').where('state', '=', state).execute()).length

  await receivers[0]?.stop()
  await fail()
  await expect.poll(() => counted('pending'), patience).toBe(causes)
  await product.killGateway()
  await fail()
  await worker.kill()
  await product.startGateway()
  worker = await product.startWorker()
  await fail()
  receivers.push(await startReceiver(Number(new URL(url).port)))
  await expect.poll(() => takenOf('incident.opened'), patience).toBeGreaterThan(0)
  await worker.kill()
  await product.killGateway()
  for (let n = 0; n < 4; n += 1) await fail()
  await product.startGateway()
  worker = await product.startWorker()
  await expect.poll(() => takenOf('incident.escalated'), patience).toBe(causes)
  await addSuccesses(db, roots)
  await expect.poll(() => takenOf('incident.recovered'), patience).toBe(causes)
  await expect.poll(() => counted('pending'), patience).toBe(0)

  expect(takenOf('incident.opened')).toBe(causes)
  expect(taken().size).toBe(3 * causes)
  expect([...taken()].filter(([, ids]) => new Set(ids).size > 1)).toEqual([])
  expect(await counted('delivered')).toBe(3 * causes)
  const incidents = await db.selectFrom('incident').select(['occurrences', 'resolved_at']).execute()
  expect(incidents).toHaveLength(causes)
  expect(incidents.reduce((sum, incident) => sum + incident.occurrences, 0)).toBe(from)
}, 600_000)
