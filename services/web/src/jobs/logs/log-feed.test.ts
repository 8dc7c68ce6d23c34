import { expect, it, vi } from 'vitest'
import { sampleLine } from '../../testing/sample-job.ts'
import { followLog } from './log-feed.ts'
import type { LogLine } from '@plumbline/api'

const eventsOf = (...texts: string[]): Response =>
  new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const text of texts) controller.enqueue(new TextEncoder().encode(text))
        controller.close()
      },
    }),
  )
const logEvent = (id: string): string => `id: ${id}\nevent: log\ndata: ${JSON.stringify(sampleLine({ id }))}\n\n`

function follow(...answers: Response[]) {
  const asked: (string | null)[] = []
  const lines: LogLine[] = []
  const states: string[] = []
  const stop = followLog({
    open: async (lastEventId) => {
      asked.push(lastEventId)
      return answers.shift() ?? new Response(null, { status: 401 })
    },
    onLines: (batch) => lines.push(...batch),
    onState: (state) => states.push(state),
    batchMs: 1,
  })
  return { asked, lines, states, stop }
}

it('reads on behind the last line after a cut, and is over at the end', async () => {
  const { asked, lines, states } = follow(
    eventsOf('retry: 1\n\n', logEvent('1'), logEvent('2')),
    eventsOf(logEvent('3'), 'event: end\ndata: {}\n\n'),
  )
  await vi.waitFor(() => expect(states.at(-1)).toBe('ended'))
  expect(lines.map(({ id }) => id)).toEqual(['1', '2', '3'])
  expect(asked).toEqual([null, '2'])
  expect(states).toEqual(['live', 'reconnecting', 'live', 'ended'])
})

it('says nothing more once it was stopped', async () => {
  const { lines, states, stop } = follow(eventsOf(logEvent('1')))
  stop()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(lines).toEqual([])
  expect(states).toEqual([])
})
