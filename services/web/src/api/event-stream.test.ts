import { describe, expect, it } from 'vitest'
import { backoffMs, followEvents, type EventStreamDeps, type StreamEvent, type StreamState } from './event-stream.ts'

const streamOf = (...chunks: string[]): Response =>
  new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
        controller.close()
      },
    }),
  )

/** Answers each connection with the next answer; after the last one the follower is stopped. */
async function follow(answers: (() => Response | Promise<Response>)[], resumeBehind: string | null = null) {
  const seen = { events: [] as StreamEvent[], states: [] as [StreamState, boolean][], asked: [] as (string | null)[] }
  const waits: number[] = []
  const stop = new AbortController()
  const deps: EventStreamDeps = {
    open: async (lastEventId) => {
      seen.asked.push(lastEventId)
      const answer = answers.shift()
      if (answers.length === 0) setTimeout(() => stop.abort())
      return answer === undefined ? new Response(null, { status: 503 }) : answer()
    },
    onEvent: (event) => seen.events.push(event),
    onState: (state, resumed) => seen.states.push([state, resumed]),
    wait: async (delayMs) => {
      waits.push(delayMs)
      await new Promise((resolve) => setTimeout(resolve))
    },
    random: () => 0,
  }
  await followEvents(deps, stop.signal, resumeBehind)
  return { ...seen, waits }
}

describe('followEvents', () => {
  it('reads events, however the bytes are cut', async () => {
    const { events } = await follow([() => streamOf(': hello\n\nid: 7\nev', 'ent: job\ndata: {"a":"', 'ü"}\n\n')])
    expect(events).toEqual([{ id: '7', name: 'job', data: '{"a":"ü"}' }])
  })

  it('resumes behind the last event after a cut', async () => {
    const { asked, states } = await follow([
      () => streamOf('id: 1\nevent: job\ndata: {}\n\nid: 2\nevent: job\ndata: {}\n\n'),
      () => streamOf('id: 3\nevent: job\ndata: {}\n\n'),
      () => streamOf(''),
    ])
    expect(asked).toEqual([null, '2', '3'])
    expect(states.slice(0, 3)).toEqual([
      ['live', false],
      ['reconnecting', false],
      ['live', true],
    ])
  })

  it('resumes where an earlier stream of the page ended', async () => {
    const { asked } = await follow([() => streamOf('')], '41')
    expect(asked[0]).toBe('41')
  })

  it('begins anew after a reset', async () => {
    const { asked, events } = await follow([
      () => streamOf('id: 5\nevent: job\ndata: {}\n\nevent: reset\ndata: {}\n\n'),
      () => streamOf(''),
    ])
    expect(events.at(-1)?.name).toBe('reset')
    expect(asked[1]).toBeNull()
  })

  it('waits longer with every failure, and briefly again after a success', async () => {
    const broken = () => Promise.reject(new TypeError('refused'))
    const { waits } = await follow([broken, broken, broken, () => streamOf(''), broken])
    expect(waits.slice(0, 4)).toEqual([250, 500, 1000, 250])
  })

  it('gives up when the token is refused', async () => {
    const { asked, states } = await follow([() => new Response(null, { status: 401 }), () => streamOf('')])
    expect(asked).toHaveLength(1)
    expect(states).toEqual([])
  })
})

it('backs off to fifteen seconds at most, partly by chance', () => {
  expect(backoffMs(0, 0)).toBe(250)
  expect(backoffMs(0, 1)).toBe(500)
  expect(backoffMs(50, 1)).toBe(15_000)
  expect(backoffMs(50, 0)).toBe(7_500)
})
