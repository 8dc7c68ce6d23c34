import { aboutEndings, people } from './lexicon/about-words.ts'
import { abbreviations } from './lexicon/abbreviations.ts'
import { phrases } from './lexicon/phrases.ts'
import { northernAndEastern } from './lexicon/northern-and-eastern.ts'
import { joiningWords, translations, wholeNames } from './lexicon/translations.ts'
import { singular, tokensOf } from './tokens.ts'

/** Words of two and three letters that compounds are made of; other short words would be found everywhere. */
const shortParts = [
  'no',
  'nr',
  'id',
  'nm',
  'ip',
  'tel',
  'dob',
  'ssn',
  'zip',
  'fax',
  'emp',
  'usr',
  'pan',
  'pin',
  'otp',
  'num',
  'geo',
  'gps',
  'sms',
]
const shortestPart = 4
/** German and Dutch put these between the parts of a compound. */
const links = ['', 's', 'n', 'en', 'e']

const words = Object.values(phrases).flatMap(({ certain, likely }) =>
  [...certain, ...likely].flatMap((phrase) => phrase.split(' ')),
)

const meanings = new Map([...northernAndEastern, ...translations, ...abbreviations])
const vocabulary = new Set([...meanings.keys(), ...words, ...people, ...aboutEndings])
const parts = new Set([
  ...[...vocabulary].filter((word) => word.length >= shortestPart),
  ...shortParts,
  'first',
  'last',
])

/** The words of a name, in English and written out: `custFName`, `Kundenvorname` and `customer_first_name` are the same. */
export function canonicalName(name: string): string[] {
  const whole = wholeNames.get(name.toLowerCase())
  if (whole) return [...whole]
  const canonical: string[] = []
  for (const token of joined(withoutType(tokensOf(name)))) {
    for (const part of partsOf(token)) canonical.push(...meaningOf(part))
  }
  return canonical.length > 1 ? canonical.filter((word) => !joiningWords.has(word)) : canonical
}

/** What a column is stored as, in front of its name (`txtEmail`, `vchSurname`), says nothing of what it means. */
const typePrefixes = new Set(['txt', 'str', 'vch', 'chr', 'nvc', 'int', 'dec', 'lng', 'dbl', 'bln', 'fld'])

const withoutType = (tokens: string[]): string[] =>
  tokens.length > 1 && typePrefixes.has(tokens[0] ?? '') ? tokens.slice(1) : tokens

/** Two words that are one, of which one means nothing alone: `vor_name`. */
function joined(tokens: readonly string[]): string[] {
  const result: string[] = []
  for (let index = 0; index < tokens.length; index++) {
    const [token = '', next = ''] = tokens.slice(index, index + 2)
    const isOne = next !== '' && vocabulary.has(token + next) && !(vocabulary.has(token) && vocabulary.has(next))
    result.push(isOne ? token + next : token)
    if (isOne) index++
  }
  return result
}

const meaningOf = (word: string): readonly string[] => meanings.get(word) ?? [word]

function partsOf(token: string): readonly string[] {
  if (vocabulary.has(token)) return [token]
  const single = singular(token)
  if (vocabulary.has(single)) return [single]
  const respelled = spellings(token)
  const known = respelled.find((one) => vocabulary.has(one))
  if (known !== undefined) return [known]
  const [, letters, digits] = /^([a-z]{2,})(\d+)$/.exec(token) ?? []
  if (letters !== undefined && digits !== undefined) return partsOf(letters)
  for (const one of [token, ...respelled]) {
    const cutUp = cut(one)
    if (cutUp) return cutUp
  }
  return [token]
}

/** Umlauts written out (`ae`), and long vowels of Japanese (`ou`, `uu`): the vocabulary has them short. */
function spellings(token: string): string[] {
  const short = token.replaceAll(/([aou])e/g, '$1')
  const romaji = token.length < shortestRomaji ? token : token.replaceAll(/([aiueo])\1/g, '$1').replaceAll('ou', 'o')
  return [short, romaji].filter((one) => one !== token)
}

const shortestRomaji = 5
const shortestCompound = 6
const longestCompound = 40

/** A word that is made of known words only, into the fewest of them; undefined when it is not. */
function cut(token: string): readonly string[] | undefined {
  if (token.length < shortestCompound || token.length > longestCompound) return undefined
  const best: (readonly string[] | undefined)[] = [[]]
  for (let end = 2; end <= token.length; end++) {
    for (let start = 0; start <= end - 2; start++) {
      const before = best[start]
      const part = before && partIn(token.slice(start, end), end < token.length)
      if (!before || part === undefined) continue
      const found = best[end]
      if (!found || found.length > before.length + 1) best[end] = [...before, part]
    }
  }
  return best[token.length]
}

function partIn(text: string, mayLink: boolean): string | undefined {
  if (parts.has(text)) return text
  if (!mayLink) return parts.has(singular(text)) ? singular(text) : undefined
  for (const link of links) {
    const word = text.slice(0, text.length - link.length)
    if (link !== '' && word.length >= shortestPart && text.endsWith(link) && parts.has(word)) return word
  }
  return undefined
}
