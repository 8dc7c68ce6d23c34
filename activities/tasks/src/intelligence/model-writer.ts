import { createHash } from 'node:crypto'
import type { Fact, WrittenText } from '@plumbline/analysis'
import { ModelCallError } from '@plumbline/models'
import { markUnusable, type ChosenSubject, type ModelQuestionKey } from '@plumbline/store'
import { checkAnswer } from './answer.ts'
import { askOnce, type Asking } from './ask-once.ts'
import { ModelError, type ModelMessage } from './model.ts'
import { instructions, promptVersion, questionOf, repairOf, type Asked } from './prompt.ts'
import type { Writer, Written } from './writer.ts'

/** Columns of one question: answers stay far below what models may write at once. */
const columnsAtOnce = 40
/** Tables in a row that the model failed at before it counts as gone. */
const failuresInARow = 4

/** Texts by a language model. Of a table that it cannot describe, a warning; where it fails at one after the other, no more is asked. */
export function modelWriter(asking: Asking, organizationId: string): Writer {
  let inARow = 0
  const { model, settings } = asking
  return {
    source: 'ai',
    model: model.id,
    promptVersion,
    concurrency: settings.concurrency,
    async write(subject, facts, fingerprint) {
      const key = { organizationId, assetId: subject.assetId, fingerprint, promptVersion, model: model.id }
      try {
        const written = await describe(asking, subject, facts, key)
        inARow = 0
        return written
      } catch (error) {
        if (!(error instanceof ModelCallError)) throw error
        inARow++
        if (error.failure === 'refused') throw new ModelError('model-refused', error.message, { cause: error })
        if (inARow >= failuresInARow) {
          const code = error.failure === 'rejected' ? 'model-refused' : 'model-unavailable'
          throw new ModelError(code, `${error.message} (${inARow} tables in a row)`, { cause: error })
        }
        return left(subject, 'model-failed', `The model could not be asked: ${error.message}`)
      }
    },
  }
}

type TableKey = Omit<ModelQuestionKey, 'round'>

async function describe(
  asking: Asking,
  subject: ChosenSubject,
  facts: readonly Fact[],
  key: TableKey,
): Promise<Written> {
  const texts: WrittenText[] = []
  for (const [index, asked] of questionsOf(subject, facts).entries()) {
    const fingerprint = index === 0 ? key.fingerprint : `${key.fingerprint}:${index}`
    const answered = await answerTo(asking, asked, { ...key, fingerprint })
    if (answered.kind === 'over-budget') return answered
    if (answered.kind === 'unusable') return left(subject, 'answer-unusable', answered.reason)
    texts.push(...answered.texts)
  }
  return { kind: 'written', texts }
}

/** The table with its first columns, then the rest of them; each with what is known of the table. */
function questionsOf({ document }: ChosenSubject, facts: readonly Fact[]): Asked[] {
  const names = document.columns.map(({ name }) => name)
  const parts = Array.from({ length: Math.max(1, Math.ceil(names.length / columnsAtOnce)) }, (_, index) =>
    names.slice(index * columnsAtOnce, (index + 1) * columnsAtOnce),
  )
  return parts.map((columns, index) => ({
    relation: index === 0,
    columns,
    facts: facts.filter(({ column }) => column === null || columns.includes(column)),
  }))
}

type Answered =
  | { kind: 'usable'; texts: WrittenText[] }
  | { kind: 'unusable'; reason: string }
  | { kind: 'over-budget' }

/** Asks, and once more with what was wrong with the answer. */
async function answerTo(asking: Asking, asked: Asked, key: TableKey): Promise<Answered> {
  let messages: ModelMessage[] = [questionOf(asked, markOf(key.fingerprint))]
  for (const round of [1, 2] as const) {
    const reply = await askOnce(asking, { ...key, round }, { instructions, messages })
    if (reply.kind === 'over-budget') return reply
    const { text, finishReason } = reply.answer
    if (finishReason === 'content-filter') return unusable(asking, { ...key, round }, 'The model refused to answer')
    const checked = checkAnswer(text, asked)
    if (checked.kind === 'usable') return checked
    const cut = finishReason === 'length' ? ['It was cut off: write less'] : []
    const problems = [...cut, ...checked.problems]
    if (round === 2) return unusable(asking, { ...key, round }, `The answer cannot be used: ${problems.join('; ')}`)
    messages = [...messages, ...repairOf(text, problems)]
  }
  throw new Error('there are two rounds')
}

async function unusable(asking: Asking, key: ModelQuestionKey, reason: string): Promise<Answered> {
  await markUnusable(asking.db, key, reason)
  return { kind: 'unusable', reason }
}

/** The same for the same facts, and by its hash not to be foreseen in one of them. */
const markOf = (fingerprint: string): string =>
  `FACTS-${createHash('sha256').update(`mark of ${fingerprint}`).digest('hex').slice(0, 24)}`

const left = ({ qualifiedName }: ChosenSubject, code: string, why: string): Written => ({
  kind: 'left',
  warning: { code, object: qualifiedName, message: `${qualifiedName} is not described. ${why}` },
})
