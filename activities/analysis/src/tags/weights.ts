import type { PiiKind } from './kinds.ts'
import type { ValueCheck } from './value-checks.ts'

/**
 * How much each piece of evidence says, from 0 to 1. Chosen on the labelled practice set of the project's makers and rounded,
 * so that no single row of it decides: names that say the thing outright are enough alone, a word with two meanings needs the
 * table or the values behind it. Values with check digits or an unmistakable form are enough alone.
 */
export const nameWeights = { certain: 0.85, likely: 0.35 } as const
/** A likely name in a table that keeps people. */
export const peopleWeight = 0.4

/** From this combined confidence on a column is tagged. */
export const threshold = 0.55

/** Fewer sampled values than this say nothing against a name. */
export const fewValues = 5
/** When less than this share of the values can be it, the name is taken to mean something else. */
export const refutedBelow = 0.2
/** Values count for a kind from this share on: below, a few stray into it by chance. */
export const minShare = 0.5

interface ValueRule {
  check: ValueCheck
  /** The confidence when every value passes. */
  weight: number
}

/** Which checks speak for a kind, the strongest first. */
export const valueRules: Partial<Record<PiiKind, readonly ValueRule[]>> = {
  email: [{ check: 'email', weight: 0.97 }],
  phone: [
    { check: 'phone', weight: 0.7 },
    { check: 'phone_digits', weight: 0.2 },
  ],
  ssn: [
    { check: 'ssn', weight: 0.85 },
    { check: 'ssn_shape', weight: 0.75 },
  ],
  national_id: [{ check: 'national_id', weight: 0.7 }],
  credit_card: [{ check: 'credit_card', weight: 0.9 }],
  iban: [{ check: 'iban', weight: 0.97 }],
  ip_address: [{ check: 'ip_address', weight: 0.85 }],
  mac_address: [{ check: 'mac_address', weight: 0.95 }],
  geo: [{ check: 'geo', weight: 0.8 }],
  address: [{ check: 'address', weight: 0.75 }],
  person_name: [{ check: 'person_name', weight: 0.4 }],
  credential: [{ check: 'credential', weight: 0.95 }],
}

/** Kinds whose values have a form that nothing else has: values of another form refute the name. */
export const refutable: ReadonlySet<PiiKind> = new Set([
  'email',
  'phone',
  'iban',
  'ip_address',
  'mac_address',
  'credit_card',
])

/** Values of these forms are no personal data of these kinds, whatever the name says. */
export const vetoes: readonly { check: ValueCheck; text: string; except: readonly PiiKind[] }[] = [
  { check: 'uuid', text: 'UUIDs', except: ['credential'] },
  { check: 'url', text: 'URLs', except: ['credential'] },
  { check: 'digest', text: 'hash values', except: ['credential'] },
]
