import type { Topic } from './question.ts'

/** What a question asks, by how it is put; the first that fits wins, so the special comes before the general. */
const patterns: readonly [pattern: RegExp, topic: Topic][] = [
  [
    /\b(?:did|has|have|was|were|is)\b.*\b(?:retry|retries|retried|retrying)\b.*\b(?:fix|fixed|help|helped|work|worked|succeed|succeeded)\b/,
    'retried',
  ],
  [
    /\b(?:fixed|resolved|solved)\b.*\bretr(?:y|ies)\b|\b(?:fixed|resolved) since\b|\bbeen (?:fixed|resolved)\b/,
    'retried',
  ],
  [/\bwhy\b.*\b(?:waiting|wait|pending|queued|stuck|not (?:yet )?(?:started|starting|running|begun))\b/, 'waiting'],
  [
    /\b(?:position|place) in the queue\b|\bwhat (?:is|are|'s) (?:waiting|queued|pending)\b|\bwhat waits\b|\bqueue\b/,
    'waiting',
  ],
  [
    /\b(?:common|frequent|main|top|usual|typical|different)\b.*\b(?:causes?|reasons?|errors?|problems?|failures?)\b/,
    'causes',
  ],
  [
    /\bwhy (?:do|are|were|have|did)\b.*\b(?:jobs|runs|discoveries|checks|captures|extractions|failures|tasks)\b|\b(?:causes|reasons)\b|\bfailures? by\b|\b(?:what|which) errors\b/,
    'causes',
  ],
  [
    /\bwhy\b|\bwhat (?:went|is|was|'s) wrong\b|\bwhat (?:caused|happened)\b|\b(?:reason|cause|error) (?:for|of|in|behind)\b|\bwhat (?:error|was the error)\b/,
    'why',
  ],
  [
    /\bcompare[ds]?\b|\bcomparison\b|\bversus\b|\bvs\b|\b(?:more|fewer|less|faster|slower|longer)\b.*\bthan\b/,
    'compare',
  ],
  [
    /\btrends?\b|\bover time\b|\bper (?:day|week|hour|month)\b|\b(?:each|every|by) (?:day|week|month)\b|\b(?:chart|graph)\b|\b(?:getting|become|becoming) (?:slower|faster|worse|better)\b/,
    'trend',
  ],
  [
    /\bbusiest\b|\b(?:most|least|fewest) (?:jobs|failures|failed|failing|errors|runs|often|cancelled|retries)\b|\b(?:fails?|failed|ran|runs?|starts?|started) (?:the )?most\b/,
    'busiest',
  ],
  [/\bwho\b/, 'who'],
  [/\b(?:slowest|longest|fastest|quickest|took the longest|take the longest)\b/, 'slowest'],
  [
    /\bhow long\b|\bdurations?\b|\bhow (?:fast|slow|quick)\b|\b(?:average|mean|median|avg|p95|typical) (?:time|run ?time)\b|\bruntime\b|\bp95\b|\bpercentile\b|\bhow much time\b|\blengths?\b/,
    'duration',
  ],
  [/\b(?:rate|ratio|percent|percentage|share)\b|\bhow (?:often|reliable|frequently)\b/, 'rate'],
  [/\bwhen (?:did|was|were|has|is)\b|\blast time\b|\bhow recently?\b/, 'last'],
  [/\bhow many\b|\bnumber of\b|\bcount\b|\btotal\b|\bhow much\b/, 'count'],
]

/** `undefined` where it is only said which jobs: they are shown. */
export const topicOf = (text: string): Topic | undefined => patterns.find(([pattern]) => pattern.test(text))?.[1]
