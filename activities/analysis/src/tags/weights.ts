import type { PiiKind } from './kinds.ts'
import type { ValueCheck } from './values/value-checks.ts'

/**
 * How much each piece of evidence says, in log odds (nats): pieces add up, and what their sum is worth is in `calibration.ts`.
 * This is naive Bayes with weights set by hand: a weight of 2.3 makes the odds ten times better. They are judgement, rounded to
 * halves, checked by which columns come out right in a labelled practice set and in the columns of the unit tests. Change them
 * here only.
 */
export const weights = {
  /** About one column in twenty holds a given kind, before anything is known of it. */
  prior: -3,
  /** The name says the thing itself: enough alone. */
  certainName: 5,
  /** A word with two meanings. */
  likelyName: 2,
  /** A likely name in a table that keeps people. */
  peopleTable: 2.5,
  /** A likely name beside columns that hold personal data by their names. */
  personalNeighbours: 1.5,
  /** The comment says the thing itself. */
  comment: 3.5,
  /** A key to a column whose name says the thing itself. */
  foreignKey: 5,
  /** Its values come from a column that carries the tag, or it is a key to one. */
  inherited: 5,
  /** A likely name in a table that keeps something else: the `name` of a product. */
  otherTable: -2,
  /** `email_verified`: the thing is only spoken about. */
  aboutWord: -7,
  /** `order_number`, `file_name`, `version`: the name says what the values are, and it is nothing personal. */
  otherThing: -3.5,
  /** None of the values has a form that the kind can have. */
  refuted: -7,
  /** The values are another thing, unmistakably: UUIDs, URLs, hashes, sentences, flags. */
  vetoed: -8,
} as const

/** From this confidence on a column is tagged. */
export const threshold = 0.5

/** Fewer sampled values than this say nothing against a name. */
export const fewValues = 3
/** When less than this share of the values can be it, the name is taken to mean something else. */
export const refutedBelow = 0.2
/** Values count for a kind from this share on: below, a few stray into it by chance. */
export const minShare = 0.5
/** Dictionaries do not know every name: this share is enough where nearly all values are written like names. */
export const minShareOfNames = 0.25
export const nearlyAll = 0.8
/** Addresses inside of texts are personal when they are in a third of them: fewer are slips of single people. */
export const minShareOfTexts = 0.3

/** Also those that several values have to be looked at for. */
export type ColumnCheck = ValueCheck | 'scheme' | 'dialled' | 'phone_mixed' | 'street_form' | 'version_form'

interface ValueRule {
  check: ColumnCheck
  /** When every value passes; a part of them counts for that part. */
  weight: number
  /** Half of the weight is left when the column's name says another thing. */
  ambiguous?: true
}

/** Which checks speak for a kind, the strongest first; the first one that most values pass counts. */
export const valueRules: Record<PiiKind, readonly ValueRule[]> = {
  email: [
    { check: 'email', weight: 8 },
    { check: 'email_within', weight: 6 },
  ],
  phone: [
    { check: 'dialled', weight: 5.5, ambiguous: true },
    { check: 'phone', weight: 5, ambiguous: true },
    { check: 'phone_mixed', weight: 4.5, ambiguous: true },
    { check: 'bare_number', weight: 1.5, ambiguous: true },
  ],
  person_name: [
    { check: 'full_name', weight: 5.5, ambiguous: true },
    { check: 'part_of_name', weight: 1, ambiguous: true },
  ],
  address: [
    { check: 'address', weight: 5.5, ambiguous: true },
    { check: 'street_form', weight: 4.5, ambiguous: true },
  ],
  ssn: [
    { check: 'ssn', weight: 6 },
    { check: 'ssn_shape', weight: 5 },
  ],
  national_id: [
    { check: 'scheme', weight: 6, ambiguous: true },
    { check: 'national_form', weight: 4, ambiguous: true },
  ],
  credit_card: [
    { check: 'credit_card', weight: 7 },
    { check: 'masked_card', weight: 5 },
  ],
  iban: [{ check: 'iban', weight: 9 }],
  bank_account: [],
  passport: [],
  drivers_license: [],
  dob: [{ check: 'date', weight: 0.5 }],
  ip_address: [{ check: 'ip_address', weight: 6, ambiguous: true }],
  mac_address: [{ check: 'mac_address', weight: 8 }],
  geo: [
    { check: 'geo', weight: 6 },
    { check: 'degrees', weight: 2.5, ambiguous: true },
  ],
  username: [{ check: 'handle', weight: 6 }],
  credential: [
    { check: 'credential', weight: 8 },
    { check: 'password_form', weight: 3.5 },
  ],
}

/** What the values of a kind can look like at all: a name is refuted when hardly any value does. */
export const possibleForms: Partial<Record<PiiKind, readonly (ValueCheck | 'scheme')[]>> = {
  email: ['email', 'email_within', 'digest'],
  phone: ['phone', 'bare_number', 'code'],
  person_name: ['wordy'],
  address: ['wordy', 'address', 'json', 'code'],
  ssn: ['ssn', 'ssn_shape', 'code', 'masked_card'],
  national_id: ['scheme', 'code', 'national_form'],
  credit_card: ['credit_card', 'masked_card', 'code'],
  iban: ['iban', 'code'],
  bank_account: ['code', 'masked_card', 'iban'],
  passport: ['code'],
  drivers_license: ['code'],
  dob: ['date', 'year', 'short_number'],
  ip_address: ['ip_address'],
  mac_address: ['mac_address'],
  geo: ['geo', 'degrees', 'json'],
  username: ['wordy', 'code', 'email'],
}

/** Values of these forms are no personal data of these kinds, whatever the name says. */
export const vetoes: readonly { check: ColumnCheck; text: string; except: readonly PiiKind[] }[] = [
  { check: 'uuid', text: 'UUIDs', except: ['credential'] },
  { check: 'version_form', text: 'version numbers', except: [] },
  { check: 'url', text: 'web addresses', except: ['credential'] },
  { check: 'digest', text: 'hash values', except: ['credential'] },
  { check: 'sentence', text: 'sentences', except: ['address', 'email', 'credential', 'person_name'] },
  { check: 'flag', text: 'yes or no', except: [] },
  { check: 'instant', text: 'points in time', except: ['dob'] },
]
