import {
  durationMs,
  failedReasons,
  type FreshnessExpectation,
  type FreshnessFinding,
  type FreshnessState,
  type FreshnessVerdict,
} from '@plumbline/workflows'
import type { UpdatePoint } from './intervals.ts'
import { learnRhythm, type Due } from './learn-rhythm.ts'
import { openTimeOf } from './open-time.ts'

const undecided = { expected: null, learning: null }

/**
 * What a table is at a moment. Unknown (nothing tells), error (the look failed and nothing else tells) and stale (an update is
 * overdue) are different things: only the last is about the table.
 *
 * @param history its updates, oldest first
 */
export function judgeFreshness(
  finding: FreshnessFinding,
  expectation: FreshnessExpectation,
  history: readonly UpdatePoint[],
  now: number,
): FreshnessVerdict {
  const last = finding.last === null ? null : Date.parse(finding.last.at)
  if (last === null) return judgeWithout(finding, expectation, now)
  if (expectation.interval !== null) return verdictOf(manualDue(last, expectation), 'manual', now)
  const rhythm = learnRhythm(history, expectation)
  if (rhythm.kind === 'learning') return { state: 'learning', expected: null, learning: rhythm.progress }
  return verdictOf(rhythm.dueAfter(last), 'learned', now)
}

/** The verdict at a later moment, when neither the last update nor what is expected has changed. */
export function judgeAgain({ state, expected, learning }: FreshnessVerdict, now: number): FreshnessVerdict {
  if (!expected) return { state, expected, learning }
  return { state: stateAt(Date.parse(expected.expectedBy), Date.parse(expected.staleAt), now), expected, learning }
}

const stateAt = (expectedBy: number, staleAt: number, now: number): FreshnessState =>
  now > staleAt ? 'stale' : now > expectedBy ? 'late' : 'fresh'

/** A table of which no update was ever seen can still be overdue: not in all the time that it was looked at. */
function judgeWithout(finding: FreshnessFinding, expectation: FreshnessExpectation, now: number): FreshnessVerdict {
  const failed = failedReasons.some((reason) => reason === finding.reason)
  if (finding.quietSince !== null && expectation.interval !== null) {
    const due = manualDue(Date.parse(finding.quietSince), expectation)
    if (due && now > due.staleAt) return verdictOf(due, 'manual', now)
  }
  return { state: failed ? 'error' : 'unknown', ...undecided }
}

function verdictOf(due: Due | undefined, source: 'manual' | 'learned', now: number): FreshnessVerdict {
  // The calendar closes all the time there is: nothing is ever due.
  if (!due) return { state: 'fresh', ...undecided }
  const { intervalMs, expectedBy, staleAt } = due
  const expected = {
    source,
    intervalMs: Math.round(intervalMs),
    expectedBy: new Date(expectedBy).toISOString(),
    staleAt: new Date(staleAt).toISOString(),
  }
  return { state: stateAt(expectedBy, staleAt, now), expected, learning: null }
}

/** What a person expects after an update; undefined when the calendar leaves no time for it. */
export function manualDue(update: number, expectation: FreshnessExpectation): Due | undefined {
  const intervalMs = durationMs(expectation.interval ?? '')
  if (intervalMs === undefined) return undefined
  const toleranceMs = durationMs(expectation.tolerance ?? '') ?? intervalMs / 4
  const time = openTimeOf(expectation.calendar)
  const expectedBy = time.after(update, intervalMs)
  const staleAt = time.after(update, intervalMs + toleranceMs)
  return expectedBy === undefined || staleAt === undefined ? undefined : { intervalMs, expectedBy, staleAt }
}
