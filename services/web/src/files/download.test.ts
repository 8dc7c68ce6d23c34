import { expect, it } from 'vitest'
import { createDownloads, type Download } from './download.ts'
import type { Sink } from './sinks.ts'

function collecting(): Sink & { text: () => string; outcome: () => string } {
  let text = ''
  let outcome = 'open'
  return {
    write: async (piece) => {
      text += new TextDecoder().decode(piece)
    },
    close: async () => {
      outcome = 'closed'
    },
    discard: async () => {
      outcome = 'discarded'
    },
    text: () => text,
    outcome: () => outcome,
  }
}

/** An answer that sends its pieces, then ends, breaks or hangs. */
const answer = (pieces: string[], end: 'whole' | 'broken' | 'hanging') => async (signal: AbortSignal) =>
  new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        if (end === 'whole') controller.close()
        if (end === 'broken') controller.error(new TypeError('network'))
        signal.addEventListener('abort', () => controller.error(signal.reason))
      },
    }),
  )

it('writes what comes and counts it', async () => {
  const downloads = createDownloads()
  const sink = collecting()
  const seen: (Download | null)[] = []
  downloads.subscribe(() => seen.push(downloads.current()))
  await downloads.start({ name: 'jobs.csv', open: answer(['id\n', 'a\nb\n'], 'whole'), sink })
  expect(sink.text()).toBe('id\na\nb\n')
  expect(sink.outcome()).toBe('closed')
  expect(seen.map((one) => [one?.state, one?.lines, one?.bytes])).toEqual([
    ['running', 0, 0],
    ['running', 1, 3],
    ['running', 3, 7],
    ['done', 3, 7],
  ])
  downloads.putAway()
  expect(downloads.current()).toBeNull()
})

it('never passes off a part as the file', async () => {
  const downloads = createDownloads()
  const sink = collecting()
  await downloads.start({ name: 'jobs.csv', open: answer(['id\n'], 'broken'), sink })
  expect(sink.outcome()).toBe('discarded')
  expect(downloads.current()).toMatchObject({ state: 'failed', error: new TypeError('network') })
})

it('is stopped by who looks on', async () => {
  const downloads = createDownloads()
  const sink = collecting()
  const over = downloads.start({ name: 'jobs.csv', open: answer(['id\n'], 'hanging'), sink })
  downloads.stop()
  await over
  expect(sink.outcome()).toBe('discarded')
  expect(downloads.current()?.state).toBe('stopped')
})
