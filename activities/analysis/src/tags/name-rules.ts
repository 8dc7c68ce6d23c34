import { canonicalName } from './canonical-name.ts'
import { piiKinds, type PiiKind } from './kinds.ts'
import { aboutBeginnings, aboutEndings, otherCards, ownEndings, people } from './lexicon/about-words.ts'
import { phrases } from './lexicon/phrases.ts'
import { listWords } from './lexicon/words.ts'
import { singular } from './tokens.ts'

export type Strength = 'certain' | 'likely'

export interface NameVerdict {
  kind: PiiKind
  strength: Strength
  /** The words of the name that say it, canonical. */
  phrase: string
  /** The word that makes the name a fact about the thing: `verified` in `email_verified`. */
  about: string | undefined
}

interface Rule {
  kind: PiiKind
  strength: Strength
  phrase: string
  words: number
  /** Where in the name it ends. */
  end: number
}

/** By their words in alphabetical order: Romance languages put them in another than English does. */
const rules: ReadonlyMap<string, readonly Rule[]> = indexRules()
const longestPhrase = Math.max(...[...rules.values()].flat().map(({ words }) => words))

function indexRules(): Map<string, Rule[]> {
  const index = new Map<string, Rule[]>()
  for (const kind of piiKinds) {
    for (const strength of ['certain', 'likely'] as const) {
      for (const phrase of phrases[kind][strength]) {
        const words = canonicalName(phrase)
        const key = keyOf(words)
        index.set(key, [
          ...(index.get(key) ?? []),
          { kind, strength, phrase: words.join(' '), words: words.length, end: 0 },
        ])
      }
    }
  }
  return index
}

/** Only `id` has a place of its own: a `card id` is no `id card`. */
function keyOf(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : words.includes('id') ? words.join(' ') : words.toSorted().join(' ')
}

/** What a name says, the last phrase first, as English puts what a thing is at the end, then the longest; one verdict a kind, several kinds can claim the same name. */
export function readName(words: readonly string[]): NameVerdict[] {
  const best = new Map<PiiKind, Rule>()
  for (let start = 0; start < words.length; start++) {
    for (let length = 1; length <= longestPhrase && start + length <= words.length; length++) {
      const window = words.slice(start, start + length)
      for (const rule of rules.get(keyOf(window)) ?? []) {
        const found = ownerOf({ ...rule, end: start + length }, words)
        const known = best.get(rule.kind)
        if (found && (!known || isStronger(found, known))) best.set(rule.kind, found)
      }
    }
  }
  return [...best.values()]
    .sort((a, b) => placeOf(b) - placeOf(a) || b.words - a.words)
    .map(({ kind, strength, phrase }) => ({ kind, strength, phrase, about: aboutWord(words, kind) }))
}

/** What is at the end is meant; a single word for where it is (`tel domicile`) says less than all others. */
const placeOf = ({ kind, words, end }: Rule): number => (kind === 'address' && words === 1 ? 0 : end)

const isStronger = (a: Rule, b: Rule): boolean =>
  a.strength === b.strength ? a.words > b.words : a.strength === 'certain'

/** Words with many meanings: only a name that is nothing else means them. */
const aloneOnly = new Set(
  listWords(
    'first last middle maiden contact manager author beneficiary payee attention assignee reporter doctor physician holder father mother long position pan cc sin user login alias driver patente',
  ),
)

/** Addresses that lead to no house. */
const technicalAddresses = new Set(
  listWords(`ip mac email web url wallet memory contract eth btc crypto bitcoin server host bus network gateway proxy node block
    remote hardware source destination target physical virtual socket bluetooth wifi listen bind`),
)

/** After these a `secret` is one; a `secret santa` is none. */
const secretEndings = new Set(listWords('secret key hash token tokens code value text id app encrypted version'))

/** Of a person when all that stands beside it is one: `student first`. */
const partsOfNames = new Set(['first', 'last', 'middle', 'maiden'])

/** A bare `name` is of a person when the word beside it is one: `customer name`; of a `file name` or `customer segment name` it is none. */
function ownerOf(rule: Rule, words: readonly string[]): Rule | undefined {
  if (rule.words > 1) return rule
  const others = words.filter((word) => word !== rule.phrase && !/^\d+$|^c$/.test(word))
  if (others.length === 0) return rule.phrase === 'address' ? { ...rule, strength: 'certain' } : rule
  if (rule.phrase === 'login' && others.every(isPerson)) return { ...rule, strength: 'certain' }
  if (partsOfNames.has(rule.phrase) && others.every(isPerson)) return { ...rule, strength: 'certain' }
  if (rule.phrase === 'address')
    return others.some((word) => technicalAddresses.has(word)) ? rule : { ...rule, strength: 'certain' }
  if (rule.phrase === 'secret' && !secretEndings.has(words.at(-1) ?? '')) return undefined
  if (rule.phrase !== 'name') return aloneOnly.has(rule.phrase) ? undefined : rule
  const at = words.indexOf('name')
  // English puts the owner in front, Romance languages behind.
  const owner = words[at - 1] ?? words[at + 1] ?? ''
  return isPerson(owner) && others.length <= 2 ? { ...rule, strength: 'certain' } : undefined
}

/** True for a word that means one person. */
export const isPerson = (word: string): boolean => people.has(singular(word))

/** The word after which a name is a fact about something, not the thing. */
function aboutWord(words: readonly string[], kind: PiiKind): string | undefined {
  const [first = '', before = '', last = ''] = [words[0], words.at(-2), words.at(-1)]
  if (words.length < 2) return undefined
  if (kind === 'credit_card') {
    const card = words[words.indexOf('card') - 1] ?? ''
    if (otherCards.has(card)) return card
  }
  const isAbout = (word: string): boolean => aboutEndings.has(word) && !ownEndings[kind]?.has(word)
  if (isAbout(last)) return last
  // A `country code` of a phone, the `template name` of an e-mail.
  if ((last === 'code' || last === 'name') && isAbout(before) && words.length > 2) return before
  if (aboutBeginnings.has(first) && !ownEndings[kind]?.has(first)) return first
  return kind !== 'dob' && (first === 'date' || first === 'type' || last === 'date') ? 'date' : undefined
}

/** True for a table that keeps one row a person, as far as its name says. */
export const isAboutPeople = (words: readonly string[]): boolean => words.some(isPerson)
