import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
  await product.startWorker()
})
afterAll(() => product.stop())

/** A place where nobody listens. */
const nowhere = 'postgres://reader:secret-4711@127.0.0.1:9/db'

test('a step that Temporal tries again says when, and its job why; the log tells each attempt', async () => {
  const { rootAssetId } = await product.connect('nowhere', nowhere)
  const { id } = await product.start('schema_discovery', rootAssetId)
  const seen = new Map<string, string>()
  const look = async () => {
    const { body } = await product.gateway.call('GET', `/jobs/${id}`)
    const [step] = body.steps
    if (step.nextAttemptAt !== null) seen.set(step.nextAttemptAt, body.message)
    return body.status
  }
  await expect.poll(look, { interval: 100 }).toBe('failed')
  // Each is shown for a second or two: one may pass between two looks.
  expect(seen.size).toBeGreaterThan(0)
  for (const message of seen.values())
    expect(message).toMatch(/; trying again in (1 s \(attempt 2 of 3\)|2 s \(attempt 3 of 3\))$/)
  const { body: ended } = await product.gateway.call('GET', `/jobs/${id}`)
  expect(ended).toMatchObject({
    error: { code: 'connection-refused' },
    steps: [{ attempts: 3, nextAttemptAt: null }, {}, {}, {}, {}],
  })

  const { body: log } = await product.gateway.call('GET', `/jobs/${id}/logs?step=connect&q=attempt`)
  expect(log.items.map(({ level, message }: { level: string; message: string }) => `${level} ${message}`)).toEqual([
    expect.stringMatching(/^warn Attempt 1 failed: .*; trying again in 1 s \(attempt 2 of 3\)$/),
    'info Attempt 2 began',
    expect.stringMatching(/^warn Attempt 2 failed: .*; trying again in 2 s \(attempt 3 of 3\)$/),
    'info Attempt 3 began',
    expect.stringMatching(/^error Attempt 3 failed: [^;]*$/),
  ])
})
