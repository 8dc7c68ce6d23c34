import type { Counts } from '@plumbline/workflows'
import { isIPv4, isIPv6 } from './ip-address.ts'
import { isCardNumber, isIban, isNationalId, isSsn, looksLikeSsn } from './number-checks.ts'

/** HTML's definition of a valid address, with a dotted domain asked for. */
const email = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i
const mac = /^(?:[\da-f]{2}([:-]))(?:[\da-f]{2}\1){4}[\da-f]{2}$|^(?:[\da-f]{4}\.){2}[\da-f]{4}$/i
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
const hexDigest = /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|[\da-f]{128})$/i
const url = /^[a-z][a-z\d+.-]*:\/\/\S+$/i
const date = /^(?:\d{4}-\d\d-\d\d|\d\d[./]\d\d[./]\d{4})(?:[ T]\d\d:\d\d.*)?$/
const latitudeLongitude = /^\(?\s*(-?\d{1,3}\.\d{2,})\s*[,;]\s*(-?\d{1,3}\.\d{2,})\s*\)?$/
const street = new RegExp(
  [
    String.raw`\b\d+[a-z]?,? .*\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|square|terrace|way|trail|suite|apt|apartment|floor|unit)\b`,
    String.raw`\b(?:rue|avenue|boulevard|chemin|calle|avenida|paseo|ronda|via|viale|piazza|corso|rua|travessa|praca|largo)\b.*`,
    String.raw`\w(?:stra(?:ß|ss)e|str\.|weg|gasse|allee|platz|ring) ?\d+`,
    String.raw`\b(?:p\.?o\.? box|h\.?no\.?) ?\d+`,
  ].join('|'),
  'i',
)
/** Two to four words that begin with a capital, without digits: a name, or a place, or a title. */
const nameShape =
  /^(?:\p{Lu}[\p{L}'’.-]*)(?: (?:(?:de|da|do|dos|van|von|der|la|le|el|bin|al) )?\p{Lu}[\p{L}'’.-]*){1,3}$/u
/** What opens something by itself: URLs with a password, keys, tokens and password hashes by their published forms. */
const secrets = [
  /^[a-z][a-z\d+.-]*:\/\/[^\s:/@]+:[^\s:/@]+@\S+$/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*$/,
  /^(?:AKIA|ASIA)[A-Z\d]{16}$/,
  /^(?:gh[pousr]_\w{20,}|sk_(?:live|test)_\w{10,}|xox[abp]-[\w-]{10,})$/,
  /^\$(?:2[aby]|argon2(?:id|i|d)|5|6)\$/,
]

/** What each check says of one value, trimmed and not empty. */
export const valueChecks = {
  email: (value) => email.test(value),
  phone: isPhone,
  phone_digits: (value) => /^\d{10,13}$/.test(value),
  ssn: isSsn,
  ssn_shape: looksLikeSsn,
  national_id: isNationalId,
  credit_card: isCardNumber,
  iban: isIban,
  ip_address: (value) => isIPv4(value) || isIPv6(value),
  mac_address: (value) => mac.test(value),
  geo: isPosition,
  address: (value) => value.length <= 120 && street.test(value),
  person_name: (value) => nameShape.test(value),
  credential: (value) => secrets.some((secret) => secret.test(value)),
  uuid: (value) => uuid.test(value),
  digest: (value) => hexDigest.test(value),
  url: (value) => url.test(value),
  date: (value) => date.test(value),
  short_number: (value) => /^-?\d{1,6}(?:\.\d+)?$/.test(value),
} as const satisfies Record<string, (value: string) => boolean>

export type ValueCheck = keyof typeof valueChecks
const checkNames = Object.keys(valueChecks).filter((name): name is ValueCheck => Object.hasOwn(valueChecks, name))

/**
 * How many of the values passed each check, and of how many (`values`). Nothing else of them is kept.
 */
export function countChecks(values: readonly string[]): Counts {
  const counts: Counts = { values: 0 }
  for (const raw of values) {
    const value = raw.trim()
    if (value === '') continue
    counts['values'] = (counts['values'] ?? 0) + 1
    for (const name of checkNames) if (valueChecks[name](value)) counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** E.164 allows up to 15 digits; punctuation or a plus must show that it is a number to dial. */
function isPhone(value: string): boolean {
  const [number = ''] = value.split(/ ?(?:x|ext\.?) ?\d{1,6}$/i)
  if (!/^\+?[\d\s().-]{7,24}$/.test(number) || looksLikeSsn(value) || date.test(value)) return false
  const digits = number.replaceAll(/\D/g, '')
  if (digits.length < 7 || digits.length > 15) return false
  return /^\+\d/.test(number) || /^\(?0\d/.test(number) || /^\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}$/.test(number)
}

function isPosition(value: string): boolean {
  const [, first, second] = latitudeLongitude.exec(value) ?? []
  return first !== undefined && Math.abs(Number(first)) <= 180 && Math.abs(Number(second)) <= 180
}
