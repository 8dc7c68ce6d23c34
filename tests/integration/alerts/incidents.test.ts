import { openDatabase, type Database } from '@plumbline/store'
import type { JobError } from '@plumbline/workflows'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addEndedDiscovery } from '../../support/ended-discovery.ts'
import { jobError } from '../../support/failing-jobs.ts'
import { startProduct, type Product } from '../../support/product.ts'
import { startReceiver, type Receiver } from '../../support/receiver.ts'

let product: Product
let db: Database
let receiver: Receiver
let secret: string
let channelId: string
beforeAll(async () => {
  product = await startProduct()
  db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'test' })
  receiver = await startReceiver()
  await product.startWorker('all', {
    PLUMBLINE_ALERTS_PRIVATE_ADDRESSES: 'allow',
    PLUMBLINE_PUBLIC_URL: 'https://plumbline.example/',
  })
  const { body } = await product.gateway.call('POST', '/alert-channels', {
    name: 'On call',
    target: { kind: 'webhook', url: receiver.url },
  })
  ;({ id: channelId, secret } = body)
})
afterAll(async () => {
  await db.destroy()
  await product.stop()
  await receiver.stop()
})

const call = (method: string, path: string, body?: unknown) => product.gateway.call(method, path, body)
const incidents = async (query = '') => (await call('GET', `/incidents${query}`)).body.items
const fail = (assetId: string, error: JobError, createdAt = Date.now() - 60_000) =>
  addEndedDiscovery(db, assetId, { status: 'failed', createdAt, seconds: 3, error })
const complete = (assetId: string) => addEndedDiscovery(db, assetId, { createdAt: Date.now() - 10_000, seconds: 3 })

let made = 0
async function connection(): Promise<{ id: string; rootAssetId: string }> {
  made += 1
  return product.connect(`Shop ${made}`, `postgres://reader:x@127.0.0.1:9/shop${made}`)
}

/** What the receiver was told of an incident, each with its message id. */
const toldOf = (incidentId: string) =>
  receiver.received
    .map(({ headers, body }) => ({ id: headers['webhook-id'], ...JSON.parse(body) }))
    .filter(({ data }) => data.incidents.some((one: { id: string }) => one.id === incidentId))
const eventsOf = (incidentId: string): string[] => toldOf(incidentId).map(({ type }) => type)
const opened = async (query: string) => {
  await expect.poll(() => incidents(query)).toHaveLength(1)
  return (await incidents(query))[0]
}

test('a failed job opens an incident, the same failure again counts, and a job that completes ends it; each is told once', async () => {
  const { rootAssetId: assetId } = await connection()
  const first = await fail(assetId, jobError('statement-timeout', 'Took 30 001 ms on 10.0.0.7:5432'))
  const incident = await opened(`?jobId=${first}`)
  expect(incident).toMatchObject({
    kind: 'failure',
    state: 'open',
    errorCode: 'statement-timeout',
    title: expect.stringContaining('Schema discovery of'),
    asset: { id: assetId },
    jobType: 'schema_discovery',
    occurrences: 1,
  })
  await expect.poll(() => eventsOf(incident.id)).toEqual(['incident.opened'])
  const again = await fail(assetId, jobError('statement-timeout', 'Took 30 417 ms on 10.0.0.8:5432'))
  await expect.poll(async () => (await incidents(`?jobId=${again}`))[0]?.occurrences).toBe(2)
  await complete(assetId)
  await expect.poll(() => eventsOf(incident.id)).toEqual(['incident.opened', 'incident.recovered'])
  const { body } = await call('GET', `/incidents/${incident.id}`)
  expect(body).toMatchObject({ id: incident.id, state: 'resolved', resolvedBy: null, occurrences: 2 })
  expect(body.recent.map(({ jobId }: { jobId: string }) => jobId)).toEqual(expect.arrayContaining([first, again]))
})

