/** ISO/IEC 7812-1 annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    sum += index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}

/** Issuer ranges and lengths of the large schemes (ISO/IEC 7812-2): Visa, Mastercard, Amex, Discover, Diners, JCB, UnionPay, Maestro. */
const cardShapes =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|(?:2131|1800)\d{11}|62\d{14,17}|(?:50|5[6-9]|6\d)\d{10,17})$/

export function isCardNumber(value: string): boolean {
  if (!/^\d[\d -]{10,22}\d$/.test(value)) return false
  const digits = value.replaceAll(/[ -]/g, '')
  return cardShapes.test(digits) && passesLuhn(digits)
}

/** ISO 13616: country, two check digits, then up to 30 characters; the whole is 1 modulo 97. */
export function isIban(value: string): boolean {
  const compact = value.replaceAll(' ', '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false
  const rearranged = compact.slice(4) + compact.slice(0, 4)
  let rest = 0
  for (const character of rearranged) {
    const number = Number.parseInt(character, 36)
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97
  }
  return rest === 1
}

/** US Social Security Administration: no area 000, 666 or 9xx, no group 00, no serial 0000. Dashes are asked for. */
export const isSsn = (value: string): boolean => /^(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/.test(value)

/** Taxpayer numbers and older issues that are written like an SSN but lie outside of its ranges. */
export const looksLikeSsn = (value: string): boolean => /^\d{3}-\d\d-\d{4}$/.test(value)

/** National numbers that can be checked: each with its own check digits, or a date in a fixed form. */
export function isNationalId(value: string): boolean {
  return isCpf(value) || isSin(value) || isDni(value) || isCpr(value) || nino.test(value) || codiceFiscale.test(value)
}

/** Brazil, Receita Federal: two check digits modulo 11. */
function isCpf(value: string): boolean {
  const digits = value.replaceAll(/[.-]/g, '')
  if (!/^\d{11}$/.test(digits) || /^(\d)\1{10}$/.test(digits)) return false
  return [9, 10].every((length) => {
    let sum = 0
    for (let index = 0; index < length; index++) sum += Number(digits[index]) * (length + 1 - index)
    return ((sum * 10) % 11) % 10 === Number(digits[length])
  })
}

/** Canada: nine digits with a Luhn check; 0 and 8 are not given out. */
function isSin(value: string): boolean {
  const digits = value.replaceAll(/[ -]/g, '')
  return /^[1-79]\d{8}$/.test(digits) && passesLuhn(digits)
}

/** Spain: the letter follows from the number modulo 23. */
function isDni(value: string): boolean {
  const [, first, rest, letter] = /^([XYZ\d])(\d{7})-?([A-Z])$/i.exec(value) ?? []
  if (first === undefined || rest === undefined) return false
  const number = Number(`${'XYZ'.includes(first.toUpperCase()) ? 'XYZ'.indexOf(first.toUpperCase()) : first}${rest}`)
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === letter?.toUpperCase()
}

/** Denmark: a date of birth and four digits. */
function isCpr(value: string): boolean {
  const [, day, month] = /^(\d\d)(\d\d)\d\d-\d{4}$/.exec(value) ?? []
  return inRange(day, 1, 31) && inRange(month, 1, 12)
}

/** United Kingdom: prefixes and suffix of HMRC, also the ones kept for tests. */
const nino = /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]$/i
/** Italy: the shape of surname, name, date, place and check character. */
const codiceFiscale = /^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/i

const inRange = (text: string | undefined, min: number, max: number): boolean =>
  text !== undefined && Number(text) >= min && Number(text) <= max
