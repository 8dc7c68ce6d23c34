import type { FreshnessHistory } from '@plumbline/api'
import type { FreshnessState } from '@plumbline/workflows'

/** One day of the calendar, by the reader's clock. */
export interface CalendarDay {
  /** Its beginning. */
  date: Date
  updates: number
  /** The worst state that it was in that day; null before the first check, and after the last. */
  state: FreshnessState | null
}

/** Of other days nobody knows whether there was an update that was not seen. */
export const isKnown = ({ updates, state }: CalendarDay): boolean =>
  updates > 0 || (state !== null && state !== 'unknown')

/** What hides what: an alarm is to be seen, whatever else the day was. */
const severity: Record<FreshnessState, number> = { unknown: 0, learning: 1, fresh: 2, late: 3, error: 4, stale: 5 }

/**
 * The days of a history in weeks of seven, Monday first; the days of the first and last week beyond it are null.
 *
 * @param checkedAt when the table was checked last: no state holds longer
 */
export function calendarWeeks(history: FreshnessHistory, checkedAt: string): (CalendarDay | null)[][] {
  const first = startOfDay(new Date(history.from))
  const end = new Date(history.to)
  const days: (CalendarDay | null)[] = Array.from({ length: mondayBased(first) }, () => null)
  const updates = Map.groupBy(history.updates, ({ at }) => startOfDay(new Date(at)).getTime())
  for (let day = first; day <= end; day = dayAfter(day)) {
    const isChecked = day.getTime() <= Date.parse(checkedAt)
    const state = isChecked ? worstState(history.states, day, dayAfter(day)) : null
    days.push({ date: day, updates: updates.get(day.getTime())?.length ?? 0, state })
  }
  while (days.length % 7 > 0) days.push(null)
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
}

function worstState(states: FreshnessHistory['states'], from: Date, to: Date): FreshnessState | null {
  let worst: FreshnessState | null = null
  for (const [index, { at, state }] of states.entries()) {
    const until = states[index + 1]?.at
    const touches = Date.parse(at) < to.getTime() && (until === undefined || Date.parse(until) > from.getTime())
    if (touches && (worst === null || severity[state] > severity[worst])) worst = state
  }
  return worst
}

const mondayBased = (day: Date): number => (day.getDay() + 6) % 7
const startOfDay = (moment: Date): Date => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate())
/** By the calendar, because a day in which the clocks change has another length. */
const dayAfter = (day: Date): Date => new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1)
