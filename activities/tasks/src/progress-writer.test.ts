import type { StepProgress } from '@plumbline/store'
import { expect, test } from 'vitest'
import { progressWriter } from './progress-writer.ts'

const progress = (done: number): StepProgress => ({ done, total: 10 })

test('writes the newest, one write at a time, and the last before it is finished', async () => {
  const written: number[] = []
  let release = (): void => undefined
  let running = 0
  const writer = progressWriter(
    async ({ done }) => {
      running++
      expect(running).toBe(1)
      await new Promise<void>((resolve) => {
        release = resolve
      })
      written.push(done)
      running--
    },
    () => undefined,
  )
  writer.set(progress(1))
  const first = writer.flush()
  writer.set(progress(2))
  writer.set(progress(3))
  void writer.flush()
  release()
  await first
  const finished = writer.finish()
  await expect.poll(() => running).toBe(1)
  release()
  await finished
  expect(written).toEqual([1, 3])
})

test('a write that fails is told, and stops nothing', async () => {
  const errors: unknown[] = []
  const writer = progressWriter(
    () => Promise.reject(new Error('away')),
    (error) => errors.push(error),
  )
  writer.set(progress(1))
  await writer.finish()
  expect(errors).toHaveLength(1)
  await writer.finish()
  expect(errors).toHaveLength(1)
})
