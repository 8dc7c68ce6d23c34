import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ProblemError } from './problem.ts'

export interface BodyLimits {
  bytes: number
  /** From the beginning of its reading to its end. */
  timeMs: number
}

/**
 * Keeps a body in a temporary file until all of it has arrived, and only then has it read: a transaction of `read` is never as long as a
 * slow line takes. The file is gone afterwards; a gateway that is killed leaves it in the folder of temporary files.
 *
 * @throws ProblemError 413 or 408 past a limit, 400 when the sender goes away
 */
export async function spoolBody<T>(
  body: Readable,
  limits: BodyLimits,
  read: (body: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-body-'))
  try {
    const file = join(folder, 'body')
    await pipeline(arriving(body, limits), createWriteStream(file))
    return await read(createReadStream(file))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A body past a limit is left unread, not destroyed: its socket would go with it, and the answer too. */
async function* arriving(body: Readable, { bytes, timeMs }: BodyLimits): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false })
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(tooLate(timeMs)), timeMs)
  let left = bytes
  try {
    for (;;) {
      // One chunk after the other is what a stream is.
      // oxlint-disable-next-line no-await-in-loop
      const { done, value } = await Promise.race([chunks.next(), late.promise])
      if (done === true) return
      left -= value.length
      if (left < 0) throw new ProblemError('payload-too-large', `It may have ${bytes / 1024 ** 2} MiB at most`)
      yield value
    }
  } catch (error) {
    throw body.readableAborted ? new ProblemError('malformed-request', 'The sender went away in the middle') : error
  } finally {
    clearTimeout(timer)
  }
}

const tooLate = (timeMs: number) =>
  new ProblemError('request-timed-out', `The body did not arrive within ${timeMs / 1_000} seconds`)
