import type { Info } from '@temporalio/activity'
import type { ApplicationFailure } from '@temporalio/common'
import { msToNumber } from '@temporalio/common/lib/time.js'

export interface NextAttempt {
  at: Date
  /** `trying again in 8 s (attempt 2 of 5)` */
  text: string
}

/** Temporal's own, where a policy leaves them out. */
const defaults = { initialInterval: 1_000, backoffCoefficient: 2, intervalsAtMost: 100 } as const

/**
 * When Temporal tries an attempt again that failed now: by the policy it was scheduled with, whose interval grows with each
 * attempt up to its maximum, or by the fewer `tries` that the activity gives itself. Undefined when it does not.
 */
export function nextAttempt(
  { attempt, retryPolicy }: Pick<Info, 'attempt' | 'retryPolicy'>,
  failure: ApplicationFailure,
  tries = Infinity,
  now = Date.now(),
): NextAttempt | undefined {
  if (!retryPolicy || failure.nonRetryable) return undefined
  if (failure.type && retryPolicy.nonRetryableErrorTypes?.includes(failure.type)) return undefined
  const last = Math.min(tries, retryPolicy.maximumAttempts || Infinity)
  if (attempt >= last) return undefined
  const { initialInterval = defaults.initialInterval, backoffCoefficient = defaults.backoffCoefficient } = retryPolicy
  const initialMs = msToNumber(initialInterval)
  const maximumMs = msToNumber(retryPolicy.maximumInterval ?? initialMs * defaults.intervalsAtMost)
  const delayMs = Math.min(initialMs * backoffCoefficient ** (attempt - 1), maximumMs)
  const count = `attempt ${attempt + 1}${Number.isFinite(last) ? ` of ${last}` : ''}`
  return { at: new Date(now + delayMs), text: `trying again in ${Math.round(delayMs / 100) / 10} s (${count})` }
}
