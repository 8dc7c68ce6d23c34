import type { FreshnessState } from '@plumbline/workflows'
import type { ScheduleAspect, Topic } from './question.ts'

/** What is asked of what the jobs found, of schedules or of connections, and not of the jobs themselves. */
export interface ObservedTopic {
  topic: Extract<Topic, 'freshness' | 'anomalies' | 'status' | 'schedules' | 'connections'>
  states?: FreshnessState[]
  aspect?: ScheduleAspect
}

const ofJobs =
  /\b(?:jobs?|runs|ran|checks|checked|captures|captured|fail(?:s|ed|ing|ures?)?|errors?|cancelled|canceled|retr(?:y|ied|ies)|took|take|duration|queue|waiting|started)\b/
const overdue: FreshnessState[] = ['stale', 'late']
const freshWords: readonly [pattern: RegExp, states: FreshnessState[] | undefined][] = [
  [/\b(?:stale|late|outdated|overdue|out of date|too old|delayed|behind)\b/, overdue],
  [
    /\b(?:not|n't|havent|hasnt|have not|has not|never)\b.*\b(?:updated?|refreshed|loaded)\b|\bunfresh\b|\bnot (?:fresh|up to date)\b/,
    overdue,
  ],
  [
    /\bhow (?:fresh|old|up to date)\b|\bfreshness of\b|\blast (?:updated?|refresh(?:ed)?|loaded)\b|\b(?:updated|refreshed|loaded) last\b/,
    undefined,
  ],
  [/\bwhen\b.*\b(?:updated|refreshed|loaded)\b/, undefined],
  [/\b(?:fresh|up to date|current data)\b/, undefined],
]

const unusual =
  /\b(?:unusual|anomal(?:y|ies|ous)|weird|strange|odd|abnormal|unexpected|outliers?|off|spik(?:e|es|ed|ing)|drop(?:s|ped)?|jump(?:s|ed)?)\b/
const metrics = /\b(?:metrics?|values?|volumes?|row counts?|numbers|anomal(?:y|ies)|outliers?)\b/
const status =
  /\b(?:status|state|health) of\b|\bhealthy\b|\b(?:can|may|should) (?:i|we|one) (?:trust|rely on|use)\b|\b(?:trustworthy|reliable now)\b|\bhow is\b.*\bdoing\b|^is\b.*\b(?:ok|okay|alright|all right|good|broken|working)\b/

const past = /\b(?:ran|failed|was|were|did|completed|happened|cancelled|canceled|finished|took|has|have)\b/
const coming =
  /\b(?:tomorrow|upcoming|coming up|will|going to|planned|scheduled (?:for|to|next|tonight|today)|(?:whats|what's|what is|anything) (?:scheduled|due|next|planned))\b|\bin the next\b/
const next =
  /\bwhen (?:does|will|do|is|are)\b.*\b(?:next|run|start|due|happen|scheduled)\b|\bnext\b.*\b(?:discover\w*|checks?|captures?|generations?|extractions?|runs?|jobs?|analys\w+|ticks?|times?)\b/
/** Only with one of these what comes is something that runs. */
const runs =
  /\b(?:runs?|jobs?|schedul\w+|discover\w*|checks?|captures?|generations?|extractions?|due|planned|starts?|ticks?|upcoming|coming up)\b/
const schedules = /\bschedules?\b/

const scheduleAspects: readonly [fits: (text: string) => boolean, aspect: ScheduleAspect][] = [
  [
    (text) =>
      /\b(?:skip(?:s|ped)?|missed|left out|(?:did not|didnt|didn't) (?:run|start|fire))\b/.test(text) &&
      (schedules.test(text) || /\b(?:runs?|ticks?)\b/.test(text)),
    'skipped',
  ],
  [(text) => schedules.test(text) && /\b(?:paused|disabled|inactive|turned off|off|on hold)\b/.test(text), 'paused'],
  [(text) => !/\bnot\b/.test(text) && runs.test(text) && (coming.test(text) || next.test(text)), 'next'],
  [
    (text) => /\b(?:tonight|overnight)\b/.test(text) && !past.test(text) && /\b(?:runs?|what|which|due)\b/.test(text),
    'next',
  ],
  [
    (text) => /\b(?:which|what|list|show|all|how many|our|any|have)\b.*\bschedules\b/.test(text) && !ofJobs.test(text),
    'all',
  ],
]

const connections =
  /\b(?:which|what|list|show|all|how many|our|any|have)\b.*\b(?:connections|(?:connected|warehouses?|sources?|databases?)\b.*\b(?:connected|connections?|have|there))\b/

/** Such a question, or `undefined`: then it is one about jobs. @param text in small letters */
export function observedTopicOf(text: string): ObservedTopic | undefined {
  if (/\bwhy\b/.test(text)) return undefined
  const aspect = scheduleAspects.find(([fits]) => fits(text))?.[1]
  if (aspect) return { topic: 'schedules', aspect }
  if (ofJobs.test(text)) return undefined
  if (connections.test(text)) return { topic: 'connections' }
  if (unusual.test(text) && metrics.test(text)) return { topic: 'anomalies' }
  const fresh = freshWords.find(([pattern]) => pattern.test(text))
  if (fresh) {
    const [, states] = fresh
    const asksWhich = /\b(?:which|what|list|show|how many|any|all)\b.*\bfresh\b/.test(text)
    return { topic: 'freshness', ...(states ? { states } : asksWhich && { states: ['fresh'] }) }
  }
  return status.test(text) ? { topic: 'status' } : undefined
}

/** A thing is asked about by name: when nothing bears it, that has to be said instead of an answer about all. */
export const asksOfOne = (text: string): boolean =>
  /^(?:is|are|was|has|how (?:fresh|old|is)|when was|(?:what is |whats |what's )?(?:the )?(?:status|freshness|health) of|can (?:i|we))\b/.test(
    text,
  ) && !/\b(?:any|there|anything|tables|views|assets|metrics|schedules|all|everything|data)\b/.test(text)
