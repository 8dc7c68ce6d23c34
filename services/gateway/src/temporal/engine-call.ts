import { isGrpcServiceError, WorkflowNotFoundError, type Connection } from '@temporalio/client'
import { NamespaceNotFoundError } from '@temporalio/common'

/** How long one call may take. */
export const callMs = 5_000

/** Calls Temporal with a deadline, five seconds unless told; throws EngineUnreachable when there was no answer. */
export type EngineCall = <T>(work: () => Promise<T>, deadlineMs?: number) => Promise<T>

/** Temporal gave no answer: what was asked may or may not have been done. */
export class EngineUnreachable extends Error {
  override readonly name = 'EngineUnreachable'
}

export function createEngineCall(connection: Connection): { call: EngineCall; settled: () => Promise<void> } {
  const underWay = new Set<Promise<unknown>>()
  return {
    async call(work, deadlineMs = callMs) {
      const answer = connection.withDeadline(Date.now() + deadlineMs, work)
      underWay.add(answer)
      try {
        return await answer
      } catch (error) {
        if (isUnreachable(error)) throw new EngineUnreachable('Temporal did not answer', { cause: error })
        throw error
      } finally {
        underWay.delete(answer)
      }
    },

    /** Whether answered or not: the client tries again by timers, and one that finds its channel closed ends the process. */
    settled: async () => {
      await Promise.allSettled(underWay)
    },
  }
}

/** Undefined when Temporal does not know the run. */
export async function ifRunThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}

/** gRPC cancelled, deadline exceeded, permission denied, resource exhausted, unavailable, unauthenticated. */
const unreachableCodes = new Set([1, 4, 7, 8, 14, 16])
/** What a server says that is not set up yet: a fresh one, or one that starts. */
const notSetUp = /namespace .*not found|no mapping defined for search attribute/i

/** No answer that says anything about the job. */
function isUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NamespaceNotFoundError || notSetUp.test(cause.message)) return true
    if (isGrpcServiceError(cause)) return unreachableCodes.has(cause.code)
    if (/Failed to connect|before the deadline/i.test(cause.message)) return true
  }
  return false
}
