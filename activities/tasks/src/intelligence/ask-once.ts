import { setTimeout as sleep } from 'node:timers/promises'
import { costMicrosOf, ModelCallError, type ModelSettings } from '@plumbline/models'
import {
  claimQuestion,
  releaseQuestion,
  keepModelAnswer,
  type Database,
  type KeptAnswer,
  type ModelQuestionKey,
  type StepLease,
} from '@plumbline/store'
import type { Budget } from './budget.ts'
import type { Model, ModelQuestion } from './model.ts'
import type { Pace } from './pace.ts'

/** How often a question is sent whose answers fail; being told to wait is no failure of it. */
const tries = 5
const limitedTries = 30
const firstPauseMs = 500
const longestPauseMs = 30_000
/** Another job asks the same: how often it is looked whether it has the answer. */
const lookAgainMs = 1_000
/** Beyond the time of a call: a worker that was killed is waited for so long by others. */
const graceMs = 15_000
/** Letters of a token, as most models count English and JSON. */
const lettersOfToken = 3.5
/** What an answer comes to, by experience: a fact gives one sentence, about as long with its JSON. */
const answerShare = 1.2

export interface Asking {
  db: Database
  lease: StepLease
  signal: AbortSignal
  model: Model
  settings: ModelSettings
  pace: Pace
  budget: Budget
}

export type Asked = { kind: 'answered'; answer: KeptAnswer } | { kind: 'over-budget' }

/**
 * The answer to a question: from the ledger where it was ever answered, else from the model, and then written to the ledger before
 * anything else is done with it. An answer that was lost with its worker is not known, and may be paid again.
 *
 * @throws ModelCallError when it could not be had
 */
export async function askOnce(asking: Asking, key: ModelQuestionKey, question: ModelQuestion): Promise<Asked> {
  const { db, lease, signal, settings } = asking
  const holdMs = settings.timeoutMs + graceMs
  for (let failed = 0, limited = 0; ;) {
    const claim = await claimQuestion(db, lease, key, holdMs)
    if (claim.kind === 'answered') return { kind: 'answered', answer: claim.answer }
    if (claim.kind === 'asked-elsewhere') {
      await sleep(lookAgainMs, undefined, { signal })
      continue
    }
    const giveBack = asking.budget.reserve(expectedOf(question, settings))
    if (!giveBack) {
      await releaseQuestion(db, lease, key, { sent: false })
      return { kind: 'over-budget' }
    }
    try {
      return { kind: 'answered', answer: await askNow(asking, key, question) }
    } catch (error) {
      await releaseQuestion(db, lease, key, { sent: true })
      if (!(error instanceof ModelCallError)) throw error
      if (error.failure === 'limited') {
        if (++limited >= limitedTries) throw error
        asking.pace.pause(error.retryAfterMs ?? pauseMs(limited))
      } else {
        if (error.failure !== 'transient' || ++failed >= tries) throw error
        await sleep(error.retryAfterMs ?? pauseMs(failed), undefined, { signal })
      }
    } finally {
      giveBack()
    }
  }
}

async function askNow(
  { db, lease, signal, model, settings, pace, budget }: Asking,
  key: ModelQuestionKey,
  question: ModelQuestion,
): Promise<KeptAnswer> {
  const answer = await pace.run(signal, () => model.ask(question, signal))
  const costMicros = costMicrosOf(settings, answer)
  const kept = await keepModelAnswer(db, key, { ...answer, costMicros, jobId: lease.jobId })
  budget.spend({ tokens: answer.inputTokens + answer.outputTokens, costMicros })
  return kept
}

/** Twice as long each time, and never the same for all. */
const pauseMs = (failures: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2)

function expectedOf({ instructions, messages }: ModelQuestion, settings: ModelSettings) {
  const letters = messages.reduce((sum, { content }) => sum + content.length, 0)
  const inputTokens = Math.ceil((instructions.length + letters) / lettersOfToken)
  const outputTokens = Math.min(settings.maxOutputTokens, Math.ceil((letters * answerShare) / lettersOfToken))
  return { tokens: inputTokens + outputTokens, costMicros: costMicrosOf(settings, { inputTokens, outputTokens }) }
}
