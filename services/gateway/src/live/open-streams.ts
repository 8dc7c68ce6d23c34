import type { ServerResponse } from 'node:http'
import { validTokens, type Database } from '@plumbline/store'
import type { FastifyBaseLogger } from 'fastify'
import { repeat, type Repeating } from '../repeat.ts'

/** How long a stream may go on after its token was deleted, or has expired. */
const checkMs = 5_000

interface OpenStream {
  tokenId: string
  ending: AbortController
}

/**
 * The streams that are open. A request is authenticated once, but a stream outlives its token: all of them are looked up in one
 * statement every few seconds, however many there are. While the record is away they go on: nothing new comes by them.
 */
export class OpenStreams {
  readonly #streams = new Set<OpenStream>()
  readonly #checks: Repeating

  constructor({ db, log }: { db: Database; log: FastifyBaseLogger }) {
    this.#checks = repeat(
      checkMs,
      () => this.#check(db),
      (error) => log.warn({ err: error }, 'the tokens of open streams were not looked up'),
    )
  }

  /** @returns aborts when the stream must end: its token opens nothing any more, or the gateway stops */
  add(response: ServerResponse, tokenId: string): AbortSignal {
    const stream = { tokenId, ending: new AbortController() }
    this.#streams.add(stream)
    response.once('close', () => this.#streams.delete(stream))
    return stream.ending.signal
  }

  async endAll(): Promise<void> {
    for (const { ending } of this.#streams) ending.abort()
    await this.#checks.stop()
  }

  async #check(db: Database): Promise<void> {
    if (this.#streams.size === 0) return
    // Taken before the look-up: a stream that opens meanwhile has just been authenticated.
    const streams = [...this.#streams]
    const valid = await validTokens(db, [...new Set(streams.map(({ tokenId }) => tokenId))])
    for (const { tokenId, ending } of streams) if (!valid.has(tokenId)) ending.abort()
  }
}
