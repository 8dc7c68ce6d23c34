import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { Asked, RecordingClient } from './recording-client.ts'

/** A key whose gateway was lost is free after a minute. */
const lostKeyMs = 75_000

const clients = 8

/** Sends everything that got no answer, or a failure of ours, again with its key, until it has one. */
export async function askAgain(client: RecordingClient, asked: readonly Asked[]): Promise<void> {
  const open = () => asked.filter((request) => !isFinal(request))
  const sendOpen = async () => {
    for (const request of open()) request.answer = await client.again(request)
    return open().map(({ path, answer }) => [path, answer])
  }
  await expect.poll(sendOpen, { timeout: lostKeyMs, interval: 1000 }).toEqual([])
}

const isFinal = ({ answer }: Asked): boolean =>
  answer !== undefined && answer.status < 500 && answer.status !== 429 && answer.body?.code !== 'request-in-flight'

/** Every answer that was given is given again, to the letter. @returns the requests where it is not */
export async function forgottenAnswers(client: RecordingClient, asked: readonly Asked[]): Promise<unknown[]> {
  const left = asked[Symbol.iterator]()
  const forgotten: unknown[] = []
  const repeat = async () => {
    for (let next = left.next(); !next.done; next = left.next()) {
      const again = await client.again(next.value)
      if (!isDeepStrictEqual(again, next.value.answer)) forgotten.push({ ...next.value, again })
    }
  }
  await Promise.all(Array.from({ length: clients }, repeat))
  return forgotten
}
