import type { JobLedger } from '@plumbline/store'
import type { LifecycleActivities } from '@plumbline/workflows'
import { activityInfo } from '@temporalio/activity'
import { written } from './written.ts'

/** The short writes beside the workflow; local activities, tried until the record answers. */
export function createLifecycleActivities({ ledger }: { ledger: JobLedger }): LifecycleActivities {
  return {
    begin: ({ jobId }) => written(ledger.begin(jobId, activityInfo().workflowExecution?.runId)),
    openStep: ({ jobId, step, finished }) =>
      written(ledger.openStep(jobId, step, finished, activityInfo().workflowExecution?.runId)),
    async end({ jobId, outcome }) {
      const { admitted } = await written(ledger.end(jobId, outcome))
      return { admitted }
    },
    async createChildren({ jobId, children }) {
      return { created: await written(ledger.createChildren(jobId, children)) }
    },
  }
}
