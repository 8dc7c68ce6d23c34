import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../support/product.ts'
import { hangingServer, inSource, manyTables } from '../support/source.ts'
import { ownTemporal, type OwnTemporal } from '../support/temporal-server.ts'
import { createDatabase } from '../support/test-database.ts'

const started = new AsyncDisposableStack()
let temporal: OwnTemporal
let product: Product
let sourceUrl: string
beforeAll(async () => {
  temporal = started.adopt(await ownTemporal(), (server) => server.remove())
  const place = { temporalAddress: temporal.address, namespace: 'default' }
  product = started.adopt(await startProduct(place), (all) => all.stop())
  sourceUrl = await createDatabase()
  await inSource(sourceUrl, manyTables(20))
})
afterAll(() => started.disposeAsync())

const statusOf = (id: string) => async () => (await product.job(id)).status

test('a job asked for while Temporal is down is accepted, says why it waits, and runs when it is back', async () => {
  await product.startWorker()
  const before = await product.connect('before', sourceUrl)
  await expect
    .poll(statusOf((await product.start('schema_discovery', before.rootAssetId, { followUps: [] })).id))
    .toBe('completed')

  await temporal.kill()
  const { rootAssetId } = await product.connect('meanwhile', sourceUrl)
  const accepted = await product.start('schema_discovery', rootAssetId, { followUps: [] })
  expect(accepted).toMatchObject({ status: 'pending', pendingReason: { code: 'engine-unreachable' } })
  const twin = await product.gateway.call('POST', '/jobs', { type: 'schema_discovery', assetId: rootAssetId })
  expect(twin.body).toMatchObject({ code: 'job-already-active', existingJobId: accepted.id })
  expect((await product.jobs('tab=active')).map((job) => job.id)).toEqual([accepted.id])

  await temporal.start()
  await expect.poll(statusOf(accepted.id)).toBe('completed')
})

test('a cancel asked for while Temporal is down is kept and carried out when it is back', async () => {
  const hanging = await hangingServer()
  try {
    const { rootAssetId } = await product.connect('hangs', hanging.url)
    const { id } = await product.start('schema_discovery', rootAssetId, { followUps: [] })
    await expect.poll(statusOf(id)).toBe('running')
    await temporal.kill()
    const answer = await product.gateway.call('POST', `/jobs/${id}/cancel`, { reason: 'while away' })
    expect(answer.status).toBe(202)
    expect(answer.body.flags).toEqual(['cancelling'])
    await temporal.start()
    await expect.poll(statusOf(id)).toBe('cancelled')
    expect((await product.job(id)).message).toBe('Cancelled by admin: while away')
  } finally {
    await hanging.close()
  }
})
