import { namePhrases, readQuestion, refusalOf } from '@plumbline/analysis'
import type { Ask, AskAnswer } from '@plumbline/api'
import { isUuid, keepQuestion, lastQuestion, newId } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import type { ViewContext } from '../jobs/job-view.ts'
import { answerOf } from './answer-of.ts'
import { keptQuestion } from './kept-question.ts'
import { answerByModel } from './model/answer-by-model.ts'
import { nameableIn } from './nameable-in.ts'
import { withoutAnswer } from './without-answer.ts'

/**
 * Answers a question from the record of the asker's organization: by rules, and where they do not understand it, or where it is asked for,
 * by the language model if there is one. Reads only; what was understood is kept for the next question.
 */
export async function answerQuestion(
  { db, questionModel }: Pick<Deps, 'db' | 'questionModel'>,
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
  const caller = { db, ...asker, timezone, context }
  const modelled = await answerByModel(questionModel, caller, ask, { reading, before })
  if (modelled.kind === 'answered') {
    if (modelled.question) await keepQuestion(db, asker, id, modelled.question)
    return { ...frame, ...modelled.answer }
  }
  const byRules = { ...frame, ...(modelled.note !== undefined && { note: modelled.note }) }
  if (reading.kind !== 'question') return { ...byRules, ...withoutAnswer(reading, ask.question) }
  const { question } = reading
  const answer = await answerOf(db, asker.organizationId, question, { timezone, now, context })
  await keepQuestion(db, asker, id, question)
  return { ...byRules, ...answer, declined: false }
}
