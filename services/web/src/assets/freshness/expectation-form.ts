import { durationForm, durationOf, spelledDuration, type DurationForm } from '../../schedules/editor/duration-text.ts'
import { readersZone } from '../../text/time.ts'
import type { ExpectationInput, Freshness } from '@plumbline/api'
import type { Sensitivity } from '@plumbline/workflows'

/** A part of the week without updates, with a key for the list of the form. */
export interface WindowForm {
  key: number
  days: string[]
  from: string
  to: string
}

export interface ExpectationForm {
  known: 'learned' | 'given'
  interval: DurationForm
  tolerance: DurationForm
  sensitivity: Sensitivity
  timezone: string
  windows: WindowForm[]
  /** One a line. */
  dates: string
  /** Empty: chosen by its name. */
  column: string
}

type Given = Freshness['expectation']

export const weekdayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
/** As a week is read: Monday first. */
export const weekdayOrder = ['1', '2', '3', '4', '5', '6', '0']

export function expectationForm(given: Given): ExpectationForm {
  return {
    known: given?.interval == null ? 'learned' : 'given',
    interval: given?.interval == null ? { count: 1, unit: 'd' } : durationForm(given.interval, 'h'),
    tolerance: durationForm(given?.tolerance ?? null, 'h'),
    sensitivity: given?.sensitivity ?? 'medium',
    timezone: given?.calendar.timezone ?? readersZone(),
    windows: (given?.calendar.windows ?? []).map((window, key) => ({ ...window, key, days: window.days.map(String) })),
    dates: (given?.calendar.dates ?? []).join('\n'),
    column: given?.column ?? '',
  }
}

export function expectationOf(form: ExpectationForm): ExpectationInput {
  const isGiven = form.known === 'given'
  return {
    interval: isGiven ? durationOf(form.interval) : null,
    tolerance: isGiven ? durationOf(form.tolerance) : null,
    calendar: {
      timezone: form.timezone,
      windows: form.windows.map(({ days, from, to }) => ({ days: days.map(Number), from, to })),
      dates: form.dates.split(/[\s,;]+/).filter((date) => date !== ''),
    },
    column: form.column === '' ? null : form.column,
    sensitivity: form.sensitivity,
  }
}

/** What is expected, in a sentence. */
export function expectationText(given: Given): string {
  if (given === null) return 'How often updates come is learned from what the checks see.'
  const { interval, tolerance, calendar, column, sensitivity } = given
  const closed = calendar.windows.length + calendar.dates.length
  return [
    interval === null
      ? `How often updates come is learned, with ${sensitivity} sensitivity`
      : `An update every ${spelledDuration(interval).replace(/^1 /, '')}${tolerance === null ? '' : `, tolerating ${spelledDuration(tolerance)}`}`,
    ...(closed > 0 ? [`not counting maintenance (${closed} ${closed === 1 ? 'entry' : 'entries'})`] : []),
    ...(interval === null && closed === 0 ? [] : [`by the clock of ${calendar.timezone}`]),
    ...(column === null ? [] : [`read from the column ${column}`]),
  ].join(', ')
}
