import { randomUUID } from 'node:crypto'
import { waitUntil } from '@plumbline/local'

export interface GivenAnswer {
  status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers freely
  body: any
}

/** A POST with its key. `answer` is undefined where the connection was refused or broke off: nothing is known of it. */
export interface Asked {
  path: string
  body: object
  key: string
  answer: GivenAnswer | undefined
  /** Whether the first try is over. */
  answered: boolean
}

export interface RecordingClient {
  /** Everything that was asked so far, oldest first. */
  readonly asked: readonly Asked[]
  post(path: string, body: object): Promise<Asked>
  /** Sends the same again, with the same key. */
  again(asked: Asked): Promise<GivenAnswer | undefined>
  get(path: string): Promise<GivenAnswer | undefined>
  /** Waits until something that is asked from now on is answered like that. */
  untilAnswered(what: string, like: (answer: GivenAnswer | undefined) => boolean): Promise<void>
}

/** Longer than any fault lasts. */
const patienceMs = 60_000

/** A client that keeps each request with the answer it was given, to hold the product to it later. */
export function recordingClient(base: string, token: string): RecordingClient {
  const asked: Asked[] = []
  const send = async (path: string, init: RequestInit): Promise<GivenAnswer | undefined> => {
    try {
      const answer = await fetch(`${base}${path}`, { ...init, signal: AbortSignal.timeout(patienceMs) })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
    } catch {
      return undefined
    }
  }
  const authorization = `Bearer ${token}`
  const postOnce = ({ path, body, key }: Asked) =>
    send(path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    })
  return {
    asked,
    async post(path, body) {
      const request: Asked = { path, body, key: randomUUID(), answer: undefined, answered: false }
      asked.push(request)
      request.answer = await postOnce(request)
      request.answered = true
      return request
    },
    again: postOnce,
    async untilAnswered(what, like) {
      const from = asked.length
      const seen = () => asked.slice(from).some((request) => request.answered && like(request.answer))
      if (!(await waitUntil(seen, { timeoutMs: patienceMs }))) throw new Error(`Nothing was answered with ${what}`)
    },
    get: (path) => send(path, { headers: { authorization } }),
  }
}

export const isAccepted = ({ answer }: Asked): boolean => answer !== undefined && answer.status < 300
