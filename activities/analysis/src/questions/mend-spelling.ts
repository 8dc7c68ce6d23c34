import { distance } from 'fastest-levenshtein'
import { plainWords, statusWords, triggerWords, typeNames } from './lexicon.ts'

/** Shorter words must be spelled right: too much is one letter away from them. */
const shortest = 5
/** One letter of so many may be wrong. */
const lettersPerTypo = 5

const known = [
  ...new Set([
    ...typeNames.flatMap(([words]) => words.split(' ')),
    ...statusWords.flatMap(([words]) => words.split(' ')),
    ...triggerWords.map(([word]) => word),
    ...plainWords,
    'yesterday',
    'tonight',
    'tomorrow',
    'weekend',
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday',
    'sunday',
  ]),
]
const isKnown = new Set(known)
const mendable = known.filter((word) => word.length >= shortest)
const afterHow = ['many', 'long', 'often', 'much', 'fast', 'slow', 'is', 'old']

/**
 * The question with the mistyped words that it is understood by spelled right; what may be a name stays as it is, and so does what
 * stands in quotes.
 */
export function mendSpelling(text: string, isName: (word: string) => boolean): string {
  return text
    .replaceAll(/"[^"]*"|`[^`]*`|\p{L}+(?:['’.@_-][\p{L}\p{N}.@_-]+)?/gu, (word) => mended(word, isName))
    .replaceAll(/\b(how )(\p{L}{2,5})\b/giu, (all, how: string, word: string) =>
      isKnown.has(word.toLowerCase()) ? all : how + (nearest(word.toLowerCase(), afterHow, 1) ?? word),
    )
}

function mended(word: string, isName: (word: string) => boolean): string {
  const small = word.toLowerCase()
  if (small.length < shortest || !/^\p{L}+$/u.test(small) || isKnown.has(small) || isName(word)) return word
  // A plural of what is known is no mistake.
  if (small.endsWith('s') && isKnown.has(small.slice(0, -1))) return word
  return nearest(small, mendable, Math.floor(small.length / lettersPerTypo)) ?? word
}

function nearest(word: string, among: readonly string[], most: number): string | undefined {
  let best: string | undefined
  let letters = most + 1
  for (const one of among) {
    if (Math.abs(one.length - word.length) >= letters) continue
    const apart = distance(word, one)
    if (apart < letters) [best, letters] = [one, apart]
  }
  return best
}
