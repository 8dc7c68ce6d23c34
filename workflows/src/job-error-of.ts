import { ActivityFailure, ApplicationFailure, TimeoutFailure, TimeoutType } from '@temporalio/common'
import { errorCodes, isErrorCode, type ErrorCode, type JobError } from './errors.ts'

/** The deepest chain of causes that is kept; more says nothing to a reader. */
const maxCauses = 8

/** The error of a job from whatever its workflow threw: Temporal's wrappers are taken off, the chain of causes is kept. */
export function jobErrorOf(thrown: unknown): JobError {
  const inner = thrown instanceof ActivityFailure ? (thrown.cause ?? thrown) : thrown
  const code = codeOf(inner)
  return {
    code,
    message: inner instanceof Error ? inner.message : String(inner),
    retryable: errorCodes[code].retryable,
    hint: errorCodes[code].hint,
    stack: inner instanceof Error ? (inner.stack ?? null) : null,
    causes: causesOf(inner),
  }
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof ApplicationFailure && error.type && isErrorCode(error.type)) return error.type
  if (error instanceof TimeoutFailure) {
    return error.timeoutType === TimeoutType.HEARTBEAT ? 'worker-lost' : 'step-timed-out'
  }
  return 'internal'
}

function causesOf(error: unknown): string[] {
  const causes: string[] = []
  let cause = error instanceof Error ? error.cause : undefined
  while (cause instanceof Error && causes.length < maxCauses) {
    causes.push(cause.message)
    cause = cause.cause
  }
  return causes
}
