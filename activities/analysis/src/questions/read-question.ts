import type { JobStatus, JobType, TriggerKind } from '@plumbline/workflows'
import { groupingWords, jobWords, statusWords, triggerWords, typeNames } from './lexicon.ts'
import { matchNames, type Nameable } from './match-names.ts'
import { thingsIn, type Named } from './named-things.ts'
import type { Question } from './question.ts'
import { mendSpelling } from './mend-spelling.ts'
import { asksOfOne, observedTopicOf, type ObservedTopic } from './observed-topic.ts'
import { readComingTime } from './read-coming-time.ts'
import { readTime, type SaidTime } from './read-time.ts'
import { refusalOf, refusals, type Refusal } from './refuse.ts'
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

/** Understands a question. Whatever it says is data: it narrows what is looked up, and does nothing else. */
export function readQuestion(typed: string, context: QuestionContext): Reading {
  const refusal = refusalOf(typed)
  if (refusal) return { kind: 'refused', refusal }
  const text = mendSpelling(typed, (word) => matchNames([word], context.things).length > 0)
  const said = saidIn(text, context)
  const named = thingsIn(said.rest, context.things)
  if ('ambiguous' in named) return { kind: 'ambiguous', ...named.ambiguous }
  const missing = missingIn(said, named)
  if (missing !== undefined && (said.isAboutJobs || context.before)) return { kind: 'unknown-name', phrase: missing }
  const parts = { ...said.parts, ...named.parts }
  const isFollowUp =
    context.before !== undefined && (followUp.test(text.trim().toLowerCase()) || said.topic === undefined)
  if (isFollowUp && context.before && Object.keys(parts).length > 0) {
    return { kind: 'question', question: continued(context.before, parts, said) }
  }
  const isOfNothing = said.topic === 'status' && !named.parts.asset && !named.parts.connection
  if (isOfNothing || (!said.isAboutJobs && Object.keys(named.parts).length === 0))
    return { kind: 'refused', refusal: refusals['out-of-scope'] }
  return { kind: 'question', question: { types: [], statuses: [], ...parts, topic: said.topic ?? 'list' } }
}

/** What stands where a name does, and nothing bears. */
function missingIn({ rest, observed }: Said, { phrases }: Named): string | undefined {
  const inPlace = phrasesInPlace(rest).find((phrase) => !phrases.some((one) => one.includes(phrase)))
  if (inPlace !== undefined || phrases.length > 0) return inPlace
  const mayBeOne = observed?.topic === 'freshness'
  return mayBeOne && asksOfOne(rest.trim().toLowerCase()) ? namePhrases(rest)[0] : undefined
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
  observed: ObservedTopic | undefined
  parts: Partial<Question>
  isAboutJobs: boolean
}

function saidIn(text: string, { now, timezone, asker, before }: QuestionContext): Said {
  const lower = text.toLowerCase().replaceAll(/[‘’]/g, "'")
  const observed = observedTopicOf(lower)
  const topic = observed?.topic ?? topicOf(lower)
  const isComing = (observed?.aspect ?? (topic === undefined ? before?.aspect : undefined)) === 'next'
  const first = (isComing ? readComingTime : readTime)(text, now, timezone)
  const second = first.time && !isComing ? readTime(first.rest, now, timezone) : undefined
  const rest = second?.time ? second.rest : first.rest
  const small = rest.toLowerCase().replaceAll(/[‘’]/g, "'")
  const types = observed && observed.topic !== 'schedules' ? [] : typesIn(small)
  const statuses = observed ? [] : statusesIn(small, topic)
  const jobId = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/.exec(small)?.[0]
  return {
    rest: jobId === undefined ? rest : rest.replace(new RegExp(jobId, 'i'), ' '),
    topic,
    observed,
    isAboutJobs:
      observed !== undefined || types.length > 0 || statuses.length > 0 || jobWords.test(small) || jobId !== undefined,
    parts: {
      ...timesOf(topic, first.time, second?.time),
      ...(types.length > 0 && { types }),
      ...(statuses.length > 0 && { statuses }),
      ...(jobId !== undefined && { jobId }),
      ...(observed ? aspectsOf(observed) : circumstancesIn(small, topic, asker)),
    },
  }
}

const aspectsOf = ({ states, aspect }: ObservedTopic): Partial<Question> => ({
  ...(states && { states }),
  ...(aspect && { aspect }),
})

/** Of jobs: who, how many, how begun, told apart by what. */
function circumstancesIn(small: string, topic: Said['topic'], asker: string): Partial<Question> {
  const trigger = triggerIn(small)
  const mine = /\b(?:my|me|mine|i)\b/.test(small.replaceAll(speaking, ''))
  const limit = /\b(?:last|latest|newest|recent|first|top)\s+(\d{1,3})\b/.exec(small)?.[1]
  const by = groupingWords.find(([pattern]) => pattern.test(small))?.[1]
  const figure = figureIn(small)
  return {
    ...(trigger && { trigger }),
    ...(mine && { actor: asker }),
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(/\b(?:unresolved|unfixed|still failing|still broken|not fixed)\b/.test(small) && { unresolved: true }),
    ...(by && (topic === 'busiest' || topic === 'count') && { by }),
    ...(topic === 'who' && {
      action: /\bcancel|abort|stopp/.test(small) ? ('cancelled' as const) : ('started' as const),
    }),
    ...(topic === 'duration' && figure && { figure }),
  }
}

/** Where whoever asks speaks of asking, and not of jobs that are theirs. */
const speaking =
  /\b(?:show|tell|give|get|list|let|fetch|find|help) me\b|\b(?:i|i'd) (?:want|would like|like|need|wonder|am looking)\b|\b(?:can|could|may|do|should|must) i\b/g

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
