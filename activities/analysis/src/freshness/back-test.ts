import type { FreshnessExpectation } from '@plumbline/workflows'
import type { UpdatePoint } from './intervals.ts'
import { manualDue } from './judge-freshness.ts'
import { learnRhythm, type Due } from './learn-rhythm.ts'

/** An alarm that would have been raised; in milliseconds since 1970. */
export interface PastAlarm {
  lastUpdate: number
  expectedBy: number
  /** When it would have been raised, at the earliest: the next check finds it. */
  from: number
  /** The update that ended it; null: it would be on now. */
  until: number | null
}

export interface BackTest {
  alarms: PastAlarm[]
  /** Intervals that were judged, and those before, which were only learned from. */
  judged: number
  learning: number
}

const dayMs = 86_400_000

/**
 * Which alarms an expectation would have raised over a history. What is learned is learned, once a day, only from what lay before:
 * nothing is judged by what came later.
 */
export function backTest(history: readonly UpdatePoint[], expectation: FreshnessExpectation, now: number): BackTest {
  const dueAfter = expectation.interval === null ? learnedDue(history, expectation) : manual(expectation)
  const result: BackTest = { alarms: [], judged: 0, learning: 0 }
  for (const [index, { at }] of history.entries()) {
    const due = dueAfter(index)
    if (!due) {
      result.learning++
      continue
    }
    result.judged++
    const next = history[index + 1]
    if ((next?.at ?? now) <= due.staleAt) continue
    result.alarms.push({ lastUpdate: at, expectedBy: due.expectedBy, from: due.staleAt, until: next?.at ?? null })
  }
  return result

  function manual(given: FreshnessExpectation) {
    return (index: number): Due | undefined => manualDue(history[index]?.at ?? now, given)
  }
}

function learnedDue(history: readonly UpdatePoint[], expectation: FreshnessExpectation) {
  let learnedOn = Number.NaN
  let rhythm = learnRhythm([], expectation)
  return (index: number): Due | undefined => {
    const at = history[index]?.at ?? 0
    const day = Math.floor(at / dayMs)
    if (day !== learnedOn) {
      learnedOn = day
      rhythm = learnRhythm(history.slice(0, index + 1), expectation)
    }
    return rhythm.kind === 'learned' ? rhythm.dueAfter(at) : undefined
  }
}
