/** Between two questions about one queue. */
const askedEveryMs = 3_000
/** An answer says nothing about now after this long; while jobs are active the next one comes within five seconds. */
const believedMs = 15_000
/**
 * A queue has no worker when nobody was seen polling it for this long: a Temporal that was just started knows no pollers until
 * the workers have connected again, and they wait up to twelve seconds between two tries.
 */
const missingAfterMs = 15_000

interface Answers {
  /** Since when every answer has been that nobody polls. */
  unpolledSince: number | undefined
  lastAt: number
}

/** What Temporal answered about the pollers of queues, and what may be said of it. Times in ms since the epoch. */
export function pollerAnswers<Queue>(now: () => number = Date.now) {
  const answers = new Map<Queue, Answers>()
  const isOlderThan = (ms: number, queue: Queue) => now() - (answers.get(queue)?.lastAt ?? -Infinity) >= ms

  return {
    /** Whether it is time to ask again. */
    isDue: (queue: Queue): boolean => isOlderThan(askedEveryMs, queue),

    note(queue: Queue, polled: boolean): void {
      // Between answers that lie far apart anything may have happened.
      const since = isOlderThan(believedMs, queue) ? undefined : answers.get(queue)?.unpolledSince
      answers.set(queue, { unpolledSince: polled ? undefined : (since ?? now()), lastAt: now() })
    },

    /** There was no answer: nothing is known any more. */
    forget(queue: Queue): void {
      answers.delete(queue)
    },

    /** Whether nobody polls the queue, seen for a while and until now; false while that is not known. */
    isMissing(queue: Queue): boolean {
      const { unpolledSince, lastAt } = answers.get(queue) ?? {}
      if (unpolledSince === undefined || lastAt === undefined || isOlderThan(believedMs, queue)) return false
      return lastAt - unpolledSince >= missingAfterMs
    },
  }
}
