import { isValidPhoneNumber } from 'libphonenumber-js'
import { looksLikeSsn } from './number-checks.ts'
import type { ValueShape } from './value-shape.ts'

const extension = / ?(?:x|ext\.?|extension|durchwahl) ?\d{1,6}$/i
/** E.164 and how countries write their own numbers: trunk prefix 0, area in brackets, groups of ten digits, of nine, pairs. */
const written =
  /^(?:\+\d|00\d|\(?0\d|\(\+?\d{1,4}\) ?\d|(?:1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}$|\(?\d{2}\)? ?9?\d{4}-\d{4}$|\d{2,3}(?: \d\d){3,4}$|[5-9]\d\d[ .-]\d{3}[ .-]\d{3}$|1[3-9]\d{9}$|8 ?\(\d{3}\))/
const fewestDigits = 7
/** E.164 allows 15; a trunk prefix and 00 come before. */
const mostDigits = 17

/** Written as a number to dial: punctuation, a plus or a trunk prefix must show it. */
export function isPhone({ value, letters, foreign, digits }: ValueShape): boolean {
  if (foreign > 0 || letters > 9 || digits < fewestDigits || value.length > 32) return false
  const number = letters > 0 ? value.replace(extension, '') : value
  if (
    !/^[+(]?[\d\s()./–-]{7,24}$/.test(number) ||
    looksLikeSsn(value) ||
    /^\d{4}-\d\d-\d\d|^\d\d[./]\d\d[./]\d{4}/.test(value)
  )
    return false
  const dialled = letters > 0 ? number.replaceAll(/\D/g, '').length : digits
  return dialled <= mostDigits && written.test(number)
}

export const isBareNumber = (value: string): boolean => /^\d{9,13}$/.test(value)

/**
 * True when the numbering plan of its country has the first number; one without a country code belongs to no plan. The others are
 * not looked up: a numbering plan costs much more than a pattern.
 */
export const areDialled = ([first = '']: readonly string[]): boolean =>
  first.startsWith('+') && isValidPhoneNumber(first)
