import { expect, test } from 'vitest'
import { keepRunning, type Part } from './keep-running.ts'

/** A part whose process ends when the test says so. */
function fakePart(): { part: Part; crash: (how: string) => void } {
  const exited = Promise.withResolvers<string>()
  return {
    crash: exited.resolve,
    part: {
      process: {
        pid: 1,
        exited: exited.promise,
        kill: () => exited.resolve('ended by SIGKILL'),
        stop: async () => exited.resolve('ended'),
      },
      stop: async () => exited.resolve('ended'),
    },
  }
}

test('a part that ends by itself is started again, and that is said', async () => {
  const parts = [fakePart(), fakePart()] as const
  const said: string[] = []
  let started = 0
  const kept = await keepRunning(
    'The worker',
    async () => parts[started++ === 0 ? 0 : 1].part,
    (line) => said.push(line),
  )
  parts[0].crash('ended with code 1')
  await expect.poll(() => started).toBe(2)
  expect(said).toEqual(['The worker ended with code 1; it is started again in 0.5 s'])
  expect(kept.crashes()).toBe(1)
  await kept.stop()
})

test('a part that is stopped stays so', async () => {
  let started = 0
  const said: string[] = []
  const kept = await keepRunning(
    'The worker',
    async () => (started++, fakePart().part),
    (line) => said.push(line),
  )
  await kept.stop()
  expect([started, said]).toEqual([1, []])
})

test('a later start that fails is said and tried again', async () => {
  const first = fakePart()
  const outcomes = [
    async () => first.part,
    async () => Promise.reject(new Error('no disk')),
    async () => fakePart().part,
  ]
  const said: string[] = []
  let started = 0
  const start = () => outcomes[Math.min(started++, 2)]?.() ?? Promise.reject(new Error('never'))
  const kept = await keepRunning('Postgres', start, (line) => said.push(line))
  first.crash('ended by SIGKILL')
  await expect.poll(() => said, { timeout: 5000 }).toContain('Postgres does not start: no disk')
  await expect.poll(() => started, { timeout: 5000 }).toBe(3)
  await kept.stop()
})
