import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { postJson } from './post-json.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function listening(answer: RequestListener): Promise<number> {
  server = createServer(answer)
  const made = server
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has an address of this kind
  return (made.address() as AddressInfo).port
}

const post = (url: string, more: { privateAddresses?: boolean; signal?: AbortSignal } = {}) =>
  postJson({
    url,
    headers: {},
    body: '{}',
    privateAddresses: true,
    allowedBy: 'ALLOWED',
    signal: new AbortController().signal,
    ...more,
  }).catch((error: unknown) => error)

test('any success will do', async () => {
  const port = await listening((_, response) => response.writeHead(202).end('thanks'))
  expect(await post(`http://127.0.0.1:${port}/`)).toBe(202)
})

test.each([
  [302, { location: '/elsewhere' }, { code: 'notice-failed', status: 302 }],
  [429, { 'retry-after': '7' }, { code: 'notice-failed', status: 429, retryAfterMs: 7_000 }],
  [500, {}, { code: 'notice-failed', status: 500, mayHaveArrived: false }],
  [410, {}, { code: 'notice-refused', status: 410 }],
])('an answer of %i is a failure of its own', async (status, headers, failure) => {
  let asked = 0
  const port = await listening((_, response) => {
    asked += 1
    response.writeHead(status, headers).end()
  })
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject(failure)
  expect(asked).toBe(1)
})

test('nobody listens, or it breaks off: only then it may have arrived', async () => {
  expect(await post('http://127.0.0.1:9/')).toMatchObject({ code: 'notice-failed', mayHaveArrived: false })
  const port = await listening((request) => request.socket.destroy())
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ code: 'notice-failed', mayHaveArrived: true })
})

test('one that never answers is not waited for', async () => {
  const port = await listening(() => undefined)
  const failure = await post(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(50) })
  expect(failure).toMatchObject({ code: 'notice-failed', mayHaveArrived: true })
})

test('private addresses are reached only where that is allowed, by their number or by a name', async () => {
  let asked = 0
  const port = await listening((_, response) => {
    asked += 1
    response.end()
  })
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
    expect(await post(`http://${host}:${port}/`, { privateAddresses: false })).toMatchObject({ code: 'notice-refused' })
  }
  expect(asked).toBe(0)
})

test('the message names the host, and nothing else of the address', async () => {
  const failure = await post('http://127.0.0.1:9/secret?token=hidden')
  expect(String(failure)).toContain('127.0.0.1:9')
  expect(String(failure)).not.toMatch(/secret|hidden/)
})
