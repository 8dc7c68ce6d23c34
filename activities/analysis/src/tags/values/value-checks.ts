import { isIP } from 'node:net'
import validator from 'validator'
import { hasNationalForm } from './national-ids.ts'
import { isCardNumber, isIban, isMaskedCard, isSsn, looksLikeSsn } from './number-checks.ts'
import { hasNameForm, isFullName, isPartOfName } from './person-names.ts'
import { isBareNumber, isPhone } from './phone-numbers.ts'
import { isPasswordLike, isSecret } from './secrets.ts'
import { isStreetAddress } from './street-address.ts'
import type { ValueShape } from './value-shape.ts'

const emailOptions = { allow_utf8_local_part: true, require_tld: true } as const
const emailInside = /[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}/i
const hexDigest = /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|[\da-f]{128})$/i
const addressCharacters = /^[\da-f.:/]+$/i
const url = /^(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+$/i
const date =
  /^(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{2,4}|\d\d?[ -]\p{L}{3,9}\.?,?[ -]\d{4}|\p{L}{3,9}\.? \d\d?,? \d{4})(?:[ T]\d\d:\d\d.*)?$/u
const timed = /(?:^|[T ])\d\d:\d\d(?::\d\d)?/
const midnight = /[ T]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$/
const pair = /^[([]?\s*(-?\d{1,3}\.\d{2,})\s*[,;|/ ]\s*(-?\d{1,3}\.\d{2,})\s*[)\]]?$/
const wellKnownText = /^(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(/i
const degreesAndMinutes = /^-?\d{1,3}°\s?\d{1,2}['′].*[NSEW]/i
const jsonPosition = /"lat(?:itude)?"\s*:\s*"?-?\d.*"(?:lng|lon|long|longitude)"\s*:|"type"\s*:\s*"Point"/i
const degrees = /^-?\d{1,3}\.\d{4,}$/

/** What each check says of one value, trimmed and not empty. Cheap looks at the shape come before patterns and dictionaries. */
export const valueChecks = {
  email: ({ value, spaces }) => spaces === 0 && value.includes('@') && validator.isEmail(value, emailOptions),
  email_within: ({ value, spaces, marks }) =>
    (spaces > 0 || marks > 4) && value.includes('@') && emailInside.test(value),
  phone: isPhone,
  bare_number: ({ value, letters }) => letters === 0 && isBareNumber(value),
  ssn: ({ value, digits }) => digits === 9 && isSsn(value),
  ssn_shape: ({ value, digits }) => digits === 9 && looksLikeSsn(value),
  national_form: ({ value, digits }) => digits >= 6 && digits <= 14 && value.length < 22 && hasNationalForm(value),
  credit_card: ({ value, digits, letters }) => digits >= 12 && letters === 0 && isCardNumber(value),
  masked_card: ({ value, digits }) => digits === 4 && isMaskedCard(value),
  iban: ({ value, digits, letters }) => digits >= 8 && letters >= 2 && isIban(value),
  ip_address: ({ value, spaces, marks }) =>
    spaces === 0 && marks >= 2 && addressCharacters.test(value) && isIP(value.replace(/\/\d{1,3}$/, '')) !== 0,
  mac_address: ({ value }) =>
    value.length >= 12 &&
    value.length <= 17 &&
    validator.isMACAddress(value, { no_separators: false }) &&
    /[:.-]/.test(value),
  geo: ({ value, digits }) => digits >= 4 && isPosition(value),
  degrees: ({ value, letters, spaces }) =>
    letters === 0 && spaces === 0 && degrees.test(value) && Math.abs(Number(value)) <= 180,
  address: isStreetAddress,
  name_form: hasNameForm,
  full_name: isFullName,
  part_of_name: isPartOfName,
  credential: ({ value }) => isSecret(value),
  password_form: ({ value, spaces }) => spaces === 0 && isPasswordLike(value),
  uuid: ({ value }) =>
    value.length >= 32 && value.length <= 38 && validator.isUUID(value.replaceAll(/[{}]/g, ''), 'loose'),
  digest: ({ value, spaces }) => spaces === 0 && hexDigest.test(value),
  url: ({ value }) => url.test(value),
  date: ({ value, digits }) => digits >= 5 && digits <= 24 && date.test(value),
  instant: ({ value, digits }) => digits >= 8 && timed.test(value) && !midnight.test(value),
  year: ({ value }) => /^(?:18|19|20)\d\d$/.test(value),
  short_number: ({ value, letters }) => letters === 0 && /^-?\d{1,6}(?:\.\d+)?$/.test(value),
  code: ({ digits, spaces, value }) => digits >= 4 && spaces <= 4 && value.length <= 34 && !value.includes('.'),
  wordy: ({ letters, foreign, digits, marks }) => letters + foreign > digits + marks,
  handle: ({ value }) => /^@[a-z\d_][\w.]{1,29}$/i.test(value),
  sentence: ({ value, spaces }) => spaces >= 5 && value.length > 30 && !/\d/.test(value.slice(0, 6)),
  json: ({ value }) => /^[[{].*[\]}]$/s.test(value),
  flag: ({ value }) => value.length <= 5 && /^(?:t|f|y|n|true|false|yes|no|0|1|on|off)$/i.test(value),
} as const satisfies Record<string, (shape: ValueShape) => boolean>

export type ValueCheck = keyof typeof valueChecks
const all = Object.keys(valueChecks).filter((name): name is ValueCheck => Object.hasOwn(valueChecks, name))

/** What a value must have, and must not have, to pass at all. */
const asks: Partial<Record<ValueCheck, { has?: readonly Part[]; lacks?: readonly Part[] }>> = {
  email: { has: ['letter', 'at'], lacks: ['space'] },
  email_within: { has: ['letter', 'at'] },
  phone: { has: ['digit'], lacks: ['foreign', 'at'] },
  bare_number: { has: ['digit'], lacks: ['letter', 'foreign', 'space', 'mark'] },
  ssn: { has: ['digit', 'mark'], lacks: ['letter', 'foreign', 'space'] },
  ssn_shape: { has: ['digit', 'mark'], lacks: ['letter', 'foreign', 'space'] },
  national_form: { has: ['digit'], lacks: ['foreign', 'at'] },
  credit_card: { has: ['digit'], lacks: ['letter', 'foreign', 'at'] },
  masked_card: { has: ['digit'], lacks: ['foreign', 'at'] },
  iban: { has: ['letter', 'digit'], lacks: ['foreign', 'at'] },
  ip_address: { has: ['mark'], lacks: ['space', 'foreign', 'at'] },
  mac_address: { has: ['mark'], lacks: ['space', 'foreign', 'at'] },
  geo: { has: ['digit'], lacks: ['foreign', 'at'] },
  handle: { has: ['at'], lacks: ['space', 'foreign'] },
  degrees: { has: ['digit', 'mark'], lacks: ['letter', 'foreign', 'space', 'at'] },
  address: { has: ['word'], lacks: ['at'] },
  name_form: { has: ['word'], lacks: ['digit', 'at'] },
  full_name: { has: ['word'], lacks: ['digit', 'at'] },
  part_of_name: { has: ['word'], lacks: ['at'] },
  credential: { has: ['letter'] },
  password_form: { has: ['letter', 'digit', 'mark'], lacks: ['space', 'foreign'] },
  uuid: { has: ['digit'], lacks: ['foreign', 'space', 'at'] },
  digest: { has: ['digit'], lacks: ['foreign', 'space', 'mark'] },
  url: { has: ['letter', 'mark'], lacks: ['space'] },
  date: { has: ['digit'], lacks: ['at'] },
  instant: { has: ['digit', 'mark'], lacks: ['at'] },
  year: { has: ['digit'], lacks: ['letter', 'foreign', 'space', 'mark'] },
  short_number: { has: ['digit'], lacks: ['letter', 'foreign', 'space', 'at'] },
  code: { has: ['digit'] },
  wordy: { has: ['word'] },
  sentence: { has: ['word', 'space'] },
  json: { has: ['mark'] },
}

/** The parts of a value by the bit that stands for each; a word is made of Latin or of other letters. */
const bit = { letter: 1, foreign: 2, digit: 4, space: 8, mark: 16, at: 32, word: 64 } as const
type Part = keyof typeof bit
const allBits = 127
const bitsOf = (parts: readonly Part[] = []): number => parts.reduce((bits, part) => bits | bit[part], 0)

export interface NumberedCheck {
  index: number
  name: ValueCheck
  test: (shape: ValueShape) => boolean
}
export const checks: readonly NumberedCheck[] = all.map((name, index) => ({ index, name, test: valueChecks[name] }))

/** By the bits of a value, the checks that it can pass. */
const possible = Array.from({ length: allBits + 1 }, (_, bits): readonly NumberedCheck[] =>
  checks.filter(({ name }) => {
    const { has, lacks } = asks[name] ?? {}
    return (bits & bitsOf(has)) === bitsOf(has) && (bits & bitsOf(lacks)) === 0
  }),
)

/** The checks that a value can pass at all: most are ruled out by one look at its characters. */
export function checksFor({ letters, foreign, digits, spaces, marks, at }: ValueShape): readonly NumberedCheck[] {
  const bits =
    (letters > 0 ? bit.letter | bit.word : 0) |
    (foreign > 0 ? bit.foreign | bit.word : 0) |
    (digits > 0 ? bit.digit : 0) |
    (spaces > 0 ? bit.space : 0) |
    (marks > 0 ? bit.mark : 0) |
    (at ? bit.at : 0)
  return possible[bits] ?? checks
}

function isPosition(value: string): boolean {
  if (wellKnownText.test(value) || degreesAndMinutes.test(value) || jsonPosition.test(value)) return true
  const [, first, second] = pair.exec(value) ?? []
  return first !== undefined && Math.abs(Number(first)) <= 180 && Math.abs(Number(second)) <= 180
}
