/** ISO/IEC 7812-1 annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    sum += index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}

/**
 * Issuer ranges and lengths of the large schemes (ISO/IEC 7812-2): Visa, Mastercard, Amex, Discover, Diners, JCB, UnionPay,
 * Maestro. The card check of `validator` knows no Maestro and takes lengths that Visa does not issue.
 */
const cardShapes =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|(?:2131|1800)\d{11}|62\d{14,17}|(?:50|5[6-9]|6\d)\d{10,17})$/

export function isCardNumber(value: string): boolean {
  if (!/^\d[\d -]{10,22}\d$/.test(value)) return false
  const digits = value.replaceAll(/[ -]/g, '')
  return cardShapes.test(digits) && passesLuhn(digits)
}

/** A card number of which all but the last digits are blotted out. */
export const isMaskedCard = (value: string): boolean => /^(?:[*xX•]{4}[ -]?){2,4}\d{4}$/.test(value)

/**
 * ISO 13616: country, two check digits, then up to 30 characters; the whole is 1 modulo 97. The inner form of each country is not
 * asked for: it turns typing errors and test data away, and one number in 97 passing by chance makes no column of IBANs.
 */
export function isIban(value: string): boolean {
  if (!/^[a-z]{2}\d\d/i.test(value)) return false
  const compact = value.replaceAll(/[ -]/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(compact)) return false
  const rearranged = compact.slice(4) + compact.slice(0, 4)
  let rest = 0
  for (let index = 0; index < rearranged.length; index++) {
    const code = rearranged.charCodeAt(index)
    // `A` is 10 and two digits long.
    rest = (code < 65 ? rest * 10 + code - 48 : rest * 100 + code - 55) % 97
  }
  return rest === 1
}

/** US Social Security Administration: no area 000, 666 or 9xx, no group 00, no serial 0000. Dashes are asked for. */
export const isSsn = (value: string): boolean => /^(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/.test(value)

/** Taxpayer numbers and older issues that are written like an SSN but lie outside of its ranges. */
export const looksLikeSsn = (value: string): boolean => /^\d{3}-\d\d-\d{4}$/.test(value)
