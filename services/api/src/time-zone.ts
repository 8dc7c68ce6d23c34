import { z } from 'zod'

/** Node and browsers list some zones under an older name (Asia/Calcutta), but know the one of today. */
const listed = new Map([...Intl.supportedValuesOf('timeZone'), 'UTC'].map((name) => [name.toLowerCase(), name]))
const regions = new Set([...listed.values()].map((name) => name.split('/')[0]))
const spelledAsAName = /^[A-Z][a-z]+(\/[A-Z][a-z]+([_-][A-Z][a-z]+)*)+$/

/**
 * A time zone as the IANA database spells it, however it was typed: `europe/berlin` is Europe/Berlin, `US/Eastern` America/New_York.
 * Undefined for what is none, and for an offset (`+02:00`), which is none of a place.
 */
export function timezoneNamed(text: string): string | undefined {
  const known = listed.get(text.toLowerCase())
  if (known !== undefined) return known
  if (!/^[A-Za-z]/.test(text)) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions()
    const name = text.toLowerCase().replaceAll(/(?:^|(?<=[/_-]))[a-z]/g, (letter) => letter.toUpperCase())
    return spelledAsAName.test(name) && regions.has(name.split('/')[0] ?? '') ? name : timeZone
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** An offset is refused also because Postgres takes its sign the other way round: `+05:30` is west of Greenwich there. */
export const zTimezone = z
  .string()
  .min(1)
  .max(64)
  .overwrite((name) => timezoneNamed(name) ?? name)
  .refine((name) => timezoneNamed(name) !== undefined, 'is not a time zone: give an IANA name, as Europe/Berlin')
  .describe('IANA name, as Europe/Berlin')
