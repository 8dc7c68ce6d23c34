import { refusals, type Question, type Reading } from '@plumbline/analysis'
import type { Ask, AskAnswer } from '@plumbline/api'
import { markdownText } from '../../markdown/markdown-text.ts'
import { interpretationOf } from '../interpretation.ts'
import { withoutAnswer } from '../without-answer.ts'
import type { LookedUp, ModelCaller } from './ask-with-tools.ts'
import type { ModelEngine } from './model-engine.ts'

/** `rules`: they are to answer; with why, where the model was to. */
export type ByModel =
  | { kind: 'answered'; answer: Omit<AskAnswer, 'conversationId' | 'dataAsOf'>; question?: Question }
  | { kind: 'rules'; note?: string }

/** Asks the model where rules do not understand the question, or where it is asked for by name. What it declines is said in words of ours. */
export async function answerByModel(
  engine: ModelEngine | undefined,
  caller: ModelCaller,
  ask: Ask,
  { reading, before }: { reading: Reading; before: Question | undefined },
): Promise<ByModel> {
  const isUnderstood = reading.kind === 'question' || reading.kind === 'ambiguous'
  if (ask.engine === 'rules' || (ask.engine === undefined && isUnderstood)) return { kind: 'rules' }
  if (!engine) return ask.engine === 'model' ? leftTo('none is set up here') : { kind: 'rules' }
  const asked = { question: ask.question, before: before && interpretationOf(before, caller.timezone).text }
  const outcome = await engine.answer(caller, asked)
  const by = { engine: 'model' as const, model: engine.id }
  switch (outcome.kind) {
    case 'unusable':
      return leftTo(outcome.why)
    case 'declined': {
      const refusal = refusals[outcome.reason]
      return { kind: 'answered', answer: { ...by, ...withoutAnswer({ kind: 'refused', refusal }, ask.question) } }
    }
    case 'answered':
      return answered(by, outcome.text, outcome.results)
  }
}

const leftTo = (why: string): ByModel => ({ kind: 'rules', note: `Rules answered, not the language model: ${why}.` })

/**
 * The words letter by letter, the table of what was looked up last, the jobs that the words name first, and all that was looked up as it
 * was understood.
 */
function answered(
  by: Pick<AskAnswer, 'engine' | 'model'>,
  text: string,
  results: readonly [LookedUp, ...LookedUp[]],
): ByModel {
  const last = results.at(-1) ?? results[0]
  const named = results.flatMap(({ answer }) => answer.jobs).filter((id) => text.includes(id))
  const understood = new Set(results.map(({ answer }) => answer.interpretation.text))
  const answer = {
    ...last.answer,
    ...by,
    answer: markdownText(text),
    jobs: [...new Set([...named, ...last.answer.jobs])],
    interpretation: { ...last.answer.interpretation, text: [...understood].join('; then ') },
    declined: false,
  }
  return { kind: 'answered', answer, question: last.question }
}
