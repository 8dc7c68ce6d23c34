import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { hangingServer } from '../../support/source.ts'

let product: Product
let hanging: Awaited<ReturnType<typeof hangingServer>>
beforeAll(async () => {
  hanging = await hangingServer()
  product = await startProduct()
})
afterAll(async () => {
  await product.stop()
  await hanging.close()
})

test('a job whose worker was lost before it heard the cancel ends as cancelled', async () => {
  const worker = await product.startWorker()
  const { rootAssetId } = await product.connect('hangs', hanging.url)
  const { id } = await product.start('schema_discovery', rootAssetId)
  const attempts = async () => (await product.gateway.call('GET', `/jobs/${id}`)).body.steps[0].attempts
  await expect.poll(attempts).toBe(1)
  await worker.kill()
  expect((await product.gateway.call('POST', `/jobs/${id}/cancel`, {})).status).toBe(202)
  await product.startWorker()
  await expect.poll(async () => (await product.job(id)).status).toBe('cancelled')
  const { body } = await product.gateway.call('GET', `/jobs/${id}`)
  expect(body).toMatchObject({ error: null, steps: [{ status: 'cancelled' }, {}, {}, {}, {}] })
})
