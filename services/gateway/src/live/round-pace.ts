/**
 * Each round is to be followed by a rest of so many times what it took, so that rounds take a tenth of the time at most however many
 * events come.
 */
const restTimes = 9
/** Far below what a reader of a stream notices. */
const maxRestMs = 100
/**
 * So much rest may be owed, and is taken when nothing comes: the rounds of one job follow each other at once, or "running" would
 * wait for the rest after "pending". A burst has used this up after a few rounds, and is then shown in few.
 */
const maxOwedMs = 500

/** When the next round may begin. Times are milliseconds of one clock that never goes back. */
export class RoundPace {
  /** When all the rest of the rounds before will have been taken. */
  #restedAt = 0

  ended(beganAt: number, now: number): void {
    const tookMs = now - beganAt
    this.#restedAt = Math.max(this.#restedAt, beganAt) + tookMs + Math.min(maxRestMs, restTimes * tookMs)
  }

  /** @returns 0 when it may begin at once */
  waitMs(now: number): number {
    return Math.max(0, this.#restedAt - maxOwedMs - now)
  }
}
