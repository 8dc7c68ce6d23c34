import { appendJobLog, createJobLedger, openDatabase, type Database, type NewLogLine } from '@plumbline/store'
import { createParser } from 'eventsource-parser'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createNamespace } from '../../support/test-namespace.ts'
import { createRecord } from '../../support/test-database.ts'

let gateway: TestGateway
let db: Database
let connections = 0
beforeAll(async () => {
  const databaseUrl = await createRecord()
  db = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'test' })
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
})
afterAll(async () => {
  await gateway.stop()
  await db.destroy()
})

/** A running job that has logged nothing by an activity; Temporal has no worker here. */
async function runningJob(): Promise<string> {
  const made = await gateway.call('POST', '/connections', {
    name: `Shop ${connections++}`,
    kind: 'postgres',
    settings: { host: '127.0.0.1', database: 'shop', user: 'reader' },
    credentials: { password: 'x' },
  })
  const { body } = await gateway.call('POST', '/jobs', { type: 'tag_generation', assetId: made.body.rootAssetId })
  await createJobLedger(db).begin(body.id)
  return body.id
}

const line = (message: string, more: Partial<NewLogLine> = {}): NewLogLine => ({
  at: new Date('2026-01-05T10:11:12.345Z'),
  level: 'info',
  step: 'sample',
  attempt: 1,
  message,
  fields: {},
  ...more,
})

const messagesOf = (body: { items: { message: string }[] }) => body.items.map(({ message }) => message)

test('a log is paged in both orders and filtered by level, step and text', async () => {
  const id = await runningJob()
  const own = `/jobs/${id}/logs?step=sample`
  await appendJobLog(db, id, [
    line('read a table', { level: 'debug', fields: { table: 'shop.orders', rows: 200 } }),
    line('100% slow', { level: 'warn', attempt: 2 }),
    line('gave up', { level: 'error', step: 'classify' }),
  ])
  await appendJobLog(db, id, [line('read another table')])

  const first = await gateway.call('GET', `${own}&limit=2`)
  expect(first.body.items[0]).toEqual({
    id: expect.any(String),
    at: '2026-01-05T10:11:12.345Z',
    level: 'debug',
    step: 'sample',
    attempt: 1,
    message: 'read a table',
    fields: { table: 'shop.orders', rows: 200 },
  })
  const second = await gateway.call('GET', `${own}&limit=2&cursor=${first.body.nextCursor}`)
  expect([...messagesOf(first.body), ...messagesOf(second.body)]).toEqual([
    'read a table',
    '100% slow',
    'read another table',
  ])
  expect(second.body.nextCursor).toBeNull()

  expect(messagesOf((await gateway.call('GET', `${own}&order=desc`)).body)).toEqual([
    'read another table',
    '100% slow',
    'read a table',
  ])
  const severe = await gateway.call('GET', `/jobs/${id}/logs?level=warn`)
  expect(messagesOf(severe.body)).toEqual(['100% slow', 'gave up'])
  expect(messagesOf((await gateway.call('GET', `${own}&q=0%25%20SLOW`)).body)).toEqual(['100% slow'])
  expect((await gateway.call('GET', `${own}&level=warn&cursor=${first.body.nextCursor}`)).status).toBe(422)
})

test('a log is downloaded whole as one text file', async () => {
  const id = await runningJob()
  const many = Array.from({ length: 1_234 }, (_, n) => line(`line ${n}`, { attempt: null }))
  await appendJobLog(db, id, [...many, line('two\nlines', { level: 'warn', fields: { tables: 3 } })])
  const file = await gateway.call('GET', `/jobs/${id}/logs?download=true&step=sample`)
  expect(file.headers.get('content-type')).toContain('text/plain')
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="job-${id}.log"`)
  const text: string = file.body
  expect(text.split('\n').slice(0, 1_234)).toEqual(
    many.map(({ message }) => `2026-01-05T10:11:12.345Z INFO  [sample] ${message}`),
  )
  expect(text.endsWith('2026-01-05T10:11:12.345Z WARN  [sample 1] two\n    lines {"tables":3}\n')).toBe(true)
})

interface Received {
  id: string | undefined
  event: string | undefined
  message: string | undefined
}

async function follow(id: string, query = '', lastEventId?: string) {
  const received: Received[] = []
  const stop = new AbortController()
  const answer = await fetch(`${gateway.base}/api/v1/jobs/${id}/logs?follow=true${query}`, {
    headers: { authorization: `Bearer ${gateway.token}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: stop.signal,
  })
  const parser = createParser({
    onEvent: (event) => received.push({ id: event.id, event: event.event, message: JSON.parse(event.data).message }),
  })
  const ended = (async () => {
    for await (const chunk of answer.body ?? []) parser.feed(new TextDecoder().decode(chunk))
  })().catch(() => undefined)
  const logged = () => received.filter(({ event }) => event === 'log').map(({ message }) => message)
  return { received, logged, ended, stop: () => stop.abort() }
}

test('a log is followed until its job has ended, and resumed after the last line seen', async () => {
  const id = await runningJob()
  await appendJobLog(db, id, [line('before')])
  const live = await follow(id, '&step=sample')
  await expect.poll(live.logged).toEqual(['before'])
  await appendJobLog(db, id, [line('while'), line('somebody'), line('looks', { step: 'store' })])
  await expect.poll(live.logged).toEqual(['before', 'while', 'somebody'])
  expect(live.received.at(-1)?.event).toBe('log')

  const resumed = await follow(id, '&step=sample', live.received[0]?.id)
  await expect.poll(resumed.logged).toEqual(['while', 'somebody'])
  await appendJobLog(db, id, [line('at last')])
  await createJobLedger(db).end(id, { kind: 'completed', message: 'done', counts: {} })
  await Promise.all([live.ended, resumed.ended])
  expect(live.logged()).toEqual(['before', 'while', 'somebody', 'at last'])
  expect(resumed.logged()).toEqual(['while', 'somebody', 'at last'])
  expect(live.received.at(-1)?.event).toBe('end')
})

test('lines that several write at once come in the order of their ids, none lost', async () => {
  const id = await runningJob()
  const live = await follow(id, '&step=sample')
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let n = 0; n < 20; n++) await appendJobLog(db, id, [line(`${writer}.${n}`), line(`${writer}.${n}b`)])
  })
  await Promise.all(writers)
  await createJobLedger(db).end(id, { kind: 'completed', message: 'done', counts: {} })
  await live.ended
  const ids = live.received.filter(({ event }) => event === 'log').map((event) => Number(event.id))
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  expect(new Set(live.logged()).size).toBe(8 * 20 * 2)
})

test('a log that is not there, and what cannot go together, are refused', async () => {
  expect((await gateway.call('GET', `/jobs/${crypto.randomUUID()}/logs`)).status).toBe(404)
  expect((await gateway.call('GET', `/jobs/${crypto.randomUUID()}/logs?follow=true`)).status).toBe(404)
  const id = await runningJob()
  expect((await gateway.call('GET', `/jobs/${id}/logs?follow=true&download=true`)).status).toBe(422)
  expect((await gateway.call('GET', `/jobs/${id}/logs?level=fatal`)).status).toBe(422)
})
