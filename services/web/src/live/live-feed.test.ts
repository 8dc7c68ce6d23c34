import { describe, expect, it, vi } from 'vitest'
import { sampleJob } from '../testing/sample-job.ts'
import { createLiveFeed } from './live-feed.ts'
import { throttled } from './throttled.ts'
import type { Job } from '@plumbline/api'

/** A server whose streams stay open and are written to by hand. */
function fakeServer() {
  const streams: ReadableStreamDefaultController<Uint8Array>[] = []
  const asked: (string | null)[] = []
  return {
    asked,
    open: async (lastEventId: string | null) => {
      asked.push(lastEventId)
      return new Response(new ReadableStream<Uint8Array>({ start: (controller) => void streams.push(controller) }))
    },
    send: (text: string) => streams.at(-1)?.enqueue(new TextEncoder().encode(text)),
  }
}
const frame = (id: number, job: Job) => `id: ${id}\nevent: job\ndata: ${JSON.stringify(job)}\n\n`

describe('createLiveFeed', () => {
  it('gives the newest state of each job, in batches', async () => {
    const server = fakeServer()
    const feed = createLiveFeed({ open: server.open, batchMs: 1 })
    const heard: Job[][] = []
    feed.onJobs((jobs) => heard.push([...jobs.values()]))
    const stop = feed.start()
    await expect.poll(() => feed.state()).toBe('live')
    const first = sampleJob({ id: 'a', message: 'first' })
    const second = sampleJob({ id: 'a', message: 'second' })
    server.send(frame(1, first) + frame(2, second) + frame(3, sampleJob({ id: 'b' })))
    await expect.poll(() => heard).toEqual([[second, sampleJob({ id: 'b' })]])
    stop()
  })

  it('says when something may have been missed: at first and after a reset, not when it resumes', async () => {
    const server = fakeServer()
    const feed = createLiveFeed({ open: server.open, batchMs: 1 })
    const onGap = vi.fn<() => void>()
    feed.onGap(onGap)
    const stop = feed.start()
    await expect.poll(() => onGap.mock.calls.length).toBe(1)
    const heard = new Promise((resolve) => feed.onJobs(resolve))
    server.send(frame(8, sampleJob()))
    await heard
    stop()
    const stopAgain = feed.start()
    await expect.poll(() => server.asked).toEqual([null, '8'])
    expect(onGap).toHaveBeenCalledTimes(1)
    server.send('event: reset\ndata: {}\n\n')
    await expect.poll(() => onGap.mock.calls.length).toBe(2)
    stopAgain()
  })
})

describe('throttled', () => {
  it('runs at once, then once more after the interval, and no more than that', () => {
    vi.useFakeTimers()
    const run = vi.fn<() => void>()
    const call = throttled(1000, run)
    call()
    call()
    call()
    expect(run).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1000)
    expect(run).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(5000)
    expect(run).toHaveBeenCalledTimes(2)
    call()
    expect(run).toHaveBeenCalledTimes(3)
    vi.useRealTimers()
  })
})
