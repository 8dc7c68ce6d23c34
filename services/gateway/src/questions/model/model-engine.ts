import { callErrorOf, type CallFailure, type ModelSettings } from '@plumbline/models'
import { setTokensAside, settleTokens } from '@plumbline/store'
import type { FastifyBaseLogger } from 'fastify'
import {
  askWithTools,
  tokensOfACall,
  type AskedOfModel,
  type ModelCaller,
  type ModelOutcome,
} from './ask-with-tools.ts'

/** A person waits for it. */
const longestMs = 60_000
/** A server that takes no more is not asked again before so long at most. */
const longestPauseMs = 60_000
/** A usual question is a few calls; what it came to takes the place of this. */
const tokensSetAside = 5 * tokensOfACall

/** A language model that answers questions with the tools of questions, and nothing else. */
export interface ModelEngine {
  /** With its provider: `anthropic/claude-sonnet-4-5`. */
  readonly id: string
  /** Never throws for what the model or its server does: it says why its answer cannot be used. */
  answer(caller: ModelCaller, asked: AskedOfModel): Promise<ModelOutcome>
}

/** Who asked is told this; the log has what the provider said. */
const whys: Record<CallFailure, string> = {
  limited: 'it takes no more questions for now',
  transient: 'it failed, or took too long',
  rejected: 'its server rejected the question',
  refused: 'its server refuses the key, the name or the address',
}

/** The engine of one gateway: its concurrency is this gateway's own, its tokens are those of the organization on all of them. */
export function createModelEngine(
  { settings, tokensPerDay }: { settings: ModelSettings; tokensPerDay: number },
  log: Pick<FastifyBaseLogger, 'warn'>,
): ModelEngine {
  let open = 0
  let pausedUntil = 0
  const failed = (error: unknown): ModelOutcome => {
    const { failure, message, retryAfterMs = 0 } = callErrorOf(error)
    if (failure === 'limited') pausedUntil = Date.now() + Math.min(retryAfterMs, longestPauseMs)
    log.warn({ failure, reason: message }, 'the language model did not answer a question')
    return { kind: 'unusable', why: whys[failure] }
  }
  return {
    id: `${settings.provider}/${settings.model}`,
    async answer(caller, asked) {
      if (Date.now() < pausedUntil) return { kind: 'unusable', why: whys.limited }
      if (open >= settings.concurrency) return { kind: 'unusable', why: 'it is busy with other questions' }
      open++
      let used = 0
      const onTokens = (tokens: number): void => void (used += tokens)
      const signal = AbortSignal.timeout(Math.min(settings.timeoutMs, longestMs))
      try {
        const limits = { tokens: tokensSetAside, perDay: tokensPerDay }
        const aside = await setTokensAside(caller.db, caller.organizationId, limits)
        if (!aside) return { kind: 'unusable', why: 'its tokens for today are used up' }
        const outcome = await askWithTools({ settings, caller, signal, onTokens }, asked).catch(failed)
        await settleTokens(caller.db, caller.organizationId, aside, used)
        return outcome
      } finally {
        open--
      }
    },
  }
}
