import { isIP } from 'node:net'
import validator from 'validator'
import { hasNationalForm } from './national-ids.ts'
import { isCardNumber, isIban, isMaskedCard, isSsn, looksLikeSsn } from './number-checks.ts'
import { hasNameForm, isFullName, isPartOfName } from './person-names.ts'
import { isBareNumber, isPhone } from './phone-numbers.ts'
import { isPasswordLike, isSecret } from './secrets.ts'
import { isStreetAddress } from './street-address.ts'
import type { ValueShape } from './value-shape.ts'

/** Without anything unusual in it: what most addresses are like needs no closer look. */
const plainEmail = /^[a-z\d]+(?:[._+-][a-z\d]+)*@(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z]{2,18}$/i
/** Parts of an address are at most this long (RFC 5321, 4.5.3.1.1; RFC 1035, 2.3.4). */
const longestPlainEmail = 63
const emailOptions = { allow_utf8_local_part: true, require_tld: true } as const
const emailInside = /[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}/i
const hexDigest = /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|[\da-f]{128})$/i
const addressCharacters = /^[\da-f.:/]+$/i
const macCharacters = /^[\da-f:.-]+$/i
const decimal = /^[-+]?[\d ]*[.,]?\d*\.\d+(?:[eE][-+]?\d+)?$/
const url = /^(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+$/i
const date =
  /^(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{2,4}|\d\d?[ -]\p{L}{3,9}\.?,?[ -]\d{4}|\p{L}{3,9}\.? \d\d?,? \d{4})(?:[ T]\d\d:\d\d.*)?$/u
const timed = /(?:^|[T ])\d\d:\d\d(?::\d\d)?/
const midnight = /[ T]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$/
const pair = /^[([]?\s*(-?\d{1,3}\.\d{2,})\s*[,;|/ ]\s*(-?\d{1,3}\.\d{2,})\s*[)\]]?$/
const wellKnownText = /^(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(/i
const degreesAndMinutes = /^-?\d{1,3}°\s?\d{1,2}['′].*[NSEW]/i
const jsonPosition = /"lat(?:itude)?"\s*:\s*"?-?\d.*"(?:lng|lon|long|longitude)"\s*:|"type"\s*:\s*"Point"/i
/** A number, a bracket, `POINT`, `SRID`: one look rules most values out. */
const beginsLikePosition = /^[-\d([{ps\s]/i
const degrees = /^-?\d{1,3}\.\d{4,}$/

/** What each check says of one value, trimmed and not empty. Cheap looks at the shape come before patterns and dictionaries. */
export const valueChecks = {
  email: ({ value, spaces, at }) =>
    at &&
    spaces === 0 &&
    ((value.length <= longestPlainEmail && plainEmail.test(value)) || validator.isEmail(value, emailOptions)),
  email_within: ({ value, spaces, marks, at }) => at && (spaces > 0 || marks > 4) && emailInside.test(value),
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
    macCharacters.test(value) &&
    /[:.-]/.test(value) &&
    validator.isMACAddress(value, { no_separators: false }),
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
  code: isCode,
  wordy: ({ letters, foreign, digits, marks }) => letters + foreign > digits + marks,
  handle: ({ value }) => /^@[a-z\d_][\w.]{1,29}$/i.test(value),
  sentence: ({ value, spaces }) => spaces >= 5 && value.length > 30 && !/\d/.test(value.slice(0, 6)),
  json: ({ value }) => /^[[{].*[\]}]$/s.test(value),
  flag: ({ value }) => value.length <= 5 && /^(?:t|f|y|n|true|false|yes|no|0|1|on|off)$/i.test(value),
} as const satisfies Record<string, (shape: ValueShape) => boolean>

export type ValueCheck = keyof typeof valueChecks

/** A number of something, with letters and marks, of which points only part digits; no decimal. */
function isCode({ value, digits, letters, spaces }: ValueShape): boolean {
  if (digits < 4 || spaces > 4 || value.length > 34) return false
  return !value.includes('.') || (digits > letters && !decimal.test(value))
}

function isPosition(value: string): boolean {
  if (!beginsLikePosition.test(value)) return false
  if (wellKnownText.test(value) || degreesAndMinutes.test(value) || jsonPosition.test(value)) return true
  const [, first, second] = pair.exec(value) ?? []
  return first !== undefined && Math.abs(Number(first)) <= 180 && Math.abs(Number(second)) <= 180
}
