import { namePhrases, readQuestion, refusalOf, type Nameable, type Reading } from '@plumbline/analysis'
import type { Ask, AskAnswer } from '@plumbline/api'
import { isUuid, keepQuestion, lastQuestion, newId, type Database } from '@plumbline/store'
import type { ViewContext } from '../jobs/job-view.ts'
import { answerOf } from './answer-of.ts'
import { keptQuestion } from './kept-question.ts'
import { nameableIn } from './nameable-in.ts'
import { plain } from './plain-text.ts'

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
  const frame = { conversationId: id, dataAsOf: now.toISOString(), engine: 'rules' as const }
  const refusal = refusalOf(ask.question)
  if (refusal) return { ...frame, ...withoutAnswer({ kind: 'refused', refusal }, ask.question) }
  const before = keptQuestion(await lastQuestion(db, asker, id))
  const things = await nameableIn(db, asker.organizationId, namePhrases(ask.question))
  const { timezone } = ask
  const reading = readQuestion(ask.question, { now, timezone, asker: asker.actor, things, ...(before && { before }) })
  if (reading.kind !== 'question') return { ...frame, ...withoutAnswer(reading, ask.question) }
  const { question } = reading
  const answer = await answerOf(db, asker.organizationId, question, { timezone, now, context })
  await keepQuestion(db, asker, id, question)
  return { ...frame, ...answer, declined: false }
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
