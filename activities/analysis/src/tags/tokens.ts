/**
 * The words of a name: `creditCardNo`, `credit_card_no` and `CREDIT-CARD-NO` are `credit card no`; accents are taken off.
 * Digits are a word of their own only where they stand apart.
 */
export function tokensOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[łŁøØıđĐ]/g, (letter) => withoutStroke[letter] ?? letter)
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '')
}

/** Letters with strokes, and one without a dot, which have no accent to be taken off. */
const withoutStroke: Readonly<Record<string, string>> = { ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', ı: 'i', đ: 'd', Đ: 'D' }

/** True when the words of a phrase stand in a row in the name, or were written as one word in it. */
export function hasPhrase(tokens: readonly string[], phrase: string): boolean {
  return ` ${tokens.join(' ')} `.includes(` ${phrase} `) || tokens.includes(phrase.replaceAll(' ', ''))
}

/** English plurals only: tables are often called by them. */
export const singular = (token: string): string =>
  token
    .replace(/ies$/, 'y')
    .replace(/(s|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1')