test('a webhook is signed as Standard Webhooks says, and its address is shown in part only', async () => {
  const [told] = receiver.received
  const headers = Object.fromEntries(Object.entries(told?.headers ?? {}).map(([name, value]) => [name, String(value)]))
  expect(new Webhook(secret).verify(told?.body ?? '', headers)).toMatchObject({
    type: 'incident.opened',
    data: { organization: 'local', link: expect.stringMatching(/^https:\/\/plumbline\.example\/alerts\//) },
  })
  const shown = (await call('GET', '/alert-channels')).body.items[0]
  expect(shown).toMatchObject({ kind: 'webhook', address: new URL(receiver.url).origin })
  expect(JSON.stringify(shown)).not.toContain('hidden')
  const kept = await db.selectFrom('alert_channel').selectAll().execute()
  expect(JSON.stringify(kept)).not.toContain('hidden')
  expect(kept[0]?.sealed.toString()).not.toContain(secret)
})

test('an outage of a connection is one incident, whatever the job and the error', async () => {
  const { id, rootAssetId } = await connection()
  const jobs = [
    await fail(rootAssetId, jobError('connection-lost', 'terminating connection')),
    await fail(rootAssetId, jobError('connection-refused', 'connect ECONNREFUSED 10.0.0.7:5432')),
    await fail(rootAssetId, jobError('too-many-connections', 'sorry, too many clients already')),
  ]
  await expect.poll(async () => (await incidents(`?jobId=${jobs[2]}`))[0]?.occurrences).toBe(3)
  const [incident] = await incidents(`?jobId=${jobs[0]}`)
  expect(incident).toMatchObject({ connection: { id }, asset: null, jobType: null })
  expect(await incidents(`?jobId=${jobs[1]}`)).toEqual([incident])
  await complete(rootAssetId)
  await expect.poll(() => eventsOf(incident.id)).toEqual(['incident.opened', 'incident.recovered'])
})

test('a muted incident tells nothing; a resolved one is over and the next failure opens another', async () => {
  const { rootAssetId } = await connection()
  const incident = await opened(`?jobId=${await fail(rootAssetId, jobError('permission-denied', 'for table orders'))}`)
  await expect.poll(() => eventsOf(incident.id)).toEqual(['incident.opened'])
  const path = `/incidents/${incident.id}`
  expect((await call('POST', `${path}/acknowledge`, { note: 'on it' })).body).toMatchObject({ state: 'acknowledged' })
  const until = new Date(Date.now() + 3_600_000).toISOString()
  expect((await call('POST', `${path}/mute`, { until })).body).toMatchObject({ state: 'muted', mutedUntil: until })
  expect((await call('POST', `${path}/mute`, { until: new Date(0).toISOString() })).status).toBe(422)
  expect((await call('POST', `${path}/resolve`)).body).toMatchObject({ state: 'resolved', resolvedBy: 'admin' })
  expect(await call('POST', `${path}/mute`, { until })).toMatchObject({
    status: 409,
    body: { code: 'incident-resolved' },
  })
  const skipped = async () =>
    (await call('GET', `/alert-deliveries?incidentId=${incident.id}&state=skipped`)).body.items
  await expect.poll(skipped).toMatchObject([{ event: 'recovered', reason: 'The incident is muted' }])
  const next = await opened(
    `?state=open&jobId=${await fail(rootAssetId, jobError('permission-denied', 'for table orders'))}`,
  )
  expect(next.id).not.toBe(incident.id)
  const actions = (await call('GET', `/audit?targetId=${incident.id}`)).body.items
  expect(actions.map(({ action }: { action: string }) => action)).toEqual([
    'incident.resolve',
    'incident.mute',
    'incident.acknowledge',
  ])
})

test('what fails before anybody could be told, and is over by then, is not told', async () => {
  receiver.answer(503)
  const { rootAssetId } = await connection()
  const job = await fail(rootAssetId, jobError('source-failed', 'division by zero'))
  const incident = await opened(`?jobId=${job}`)
  const deliveries = async () => (await call('GET', `/alert-deliveries?incidentId=${incident.id}`)).body.items
  await expect.poll(async () => (await deliveries())[0]?.log.at(-1)?.status).toBe(503)
  await complete(rootAssetId)
  await expect.poll(async () => (await deliveries()).length).toBe(2)
  await expect
    .poll(async () => (await deliveries()).map(({ state }: { state: string }) => state))
    .toEqual(['skipped', 'skipped'])
  receiver.answer(204)
})

test('a test tells at once whether a channel works; a delivery that is over can be replayed under its id', async () => {
  receiver.answer(302, { location: '/elsewhere' })
  const tried = (await call('POST', `/alert-channels/${channelId}/test`)).body
  expect(tried).toMatchObject({ event: 'test', state: 'pending', incident: null })
  const delivery = async (id: string) => (await call('GET', `/alert-deliveries/${id}`)).body
  await expect.poll(async () => (await delivery(tried.id)).state).toBe('failed')
  expect(await delivery(tried.id)).toMatchObject({ tries: 1, reason: expect.stringContaining('302') })
  expect(receiver.received.map(({ path }) => path)).not.toContain('/elsewhere')
  receiver.answer(204)
  const again = await call('POST', `/alert-deliveries/${tried.id}/replay`)
  expect(again).toMatchObject({ status: 202, body: { replayOf: tried.id } })
  await expect.poll(async () => (await delivery(again.body.id)).state).toBe('delivered')
  expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(tried.id)
})
