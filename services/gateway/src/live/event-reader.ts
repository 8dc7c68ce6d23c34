import { readJobEvents, type Database, type JobEventRow } from '@plumbline/store'
import type { FastifyBaseLogger } from 'fastify'
import { RoundPace } from './round-pace.ts'

/** Read at once; a burst is worked off in several rounds. */
export const batch = 500
/**
 * Ids are taken before the commit, so a smaller one may appear after a larger. A missing id is waited for this long; one that
 * never comes belongs to a transaction that was rolled back.
 */
const gapMs = 2_000
const gapPollMs = 25

export interface EventReaderOptions {
  db: Database
  /** The events after this id are read. */
  from: number
  /** Gets the events in the order of their ids, none twice; the next ones are read when it is done. */
  deliver: (rows: readonly JobEventRow[]) => Promise<void>
  log: FastifyBaseLogger
}

/** Reads the outbox of job events in the order of its ids whenever it is woken; one round at a time. */
export class EventReader {
  readonly #options: EventReaderOptions
  readonly #pace = new RoundPace()
  #position: number
  #taken: number
  #gapSince: number | undefined
  #gapTimer: NodeJS.Timeout | undefined
  #roundTimer: NodeJS.Timeout | undefined
  #wanted = false
  #reading: Promise<void> | undefined
  #closed = false

  constructor(options: EventReaderOptions) {
    this.#options = options
    this.#position = options.from
    this.#taken = options.from
  }

  /** Events up to here were delivered, or are being delivered to whoever was there when that began. */
  get position(): number {
    return this.#taken
  }

  /** There may be something to read. What comes while it reads or rests is read after that. */
  wake(): void {
    if (this.#closed) return
    this.#wanted = true
    if (this.#reading || this.#roundTimer) return
    const waitMs = this.#pace.waitMs(performance.now())
    if (waitMs === 0) this.#round()
    else this.#roundTimer = setTimeout(() => this.#round(), waitMs)
  }

  #round(): void {
    this.#roundTimer = undefined
    const begun = performance.now()
    this.#reading = this.#read().finally(() => {
      this.#pace.ended(begun, performance.now())
      this.#reading = undefined
      if (this.#wanted) this.wake()
    })
  }

  /** Resolves when nothing is read or delivered any more. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#gapTimer)
    clearTimeout(this.#roundTimer)
    await this.#reading
  }

  async #read(): Promise<void> {
    this.#wanted = false
    const { db, deliver, log } = this.#options
    try {
      let rows: JobEventRow[]
      do {
        rows = this.#withoutGap(await readJobEvents(db, { after: this.#position, limit: batch }))
        this.#taken = rows.at(-1)?.id ?? this.#position
        if (rows.length > 0) await deliver(rows)
        this.#position = this.#taken
      } while (rows.length === batch)
    } catch (error) {
      log.warn({ err: error }, 'job events could not be read; trying again')
    }
  }

  /** The rows up to the first missing id, or all when it was missing for too long. */
  #withoutGap(rows: JobEventRow[]): JobEventRow[] {
    const end = rows.findIndex((row, at) => row.id !== this.#position + at + 1)
    if (end === -1) {
      this.#gapSince = undefined
      return rows
    }
    const first = rows[end]
    this.#gapSince = end > 0 ? Date.now() : (this.#gapSince ?? Date.now())
    if (end === 0 && first && Date.now() - this.#gapSince >= gapMs) {
      this.#gapSince = undefined
      this.#position = first.id - 1
      return this.#withoutGap(rows)
    }
    clearTimeout(this.#gapTimer)
    this.#gapTimer = setTimeout(() => this.wake(), gapPollMs)
    return rows.slice(0, end)
  }
}
