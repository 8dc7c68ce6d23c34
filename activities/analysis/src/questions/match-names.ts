import type { AssetKind } from '@plumbline/workflows'
import { distance } from 'fastest-levenshtein'

/** Something that a question may name. */
export type Nameable =
  | { is: 'asset'; id: string; kind: AssetKind; name: string; connectionId: string }
  | { is: 'connection' | 'schedule'; id: string; name: string }
  | { is: 'actor'; name: string }

/** How well a phrase names it: 0 to 1, and a little more for each further word that fits. */
export interface NameMatch {
  thing: Nameable
  phrase: string
  score: number
}

/** Less is not taken for a name. */
const leastScore = 0.7
const perWord = 0.02

/**
 * What the phrases of a question name, best first: an exact name before one in other letters, in the plural, as a part, or mistyped. A
 * mistyped name differs in one letter of five; shorter ones must be spelled right.
 */
export function matchNames(phrases: readonly string[], things: readonly Nameable[]): NameMatch[] {
  const found = phrases.flatMap((phrase) =>
    things.flatMap((thing) => {
      const score = scoreOf(phrase, thing)
      return score >= leastScore ? [{ thing, phrase, score: score + perWord * phrase.split(' ').length }] : []
    }),
  )
  return found.toSorted((a, b) => b.score - a.score || b.phrase.length - a.phrase.length)
}

function scoreOf(phrase: string, thing: Nameable): number {
  const name = thing.name.toLowerCase()
  const said = phrase.toLowerCase()
  if (phrase === thing.name) return 1
  if (said === name) return 0.99
  const last = name.split('.').at(-1) ?? name
  if (said === last) return 0.97
  if (thing.is === 'asset' && name.endsWith(`.${said}`)) return 0.97
  const words = (text: string) => text.split(/[\s._-]+/).map(singular)
  const [saidWords, nameWords] = [words(said), words(last)]
  if (saidWords.join(' ') === nameWords.join(' ')) return 0.94
  if (thing.is !== 'asset' && saidWords.every((word) => nameWords.includes(word))) return 0.85
  if (said.length >= 4 && nameWords.includes(singular(said))) return 0.8
  return typoScore(said, last)
}

function typoScore(said: string, name: string): number {
  const allowed = Math.floor(Math.max(said.length, name.length) / 5)
  if (allowed === 0 || Math.abs(said.length - name.length) > allowed) return 0
  const letters = distance(said, name)
  return letters <= allowed ? 0.9 - 0.1 * letters : 0
}

const singular = (word: string): string =>
  word.length > 3
    ? word
        .replace(/ies$/, 'y')
        .replace(/(?<=s|x|z|ch|sh)es$/, '')
        .replace(/(?<!s)s$/, '')
    : word
