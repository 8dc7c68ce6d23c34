import type { JobStatus, JobType, TriggerKind } from '@plumbline/workflows'
import { groupingWords, jobWords, statusWords, triggerWords, typeNames } from './lexicon.ts'
import { matchNames, type Nameable, type NameMatch } from './match-names.ts'
import type { Question } from './question.ts'
import { readTime, type SaidTime } from './read-time.ts'
import { outOfScope, refusalOf, type Refusal } from './refuse.ts'
import { namePhrases, phrasesInPlace } from './split-words.ts'
import { topicOf } from './topic-of.ts'

/** What a question is read with. */
export interface QuestionContext {
  now: Date
  /** Of the IANA database. */
  timezone: string
  /** Whom `my` means. */
  asker: string
  /** What the phrases of the question may name. */
  things: readonly Nameable[]
  /** What was asked before, in the same conversation. */
  before?: Question
}

export type Reading =
  | { kind: 'question'; question: Question }
  | { kind: 'refused'; refusal: Refusal }
  /** More than one thing bears the name: each choice is the whole question, asked of one of them. */
  | { kind: 'ambiguous'; phrase: string; things: Nameable[] }
  /** Something is named that is not there. */
  | { kind: 'unknown-name'; phrase: string }

/** Understands a question about jobs. Whatever it says is data: it narrows what is looked up, and does nothing else. */
export function readQuestion(text: string, context: QuestionContext): Reading {
  const refusal = refusalOf(text)
  if (refusal) return { kind: 'refused', refusal }
  const said = saidIn(text, context)
  const named = thingsIn(said.rest, context.things)
  if ('ambiguous' in named) return { kind: 'ambiguous', ...named.ambiguous }
  const missing = phrasesInPlace(said.rest).find((phrase) => !named.phrases.some((one) => one.includes(phrase)))
  if (missing !== undefined && (said.isAboutJobs || context.before)) return { kind: 'unknown-name', phrase: missing }
  const parts = { ...said.parts, ...named.parts }
  const isFollowUp =
    context.before !== undefined && (followUp.test(text.trim().toLowerCase()) || said.topic === undefined)
  if (isFollowUp && context.before && Object.keys(parts).length > 0) {
    return { kind: 'question', question: continued(context.before, parts, said) }
  }
  if (!said.isAboutJobs && Object.keys(named.parts).length === 0) return { kind: 'refused', refusal: outOfScope }
  return { kind: 'question', question: { types: [], statuses: [], ...parts, topic: said.topic ?? 'list' } }
}

const followUp = /^(?:and|what about|how about|only|just|same|but|or|now|also|then|those|them|why)\b/

/** What was asked before, with what is said now instead of what was said then. */
function continued(before: Question, parts: Partial<Question>, { topic }: Said): Question {
  const { asset, connection, ...rest } = before
  const named = parts.asset ?? parts.connection
  return {
    ...rest,
    // Another asset takes the place of the one before, whichever of the two it was.
    ...(named ? {} : { ...(asset && { asset }), ...(connection && { connection }) }),
    ...parts,
    topic: topic ?? before.topic,
  }
}

interface Said {
  /** Without the times. */
  rest: string
  topic: Question['topic'] | undefined
  parts: Partial<Question>
  isAboutJobs: boolean
}

function saidIn(text: string, { now, timezone, asker }: QuestionContext): Said {
  const first = readTime(text, now, timezone)
  const second = first.time ? readTime(first.rest, now, timezone) : undefined
  const rest = second?.time ? second.rest : first.rest
  const small = rest.toLowerCase().replaceAll(/[‘’]/g, "'")
  const topic = topicOf(text.toLowerCase())
  const types = typesIn(small)
  const statuses = statusesIn(small, topic)
  const trigger = triggerIn(small)
  const jobId = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/.exec(small)?.[0]
  const mine = /\b(?:my|me|mine|i)\b/.test(
    small.replaceAll(/\b(?:show|tell|give|get|list|let|fetch|find|help) me\b/g, ''),
  )
  const limit = /\b(?:last|latest|newest|recent|first|top)\s+(\d{1,3})\b/.exec(small)?.[1]
  const by = groupingWords.find(([pattern]) => pattern.test(small))?.[1]
  const figure = figureIn(small)
  return {
    rest: jobId === undefined ? rest : rest.replace(new RegExp(jobId, 'i'), ' '),
    topic,
    isAboutJobs: types.length > 0 || statuses.length > 0 || jobWords.test(small) || jobId !== undefined,
    parts: {
      ...timesOf(topic, first.time, second?.time),
      ...(types.length > 0 && { types }),
      ...(statuses.length > 0 && { statuses }),
      ...(trigger && { trigger }),
      ...(mine && { actor: asker }),
      ...(jobId !== undefined && { jobId }),
      ...(limit !== undefined && { limit: Number(limit) }),
      ...(/\b(?:unresolved|unfixed|still failing|still broken|not fixed)\b/.test(small) && { unresolved: true }),
      ...(by && (topic === 'busiest' || topic === 'count') && { by }),
      ...(topic === 'who' && {
        action: /\bcancel|abort|stopp/.test(small) ? ('cancelled' as const) : ('started' as const),
      }),
      ...(topic === 'duration' && figure && { figure }),
    },
  }
}

/** The later of two times is what is asked about, the earlier what it is compared with. */
function timesOf(topic: Said['topic'], one: SaidTime | undefined, other: SaidTime | undefined): Partial<Question> {
  if (!one) return {}
  if (topic !== 'compare' || !other) return { time: one }
  return one.from >= other.from ? { time: one, before: other } : { time: other, before: one }
}

const holds = (text: string, words: string): boolean => new RegExp(`\\b${words}s?\\b`).test(text)

function typesIn(text: string): JobType[] {
  let rest = text
  const found = new Set<JobType>()
  for (const [words, type] of typeNames) {
    if (!holds(rest, words)) continue
    found.add(type)
    rest = rest.replace(new RegExp(`\\b${words}s?\\b`), ' ')
  }
  return [...found]
}

/** Who asks for a rate, or why something waits, names a status but means all. */
function statusesIn(text: string, topic: Said['topic']): JobStatus[] {
  if (topic === 'rate') return []
  if (topic === 'causes' || topic === 'why') return ['failed']
  if (topic === 'waiting') return ['pending']
  const negated = text.replaceAll(/\bnot (?:yet )?(?:completed|finished|done)\b/g, 'unfinished')
  const found = new Set<JobStatus>()
  for (const [word, statuses] of statusWords) {
    if (new RegExp(`\\b${word}\\b`).test(negated)) for (const status of statuses) found.add(status)
  }
  return [...found]
}

const triggerIn = (text: string): TriggerKind | undefined =>
  triggerWords.find(([word]) => new RegExp(`\\b${word}\\b`).test(text))?.[1]

function figureIn(text: string): Question['figure'] {
  if (/\b(?:average|mean|avg)\b/.test(text)) return 'average'
  if (/\bp95|95th|percentile\b/.test(text)) return 'p95'
  return /\bmedian\b/.test(text) ? 'median' : undefined
}

interface Named {
  parts: Partial<Question>
  /** What of the text is names. */
  phrases: string[]
}

/** Of each kind of thing the best; two as good ones of which neither holds the other are a choice. */
function thingsIn(
  text: string,
  things: readonly Nameable[],
): Named | { ambiguous: { phrase: string; things: Nameable[] } } {
  const matches = matchNames(namePhrases(text), things)
  const parts: Partial<Question> = {}
  const phrases: string[] = []
  const places = matches.filter(({ thing }) => thing.is === 'asset' || thing.is === 'connection')
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
