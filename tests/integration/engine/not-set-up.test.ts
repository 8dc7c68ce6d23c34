import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { addSearchAttributes, newNamespaceName, registerNamespace } from '../../support/test-namespace.ts'

const namespace = newNamespaceName()
let product: Product
beforeAll(async () => {
  product = await startProduct({ namespace })
})
afterAll(() => product.stop())

test('a Temporal that is not set up yet keeps no job from being accepted, and none waits longer than it does', async () => {
  const { rootAssetId } = await product.connect('early', 'postgres://reader:x@127.0.0.1:1/db')
  const waiting = { status: 'pending', pendingReason: { code: 'engine-unreachable' } }
  const early = await product.start('schema_discovery', rootAssetId)
  expect(early).toMatchObject(waiting)

  await registerNamespace(namespace)
  const later = await product.start('tag_generation', rootAssetId)
  expect(later).toMatchObject(waiting)

  // Temporal itself takes a moment to find a namespace that was asked for before it was there.
  const added = () =>
    addSearchAttributes(namespace).then(
      () => true,
      () => false,
    )
  await expect.poll(added, { interval: 500 }).toBe(true)
  const runs = async () =>
    [await product.detail(early.id), await product.detail(later.id)].map(({ workflow }) => workflow.runId)
  await expect.poll(runs).toEqual([expect.any(String), expect.any(String)])
})
