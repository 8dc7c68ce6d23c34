/** The units of a length of time as the API writes it: `90s`, `15m`, `1h`, `2d`. */
export const durationUnits = ['s', 'm', 'h', 'd'] as const
export type DurationUnit = (typeof durationUnits)[number]

export const durationUnitLabels: Record<DurationUnit, string> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' }

/** A length of time as it is typed; an empty count means none. */
export interface DurationForm {
  count: number | ''
  unit: DurationUnit
}

/** `15m`; null when there is none. */
export const durationOf = ({ count, unit }: DurationForm): string | null => (count === '' ? null : `${count}${unit}`)

/** The form of `15m`; of null, or of what is no such text, an empty one. */
export function durationForm(text: string | null, unit: DurationUnit = 'm'): DurationForm {
  const [, count, given] = /^(\d+)([smhd])$/.exec(text ?? '') ?? []
  const known = durationUnits.find((one) => one === given)
  return count === undefined || known === undefined ? { count: '', unit } : { count: Number(count), unit: known }
}

const unitWords: Record<DurationUnit, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day' }

/** `15m` as `15 minutes`, `1h` as `1 hour`. */
export function spelledDuration(text: string): string {
  const { count, unit } = durationForm(text)
  return `${count} ${unitWords[unit]}${count === 1 ? '' : 's'}`
}
