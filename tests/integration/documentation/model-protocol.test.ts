import type { ModelSettings } from '@plumbline/models'
import { openModel } from '@plumbline/tasks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startModelServer, type ModelServer, type Treatment } from '../../support/model-server/model-server.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.treat = () => undefined
  server.requests = []
})

const key = 'a-key-that-nobody-may-see'
const fact = JSON.stringify({ id: 'F1', about: 'the table', kind: 'name', text: 'A table named s.orders' })
const user = `FACTS-1\n{"columns":[]}\n${fact}\nFACTS-1\nDescribe the table and these columns.`
const question = { instructions: 'Describe.', messages: [{ role: 'user' as const, content: user }] }
const models = { 'openai-compatible': 'a-model', anthropic: 'claude-sonnet-4-5', google: 'gemini-2.5-flash' } as const
const paths = { 'openai-compatible': '/v1', anthropic: '/v1', google: '/v1beta' } as const

const settings = (provider: ModelSettings['provider'], more: Partial<ModelSettings> = {}): ModelSettings => ({
  provider,
  model: models[provider],
  baseUrl: `${server.url}${paths[provider]}`,
  apiKey: () => key,
  output: 'schema',
  inputPrice: 1,
  outputPrice: 2,
  concurrency: 1,
  requestsPerMinute: 0,
  timeoutMs: 20_000,
  stallMs: 500,
  maxOutputTokens: 1_000,
  ...more,
})

const ask = async (
  provider: ModelSettings['provider'],
  treatment?: Treatment,
  signal = new AbortController().signal,
  more?: Partial<ModelSettings>,
) => {
  server.treat = () => treatment
  return (await openModel(settings(provider, more))).ask(question, signal)
}

describe.each(['openai-compatible', 'anthropic', 'google'] as const)('%s', (provider) => {
  test('is asked in its own protocol, by a schema, and answers with what it used', async () => {
    const answer = await ask(provider)
    expect(answer).toMatchObject({ finishReason: 'stop', inputTokens: 900, outputTokens: 300 })
    expect(JSON.parse(answer.text)).toMatchObject({ table: [{ text: 'Described: s.orders.' }], columns: [] })
    expect(server.requests).toMatchObject([{ instructions: 'Describe.', user, hasSchema: true }])
    const sent = server.requests[0]?.headers
    expect([sent?.authorization, sent?.['x-api-key'], sent?.['x-goog-api-key']].join(' ')).toContain(key)
  })

  test.each<[Treatment, object]>([
    [
      { kind: 'status', status: 429, retryAfterSeconds: 7 },
      { failure: 'limited', retryAfterMs: 7_000 },
    ],
    [
      { kind: 'status', status: 500 },
      { failure: 'transient', retryAfterMs: undefined },
    ],
    [
      { kind: 'status', status: 503, retryAfterSeconds: 2 },
      { failure: 'transient', retryAfterMs: 2_000 },
    ],
    [{ kind: 'status', status: 401 }, { failure: 'refused' }],
    [{ kind: 'status', status: 400 }, { failure: 'rejected' }],
    [{ kind: 'cut' }, { failure: 'transient' }],
    [{ kind: 'ended-early' }, { failure: 'transient' }],
    [{ kind: 'stalled' }, { failure: 'transient' }],
  ])('%j is told for what it is, once, and without the key', async (treatment, expected) => {
    const error: unknown = await ask(provider, treatment).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'ModelCallError', ...expected })
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(key)
    expect(server.requests).toHaveLength(1)
  })

  test('a refusal, and a slow answer, are answers', async () => {
    expect(await ask(provider, { kind: 'filtered' })).toMatchObject({ finishReason: 'content-filter' })
    expect(await ask(provider, { kind: 'slow', pauseMs: 100 })).toMatchObject({ finishReason: 'stop' })
  })

  test('a question that is given up ends at the server, too', async () => {
    const given = new AbortController()
    const asked = ask(provider, { kind: 'stalled' }, given.signal, { stallMs: 60_000 })
    await expect.poll(() => server.open).toBe(1)
    given.abort(new Error('cancelled'))
    await expect(asked).rejects.toThrow('cancelled')
    await expect.poll(() => server.open).toBe(0)
  })
})

test('a server that knows no schemas is asked for JSON only', async () => {
  await ask('openai-compatible', undefined, undefined, { output: 'json' })
  expect(server.requests).toMatchObject([{ hasSchema: false }])
})

test('a server that is not there can be asked again later', async () => {
  const baseUrl = 'http://127.0.0.1:9/v1'
  await expect(ask('openai-compatible', undefined, undefined, { baseUrl })).rejects.toMatchObject({
    failure: 'transient',
  })
})
