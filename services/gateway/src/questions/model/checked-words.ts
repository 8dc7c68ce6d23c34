import type { Source } from './told-result.ts'

/** More is no answer to a question. */
const longest = 3_000
const markup = /https?:|www\.|javascript:|<\/?[a-z!]|\]\(/i

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'
/** What says how many without being a figure that could be looked up. */
const reckoned =
  'couple dozen dozens hundred hundreds thousand thousands million millions half halves twice double doubled triple tripled threefold'
/** Words that are figures, as digits where they are one; `one` is seldom meant as one. */
const numberWords = new Map<string, string>([
  ...small.split(' ').map((word, value): [string, string] => [word, String(value)]),
  ...tens.split(' ').map((word, index): [string, string] => [word, String(10 * (index + 2))]),
  ...reckoned.split(' ').map((word): [string, string] => [word, word]),
])
numberWords.delete('one')

/** What measures are called, not what they came to. */
const measures = new Set(['p50', 'p95', '95th'])
const stretches = /\b(?:last|past|next|previous) \d{1,4} (?:minutes?|hours?|days?|weeks?|months?|years?)\b/gi

/**
 * Why a text that a language model wrote cannot be sent; `undefined` when it can. Every figure and id in it must stand in what its tools
 * returned, letter by letter: a figure that was reckoned, rounded or made up is none of them, nor is a number out of a text that others
 * wrote, unless the text is quoted word for word. A stretch of time that the question itself names may be said again.
 *
 * @param sources what the tools returned
 */
export function faultIn(text: string, question: string, sources: readonly Source[]): string | undefined {
  if (text.trim() === '') return 'it says nothing'
  if (text.length > longest) return 'it is too long'
  if (markup.test(text)) return 'it holds a link or markup'
  const known = figuresOf(sources)
  const theirs = sources.flatMap((source) => source.theirs)
  const asked = new Set([...question.matchAll(stretches)].map(([words]) => words.toLowerCase()))
  const told = text
    .replaceAll(/"([^"]{1,500})"|“([^”]{1,500})”/g, (all: string, one = '', other = '') =>
      theirs.some((said) => said.includes(`${one}${other}`)) ? ' ' : all,
    )
    .replaceAll(stretches, (words) => (asked.has(words.toLowerCase()) ? ' ' : words))
  return figuresIn(told).every((figure) => known.has(figure))
    ? undefined
    : 'it has a figure or an id that no result of a tool has'
}

/** Of our texts all figures; of what others wrote only names and ids, and no figure that is in ours by such a name alone. */
function figuresOf(sources: readonly Source[]): ReadonlySet<string> {
  const theirs = [...new Set(sources.flatMap((source) => source.theirs))]
  const withFigures = theirs.filter((said) => /\p{N}/u.test(said)).toSorted((a, b) => b.length - a.length)
  const ours = sources.flatMap((source) => source.ours)
  const without = withFigures.reduce(
    (texts, said) => texts.map((text) => text.replaceAll(wholly(said), ' ')),
    ours.filter((text) => /\p{N}/u.test(text)),
  )
  return new Set([
    ...without.flatMap(figuresIn),
    ...theirs
      .flatMap(figuresIn)
      .flatMap((name) => [name, ...name.split('.')])
      .filter((name) => /\p{L}/u.test(name) && /\p{N}/u.test(name)),
  ])
}

const wholly = (said: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}_.,])${RegExp.escape(said)}(?![\p{L}\p{N}_]|[.,]\p{N})`, 'gu')

/** Each word with a digit, and each number word, as it is compared: without separators of thousands and what ends a sentence. */
function figuresIn(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_](?:[\p{L}\p{N}_.,:%-]*[\p{L}\p{N}_%])?/gu) ?? []
  return words.flatMap((word) => {
    if (measures.has(word)) return []
    if (/\p{N}/u.test(word)) return [word.replaceAll(/(?<=\d),(?=\d{3})/g, '').replace(/%$/, '')]
    return word.split('-').flatMap((part) => numberWords.get(part) ?? [])
  })
}
