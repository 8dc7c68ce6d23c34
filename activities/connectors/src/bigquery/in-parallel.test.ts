import { expect, test } from 'vitest'
import { inParallel } from './in-parallel.ts'

test('no more at a time than the limit, and results in the order of the items', async () => {
  let [running, most] = [0, 0]
  const results = await inParallel([3, 1, 2, 0, 4], 2, async (item) => {
    most = Math.max(most, ++running)
    for (let turn = 0; turn < item; turn++) await Promise.resolve()
    running--
    return item * 10
  })
  expect(results).toEqual([30, 10, 20, 0, 40])
  expect(most).toBe(2)
  expect(await inParallel([], 2, () => Promise.resolve(1))).toEqual([])
})

test('what fails is thrown, and nothing else begins', async () => {
  const begun: number[] = []
  const work = async (item: number) => {
    begun.push(item)
    if (item === 1) throw new Error('broken')
    return item
  }
  await expect(inParallel([1, 2, 3, 4], 1, work)).rejects.toThrow('broken')
  expect(begun).toEqual([1])
})
