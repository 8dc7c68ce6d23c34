import { plainWords, statusWords, triggerWords, typeNames } from './lexicon.ts'

/** At most so many words make a name. */
const longestName = 4

/** The words of a question as it spells them; a quoted phrase is one word. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]+)"|'([^']{2,})'|`([^`]+)`|([\p{L}\p{N}_][\p{L}\p{N}_.@-]*)/gu)].map(
    ([, double, single, ticks, word = '']) => double ?? single ?? ticks ?? word.replace(/[.-]+$/, ''),
  )
}

const known = new Set([
  ...typeNames.flatMap(([words]) => words.split(' ')),
  ...statusWords.flatMap(([words]) => words.split(' ')),
  ...triggerWords.map(([word]) => word),
])

/** The phrases of a question that may be names: runs of words that mean nothing else, whole and in parts, longest first. */
export function namePhrases(text: string): string[] {
  const quoted = new Set([...text.matchAll(/"([^"]+)"|`([^`]+)`/g)].map(([, double, ticks]) => double ?? ticks))
  const phrases: string[] = [...quoted].filter((phrase) => phrase !== undefined)
  let run: string[] = []
  const close = () => {
    for (let length = Math.min(run.length, longestName); length > 0; length -= 1) {
      for (let from = 0; from + length <= run.length; from += 1) phrases.push(run.slice(from, from + length).join(' '))
    }
    run = []
  }
  for (const word of wordsOf(text)) {
    if (isPlain(word)) close()
    else run.push(word)
  }
  close()
  return [...new Set(phrases)]
}

const isPlain = (word: string): boolean => {
  const small = word.toLowerCase()
  return plainWords.has(small) || known.has(small) || /^\d+$/.test(small)
}

/** Phrases that stand where a name does, as after `for`; when nothing bears such a name, that has to be said. */
export function phrasesInPlace(text: string): string[] {
  const places =
    /\b(?:for|on|of|in|from|to|about|called|named|by)\s+(?:the\s+|my\s+|our\s+)?("[^"]+"|`[^`]+`|[\p{L}_][\p{L}\p{N}_.@-]*)/giu
  return [...text.matchAll(places)]
    .map(([, word = '']) => word.replaceAll(/^["`]|["`]$/g, '').replace(/[.-]+$/, ''))
    .filter((word) => !isPlain(word))
}
