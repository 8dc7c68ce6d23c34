import { isDeepStrictEqual } from 'node:util'
import { waitUntil } from '@plumbline/local'
import { inParallel } from './in-parallel.ts'
import type { Asked, RecordingClient } from './recording-client.ts'

/** A key whose gateway was lost is free after a minute. */
const lostKeyMs = 300_000

/**
 * Sends everything that got no answer, or a failure of ours, again with its key, until it has one.
 * @throws with what is still open when the time is up
 */
export async function askAgain(client: RecordingClient, asked: readonly Asked[]): Promise<void> {
  const open = () => asked.filter((request) => !isFinal(request))
  const sendOpen = async () => {
    await inParallel(open(), async (request) => {
      request.answer = await client.again(request)
    })
    return open().length === 0
  }
  if (await waitUntil(sendOpen, { timeoutMs: lostKeyMs, everyMs: 1000 })) return
  throw new Error(`Still without an answer: ${JSON.stringify(open())}`)
}

const isFinal = ({ answer }: Asked): boolean =>
  answer !== undefined && answer.status < 500 && answer.status !== 429 && answer.body?.code !== 'request-in-flight'

/** Every answer that was given is given again, to the letter. @returns the requests where it is not */
export async function forgottenAnswers(client: RecordingClient, asked: readonly Asked[]): Promise<unknown[]> {
  const forgotten: unknown[] = []
  await inParallel(asked, async (request) => {
    const again = await client.again(request)
    if (!isDeepStrictEqual(again, request.answer)) forgotten.push({ ...request, again })
  })
  return forgotten
}
