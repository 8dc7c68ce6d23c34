import { endOperation, workOperation, type Database } from '@plumbline/store'
import type { OperationActivities } from '@plumbline/workflows'
import { Context } from '@temporalio/activity'
import { redactor, toFailure } from './failures.ts'
import { interruptionOf } from './in-step.ts'

const heartbeatEveryMs = 1_000
const redact = redactor([])

/** One action on many jobs: all of it happens in the record, the runs are told by the workflow. */
export function createOperationActivities({ db }: { db: Database }): OperationActivities {
  return {
    workOperation: ({ operationId, limit }) => beating((signal) => workOperation(db, operationId, { limit, signal })),
    async endOperation({ operationId, outcome }) {
      await beating(() => endOperation(db, operationId, outcome))
    },
  }
}

async function beating<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const activity = Context.current()
  const beat = setInterval(() => activity.heartbeat(), heartbeatEveryMs)
  try {
    return await work(activity.cancellationSignal)
  } catch (error) {
    throw interruptionOf(activity) ?? toFailure(error, redact)
  } finally {
    clearInterval(beat)
  }
}
