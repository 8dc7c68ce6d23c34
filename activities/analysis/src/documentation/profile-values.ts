import type { ColumnProfile, Counts } from '@plumbline/workflows'
import type { ValueCheck } from '../tags/values/value-checks.ts'

/** Fewer values show no form and no list. */
const fewestValues = 5
const fewestForList = 20
/** A form is said of values of which nearly all have it. */
const formShare = 0.95
/** A list of words that mean something is short, and each of them repeats. */
const longestList = 12
const longestWord = 40
const leastShare = 0.02
const word = /^[\p{L}\p{N}][\p{L}\p{N} _.:+/-]*$/u

/** The first that fits is said. */
const forms: readonly (readonly [ValueCheck, string])[] = [
  ['email', 'email addresses'],
  ['uuid', 'UUIDs'],
  ['url', 'URLs'],
  ['json', 'JSON documents'],
  ['iban', 'IBANs'],
  ['mac_address', 'MAC addresses'],
  ['ip_address', 'IP addresses'],
  ['digest', 'hexadecimal digests'],
  ['instant', 'dates with a time'],
  ['date', 'dates'],
  ['sentence', 'sentences'],
]

/** Where a single value passes one of these, none of the column is shown. */
const personal: readonly (ValueCheck | 'phone_mixed' | 'scheme')[] = [
  'email',
  'email_within',
  'phone',
  'phone_mixed',
  'bare_number',
  'ssn',
  'ssn_shape',
  'scheme',
  'credit_card',
  'masked_card',
  'iban',
  'ip_address',
  'mac_address',
  'geo',
  'address',
  'full_name',
  'credential',
  'handle',
]
/** So many first and last names among them are no accident: `May` and `April` are words, too. */
const nameShare = 0.2

/**
 * What the sampled values of a column show. A list of them is made only where nothing says that they are somebody's.
 *
 * @param counts of `countChecks(values)`
 * @param impersonal nothing known of the column, by name, tags or values, says that it holds personal data or secrets
 */
export function profileValues(values: readonly string[], counts: Counts, impersonal: boolean): ColumnProfile {
  const seen = counts['values'] ?? 0
  const form = seen < fewestValues ? undefined : forms.find(([check]) => (counts[check] ?? 0) >= seen * formShare)
  const list = impersonal && !form && isImpersonal(counts) ? listOf(values) : null
  return { values: seen, form: form?.[1] ?? null, list }
}

const isImpersonal = (counts: Counts): boolean =>
  personal.every((check) => (counts[check] ?? 0) === 0) &&
  (counts['part_of_name'] ?? 0) < (counts['values'] ?? 0) * nameShare

function listOf(values: readonly string[]): string[] | null {
  const times = new Map<string, number>()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  if (values.length < fewestForList || times.size > longestList) return null
  const least = Math.max(2, values.length * leastShare)
  const fits = [...times].every(([value, count]) => count >= least && value.length <= longestWord && word.test(value))
  return fits ? [...times.keys()].sort() : null
}
