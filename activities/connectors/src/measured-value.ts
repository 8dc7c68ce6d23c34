import type { Measure } from './measuring.ts'

/**
 * A value as a statement gave it, as text. How many different values there are, or repeated ones (`unscalable`), cannot be told from a
 * part of the rows.
 */
export function measureOf(
  text: string | null,
  { sampled, unscalable }: { sampled: boolean; unscalable: boolean },
): Measure {
  const method = sampled ? 'sampled' : 'exact'
  if (sampled && unscalable) return { value: null, noData: 'sampled', method }
  if (text === null) return { value: null, noData: 'no_rows', method }
  const value = Number(text)
  return Number.isFinite(value) ? { value, noData: null, method } : { value: null, noData: 'too_large', method }
}
