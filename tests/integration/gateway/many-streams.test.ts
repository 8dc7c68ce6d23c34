import { Socket } from 'node:net'
import { once } from 'node:events'
import { createJobLedger, openDatabase, type Database } from '@plumbline/store'
import { createParser } from 'eventsource-parser'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createNamespace } from '../../support/test-namespace.ts'
import { createRecord } from '../../support/test-database.ts'

const many = 500
/** Of about 1.3 kB each: far more than the buffers of the system and of the gateway hold together. */
const eventsInAll = 20_000
const eventsAtOnce = 250
const appended = `insert into job_event (organization_id, job_id)
  select organization_id, id from job, generate_series(1, $2) where id = $1`

let gateway: TestGateway
let db: Database
let databaseUrl: string
let assetId: string
beforeAll(async () => {
  databaseUrl = await createRecord()
  db = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'test' })
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
  const made = await gateway.call('POST', '/connections', {
    name: 'Shop',
    kind: 'postgres',
    settings: { host: '127.0.0.1', database: 'shop', user: 'reader' },
    credentials: { password: 'x' },
  })
  assetId = made.body.rootAssetId
})
afterAll(() => db.destroy())

interface Stream {
  /** The ids of its events. */
  ids: string[]
  comments: number
  /** The last hint when to come back, in milliseconds. */
  retryMs: number | undefined
  ended: boolean
}

async function follow(query = ''): Promise<Stream> {
  const stream: Stream = { ids: [], comments: 0, retryMs: undefined, ended: false }
  const answer = await fetch(`${gateway.base}/api/v1/jobs/events${query}`, {
    headers: { authorization: `Bearer ${gateway.token}` },
  })
  expect(answer.status).toBe(200)
  const parser = createParser({
    onEvent({ id }) {
      stream.ids.push(id ?? '')
    },
    onComment: () => stream.comments++,
    onRetry: (ms) => (stream.retryMs = ms),
  })
  const decoder = new TextDecoder()
  void (async () => {
    for await (const chunk of answer.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }))
    stream.ended = true
  })()
  return stream
}

/** A reader that asks for everything and takes nothing. */
async function openSleepyReader(): Promise<Socket> {
  const { hostname, port } = new URL(gateway.base)
  const socket = new Socket()
  socket.connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.pause()
  socket.write(
    `GET /api/v1/jobs/events HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${gateway.token}\r\n\r\n`,
  )
  return socket
}

test('a reader that takes nothing is dropped, and the others go on', async () => {
  const [sleepy, awake] = [await openSleepyReader(), await follow()]
  const { body: job } = await gateway.call('POST', '/jobs', { type: 'schema_discovery', assetId })
  const writer = new Client(databaseUrl)
  await writer.connect()
  for (let sent = eventsAtOnce; sent <= eventsInAll; sent += eventsAtOnce) {
    await writer.query('begin')
    await writer.query(appended, [job.id, eventsAtOnce])
    await writer.query(`notify job_event; commit`)
    // One that takes what it is given never falls far behind.
    await expect.poll(() => awake.ids.length, { interval: 5 }).toBe(sent + 1)
  }
  await writer.end()
  let taken = 0
  sleepy.on('data', (chunk) => (taken += chunk.length))
  sleepy.on('error', () => undefined)
  sleepy.resume()
  await once(sleepy, 'close')
  expect(taken).toBeGreaterThan(0)
  expect(taken).toBeLessThan(eventsInAll * 1_000)
})

let streams: Stream[]

test(`${many} streams at once show an event each that their filters let through`, async () => {
  const queries = ['', '?type=tag_generation', '?tab=active', '?type=lineage_extraction']
  streams = await Promise.all(Array.from({ length: many }, (_, n) => follow(queries[n % queries.length])))
  const { body: job } = await gateway.call('POST', '/jobs', { type: 'tag_generation', assetId })
  await createJobLedger(db).begin(job.id)
  const shown = () => streams.map(({ ids }) => ids.length)
  // Made and begun: two events, for each stream whose filter does not ask for another type.
  await expect.poll(shown).toEqual(streams.map((_, n) => (n % queries.length === 3 ? 0 : 2)))
  expect(new Set(streams.filter(({ ids }) => ids.length > 0).map(({ ids }) => ids.join())).size).toBe(1)
})

test('a quiet stream carries a comment, and all end with a hint when the gateway stops', async () => {
  await expect.poll(() => streams.every(({ comments }) => comments > 0)).toBe(true)
  expect(streams.every(({ ended, retryMs }) => !ended && retryMs === 1_000)).toBe(true)
  await gateway.stop()
  await expect.poll(() => streams.every(({ ended }) => ended)).toBe(true)
  const hints = streams.map(({ retryMs }) => retryMs ?? 0)
  expect(Math.min(...hints)).toBeGreaterThanOrEqual(1_000)
  expect(Math.max(...hints)).toBeGreaterThan(3_000)
})
