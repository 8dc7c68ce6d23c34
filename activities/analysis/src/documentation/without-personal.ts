const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const iban = /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b/g
/** Telephone, card, account and identity numbers: seven digits and more, in groups or not. */
const number = /(?<![\p{L}\p{N}])\+?\d(?:[ ()./-]{0,2}\d){6,}(?![\p{L}\p{N}])/gu
const isoDate = /^\d{4}-\d{2}-\d{2}$/

/** A text of the database without what could be a person's: addresses of mail, and long numbers, in comments and the like. */
export const withoutPersonal = (text: string): string =>
  text
    .replaceAll(email, '[email]')
    .replaceAll(iban, '[number]')
    .replaceAll(number, (found) => (isoDate.test(found) ? found : '[number]'))
