import {
  CancellationScope,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import { jobErrorOf } from '../job-error-of.ts'
import { operationEnd, operations } from '../proxies.ts'
import { slotGrantedSignal, workflowIdOf } from '../workflow-id.ts'
import type { OperationPage, OperationRef } from '../ports.ts'

/** With a page a second: the most jobs that are acted on in a second, so that neither record nor Temporal feels it. */
const jobsPerPage = 50
const pageEveryMs = 1_000
/** About a hundred events each: far below the limit of a history. */
const pagesPerRun = 50

/**
 * Acts on many jobs, page by page. Where it stands is in the record: a run that is lost is started again and goes on there. A
 * cancel is seen at the next page, or at once where the run itself is cancelled.
 */
export async function bulkOperation({ operationId }: OperationRef): Promise<void> {
  if (await worked(operationId)) return
  await continueAsNew<typeof bulkOperation>({ operationId })
}

/** @returns whether the operation is over */
async function worked(operationId: string): Promise<boolean> {
  try {
    for (let pages = 0; pages < pagesPerRun && !workflowInfo().continueAsNewSuggested; pages += 1) {
      const began = Date.now()
      const page = await operations.workOperation({ operationId, limit: jobsPerPage })
      await tellRuns(page)
      if (page.ended) return true
      await sleep(Math.max(1, began + pageEveryMs - Date.now()))
    }
    return false
  } catch (error) {
    const outcome = isCancellation(error)
      ? ({ status: 'cancelled' } as const)
      : ({ status: 'failed', error: jobErrorOf(error).message } as const)
    await CancellationScope.nonCancellable(() => operationEnd.endOperation({ operationId, outcome }))
    throw error
  }
}

async function tellRuns({ cancelled, admitted }: OperationPage): Promise<void> {
  await Promise.all([
    ...cancelled.map((jobId) => tell(jobId, (run) => run.cancel())),
    ...admitted.map((jobId) => tell(jobId, (run) => run.signal(slotGrantedSignal))),
  ])
}

/** A run that is not there yet, or not any more, needs not be told: it finds in the record what it is to do. */
async function tell(
  jobId: string,
  what: (run: ReturnType<typeof getExternalWorkflowHandle>) => Promise<void>,
): Promise<void> {
  try {
    await what(getExternalWorkflowHandle(workflowIdOf(jobId)))
  } catch (error) {
    if (isCancellation(error)) throw error
    log.warn('the run of a job could not be told', { jobId, reason: String(error) })
  }
}
