import { matchNames, type Nameable, type NameMatch } from './match-names.ts'
import type { Question } from './question.ts'
import { namePhrases } from './split-words.ts'

/** What a text names. */
export interface Named {
  parts: Partial<Question>
  /** What of the text is names. */
  phrases: string[]
}

/** Of each kind of thing the best; two as good ones of which neither holds the other are a choice. */
export function thingsIn(
  text: string,
  things: readonly Nameable[],
): Named | { ambiguous: { phrase: string; things: Nameable[] } } {
  const matches = matchNames(namePhrases(text), things)
  const parts: Partial<Question> = {}
  const phrases: string[] = []
  const places = matches.filter(isPlace)
  const [bestPlace] = places
  for (const is of ['schedule', 'actor'] as const) {
    const match = matches.find(({ thing }) => thing.is === is)
    if (!match || (bestPlace && share(match, bestPlace) && match.score < bestPlace.score)) continue
    phrases.push(match.phrase)
    if (match.thing.is === 'actor') parts.actor = match.thing.name
    else parts.schedule = { id: idOf(match.thing), name: match.thing.name }
  }
  const place = placeIn(text, places)
  if (place === undefined || phrases.includes(place[0]?.phrase ?? '')) return { parts, phrases }
  const [first, ...others] = place
  if (first && others.length > 0) {
    return { ambiguous: { phrase: first.phrase, things: place.map(({ thing }) => thing) } }
  }
  if (first) {
    phrases.push(first.phrase)
    if (first.thing.is === 'connection') parts.connection = { id: first.thing.id, name: first.thing.name }
    if (first.thing.is === 'asset') parts.asset = { id: first.thing.id, kind: first.thing.kind, name: first.thing.name }
  }
  return { parts, phrases }
}

const isPlace = ({ thing }: NameMatch): boolean => thing.is === 'asset' || thing.is === 'connection'

/** Two matches are made of some of the same words. */
const share = (one: NameMatch, other: NameMatch): boolean => {
  const words = new Set(one.phrase.split(' '))
  return other.phrase.split(' ').some((word) => words.has(word))
}

const idOf = (thing: Nameable): string => ('id' in thing ? thing.id : '')

/** The places that are named best: of the kind that is said (`the orders table`), else the widest of them. */
function placeIn(text: string, matches: readonly NameMatch[]): NameMatch[] | undefined {
  const [first] = matches
  if (!first) return undefined
  const top = matches.filter(({ score }) => score >= first.score - 0.02)
  const small = text.toLowerCase()
  const kinds = kindWords.filter(([words]) =>
    words.some(
      (word) =>
        small.includes(`${first.phrase.toLowerCase()} ${word}`) ||
        small.includes(`${word} ${first.phrase.toLowerCase()}`),
    ),
  )
  const ofKind = top.filter(({ thing }) => kinds.some(([, fits]) => fits(thing)))
  const wanted = ofKind.length > 0 ? ofKind : top
  return distinct(wanted.filter(({ phrase }) => phrase === (wanted[0]?.phrase ?? '')))
}

const kindWords: readonly [words: readonly string[], fits: (thing: Nameable) => boolean][] = [
  [['database', 'db'], (thing) => thing.is === 'connection' || (thing.is === 'asset' && thing.kind === 'database')],
  [['connection', 'source', 'warehouse'], (thing) => thing.is === 'connection'],
  [['schema'], (thing) => thing.is === 'asset' && thing.kind === 'schema'],
  [['table'], (thing) => thing.is === 'asset' && (thing.kind === 'table' || thing.kind === 'external_table')],
  [['view'], (thing) => thing.is === 'asset' && (thing.kind === 'view' || thing.kind === 'materialized_view')],
]

/** Once each: a connection stands for its database, and what holds others of the name for them. */
function distinct(matches: readonly NameMatch[]): NameMatch[] {
  const once = [...new Map(matches.map((match) => [idOf(match.thing), match])).values()]
  const isWithin = ({ thing }: NameMatch) =>
    thing.is === 'asset' &&
    once.some(({ thing: other }) =>
      other.is === 'connection'
        ? other.id === thing.connectionId
        : other.is === 'asset' && thing.name.toLowerCase().startsWith(`${other.name.toLowerCase()}.`),
    )
  return once.filter((match) => !isWithin(match))
}

/** Assets and connections that bear a name: one, several that bear it alike, or none. */
export const placesNamed = (name: string, things: readonly Nameable[]): Nameable[] =>
  (placeIn(name, matchNames([name], things).filter(isPlace)) ?? []).map(({ thing }) => thing)
