import type { Ask, AskAnswer } from '@plumbline/api'
import { namePhrases, readQuestion, type Nameable, type Question, type Reading, type Topic } from '@plumbline/analysis'
import { isUuid, keepQuestion, lastQuestion, nameableThings, newId, type Database } from '@plumbline/store'
import type { ViewContext } from '../jobs/job-view.ts'
import type { Answer, Asked } from './answer.ts'
import { causesAnswer, retriedAnswer, whyAnswer } from './failure-answers.ts'
import { busiestAnswer, compareAnswer, durationAnswer, rateAnswer, trendAnswer, whoAnswer } from './figure-answers.ts'
import { keptQuestion } from './kept-question.ts'
import { countAnswer, lastAnswer, listAnswer, slowestAnswer } from './list-answers.ts'
import { plain } from './plain-text.ts'
import { filterOf, queryOf, timeText, wordsOf } from './question-scope.ts'
import { waitingAnswer } from './waiting-answer.ts'

const answers: Record<Topic, (asked: Asked, context: ViewContext) => Promise<Answer>> = {
  list: listAnswer,
  count: countAnswer,
  duration: durationAnswer,
  slowest: slowestAnswer,
  rate: rateAnswer,
  causes: causesAnswer,
  why: whyAnswer,
  waiting: waitingAnswer,
  compare: compareAnswer,
  trend: trendAnswer,
  busiest: busiestAnswer,
  who: whoAnswer,
  last: lastAnswer,
  retried: retriedAnswer,
}

const examples = [
  'Why did my last job fail?',
  'What jobs ran this week?',
  'How long does schema discovery usually take?',
  'What are the most common errors?',
]

/** Answers a question from the record of the asker's organization. Reads only; what was understood is kept for the next question. */
export async function answerQuestion(
  db: Database,
  asker: { organizationId: string; actor: string },
  ask: Ask,
  context: ViewContext,
): Promise<AskAnswer> {
  const now = new Date()
  const id = ask.conversationId !== undefined && isUuid(ask.conversationId) ? ask.conversationId : newId()
  const before = keptQuestion(await lastQuestion(db, asker, id))
  const things = await nameableIn(db, asker.organizationId, ask.question)
  const { timezone } = ask
  const reading = readQuestion(ask.question, { now, timezone, asker: asker.actor, things, ...(before && { before }) })
  const frame = { conversationId: id, dataAsOf: now.toISOString(), engine: 'rules' as const }
  if (reading.kind !== 'question') return { ...frame, ...withoutAnswer(reading, ask.question) }
  const { question } = reading
  const asked: Asked = {
    db,
    organizationId: asker.organizationId,
    question,
    filter: filterOf(question),
    words: wordsOf(question),
    timezone,
    now,
  }
  const { suggestions = [], ...answer } = await answers[question.topic](asked, context)
  await keepQuestion(db, asker, id, question)
  return { ...frame, ...answer, suggestions, interpretation: interpretationOf(question, timezone), declined: false }
}

async function nameableIn(db: Database, organizationId: string, text: string): Promise<Nameable[]> {
  const found = await nameableThings(db, organizationId, namePhrases(text))
  return [
    ...found.assets.map((asset) => ({ is: 'asset' as const, ...asset })),
    ...found.connections.map((one) => ({ is: 'connection' as const, ...one })),
    ...found.schedules.map((one) => ({ is: 'schedule' as const, ...one })),
    ...found.actors.map((name) => ({ is: 'actor' as const, name })),
  ]
}

function interpretationOf(question: Question, timezone: string): AskAnswer['interpretation'] {
  const query = queryOf(question)
  const topic = topicTexts[question.topic]
  return {
    text: `${topic}: ${wordsOf(question)}${timeText(question, timezone)}`,
    query: `GET /api/v1/jobs${query === '' ? '' : `?${query}`}`,
    link: `/jobs${query === '' ? '' : `?${query}`}`,
  }
}

const topicTexts: Record<Topic, string> = {
  list: 'Which',
  count: 'How many',
  duration: 'How long they took',
  slowest: 'The slowest',
  rate: 'Which share completed and failed',
  causes: 'The errors they have in common',
  why: 'Why the newest failed',
  waiting: 'What waits, and why',
  compare: 'Two times beside each other',
  trend: 'Over time',
  busiest: 'Where there are most',
  who: 'Who',
  last: 'When the newest was',
  retried: 'Whether a retry fixed the newest',
}

/** What is said instead of an answer, and what to ask instead. */
function withoutAnswer(
  reading: Exclude<Reading, { kind: 'question' }>,
  text: string,
): Pick<AskAnswer, 'answer' | 'jobs' | 'interpretation' | 'choices' | 'suggestions' | 'declined'> {
  const interpretation = { text: 'Nothing was looked up', query: 'GET /api/v1/jobs', link: '/jobs' }
  switch (reading.kind) {
    case 'refused':
      return { answer: reading.refusal.message, jobs: [], interpretation, suggestions: examples, declined: true }
    case 'unknown-name':
      return {
        answer: `Nothing is called **${plain(reading.phrase)}**: no asset, connection, schedule or person that has jobs. Check the spelling, or look for it on the page Assets.`,
        jobs: [],
        interpretation,
        suggestions: examples,
        declined: false,
      }
    case 'ambiguous': {
      const choices = reading.things.map((thing) => text.replace(reading.phrase, () => fullName(thing)))
      return {
        answer: `**${plain(reading.phrase)}** may be one of ${reading.things.length.toString()}. Which is meant?`,
        jobs: [],
        interpretation,
        choices,
        suggestions: choices,
        declined: false,
      }
    }
  }
}

const fullName = ({ name }: Nameable): string => (/\s/.test(name) ? `"${name}"` : name)
