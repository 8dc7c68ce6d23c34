import { openDatabase, type Database } from '@plumbline/store'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addEndedDiscovery } from '../../support/ended-discovery.ts'
import { jobError } from '../../support/failing-jobs.ts'
import { startMailServer, type MailServer } from '../../support/mail-server.ts'
import { startProduct, type Product } from '../../support/product.ts'
import { startReceiver, type Receiver } from '../../support/receiver.ts'

let product: Product
let db: Database
let receiver: Receiver
let mail: MailServer
beforeAll(async () => {
  product = await startProduct()
  db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'test' })
  receiver = await startReceiver()
  mail = await startMailServer()
  await product.startWorker('all', {
    PLUMBLINE_ALERTS_PRIVATE_ADDRESSES: 'allow',
    PLUMBLINE_PUBLIC_URL: 'https://plumbline.example',
    PLUMBLINE_SMTP_URL: mail.url,
    PLUMBLINE_MAIL_FROM: 'Plumbline <plumbline@example.com>',
  })
})
afterAll(async () => {
  await db.destroy()
  await product.stop()
  await receiver.stop()
  await mail.stop()
})

const call = (method: string, path: string, body?: unknown) => product.gateway.call(method, path, body)
const channels: string[] = []
async function channel(settings: object): Promise<string> {
  const { body } = await call('POST', '/alert-channels', { name: `channel ${channels.length}`, ...settings })
  channels.push(body.id)
  return body.id
}
/** One test must not be told of the failures of another. */
afterEach(async () => {
  for (const id of channels.splice(0)) await call('DELETE', `/alert-channels/${id}`)
  receiver.received.splice(0)
})

let made = 0
/** A job of a database of its own fails. */
async function fail(message: string): Promise<void> {
  made += 1
  const { rootAssetId } = await product.connect(`Shop ${made}`, `postgres://reader:x@127.0.0.1:9/shop${made}`)
  const error = jobError('source-failed', message)
  await addEndedDiscovery(db, rootAssetId, { status: 'failed', createdAt: Date.now() - 10_000, seconds: 3, error })
}
const deliveries = async (channelId: string) =>
  (await call('GET', `/alert-deliveries?channelId=${channelId}`)).body.items
const statesOf = async (channelId: string): Promise<string[]> =>
  (await deliveries(channelId))
    .map(({ event, state }: { event: string; state: string }) => `${event} ${state}`)
    .toSorted()

test('email goes to all recipients through the mail server; one that it does not know is told why', async () => {
  await channel({ target: { kind: 'email', to: ['ann@example.com', 'bob@example.com'] } })
  const unknown = await channel({ target: { kind: 'email', to: ['nobody@example.com'] } })
  await fail('division by zero')
  await expect.poll(() => mail.mails.length).toBe(1)
  expect(mail.mails[0]?.to).toEqual(['ann@example.com', 'bob@example.com'])
  expect(mail.mails[0]?.source).toContain('division by zero')
  expect(mail.mails[0]?.source).toMatch(/^Subject: \[local\] Schema discovery of /m)
  expect(mail.mails[0]?.source).toMatch(/^Message-ID: <[0-9a-f-]{36}@plumbline>/m)
  await expect.poll(() => statesOf(unknown)).toEqual(['opened failed'])
  expect((await deliveries(unknown))[0]?.reason).toContain('550')
})

test('Slack is told in its own form, in which a message of a job mentions nobody', async () => {
  await channel({ target: { kind: 'slack', url: receiver.url } })
  await fail('no <!channel> & no <https://evil.example|link>')
  await expect.poll(() => receiver.received.length).toBe(1)
  const { text, blocks } = JSON.parse(receiver.received[0]?.body ?? '')
  expect(text).toContain('Schema discovery of')
  expect(blocks[0].text.text).toContain('no &lt;!channel&gt; &amp; no &lt;https')
  expect(blocks[1].elements[0].text).toMatch(/^<https:\/\/plumbline\.example\/alerts\//)
})

test('more than a channel takes in an hour is told together, as soon as there is room', async () => {
  const id = await channel({ target: { kind: 'webhook', url: receiver.url }, maxPerHour: 1 })
  await fail('one')
  await expect.poll(() => statesOf(id)).toEqual(['opened delivered'])
  await fail('two')
  await fail('three')
  await expect.poll(() => statesOf(id)).toEqual(['opened delivered', 'opened held', 'opened held'])
  // An hour goes by for what was told.
  await sql`update alert_delivery set created_at = now() - interval '2 hours' where state = 'delivered'`.execute(db)
  const all = ['digest delivered', 'opened delivered', 'opened digested', 'opened digested']
  await expect.poll(() => statesOf(id)).toEqual(all)
  const { type, data } = JSON.parse(receiver.received.at(-1)?.body ?? '')
  expect(type).toBe('alerts.digest')
  expect(data.title).toBe('2 incidents')
  expect(data.incidents.map(({ message }: { message: string }) => message).toSorted()).toEqual(['three', 'two'])
})

test('in quiet hours nothing is told; after them it is', async () => {
  const clock = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(11, 16)
  const quietHours = { from: clock(-3_600_000), to: clock(3_600_000), timezone: 'UTC' }
  const id = await channel({ target: { kind: 'webhook', url: receiver.url }, quietHours })
  await fail('at night')
  await expect.poll(() => statesOf(id)).toEqual(['opened held'])
  expect(await call('PATCH', `/alert-channels/${id}`, { quietHours: null })).toMatchObject({ status: 200 })
  await expect.poll(() => statesOf(id)).toEqual(['opened delivered'])
  expect(receiver.received).toHaveLength(1)
})

test('where private addresses are not allowed, nothing is sent there', async () => {
  const strict = await startProduct()
  try {
    await strict.startWorker()
    const { body } = await strict.gateway.call('POST', '/alert-channels', {
      name: 'inside',
      target: { kind: 'webhook', url: receiver.url.replace('127.0.0.1', 'localhost') },
    })
    const sent = (await strict.gateway.call('POST', `/alert-channels/${body.id}/test`)).body.id
    const delivery = async () => (await strict.gateway.call('GET', `/alert-deliveries/${sent}`)).body
    await expect.poll(async () => (await delivery()).state).toBe('failed')
    expect((await delivery()).reason).toContain('PLUMBLINE_ALERTS_PRIVATE_ADDRESSES')
    expect(receiver.received).toEqual([])
  } finally {
    await strict.stop()
  }
})

test.each([
  [{ kind: 'webhook', url: 'ftp://receiver.example' }, 'target.url'],
  [{ kind: 'webhook', url: 'https://user:password@receiver.example' }, 'target.url'],
  [{ kind: 'email', to: ['nobody'] }, 'target.to.0'],
  [{ kind: 'pigeon', url: 'https://receiver.example' }, 'target.kind'],
])('%j is no place to tell something', async (target, path) => {
  const { status, body } = await call('POST', '/alert-channels', { name: 'wrong', target })
  expect([status, body.errors[0].path]).toEqual([422, path])
})

test('only admins change channels, and a webhook stays one', async () => {
  const id = await channel({ target: { kind: 'webhook', url: receiver.url } })
  const target = { kind: 'slack', url: receiver.url }
  expect(await call('PATCH', `/alert-channels/${id}`, { target })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'target.kind' }] },
  })
  const { token } = (await call('POST', '/tokens', { name: 'operator', role: 'operator' })).body
  const asOperator = { authorization: `Bearer ${token}` }
  const refused = await product.gateway.call('DELETE', `/alert-channels/${id}`, undefined, asOperator)
  expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
})
