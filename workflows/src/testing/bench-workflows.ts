import { proxyActivities } from '@temporalio/workflow'
import { warehouseConnect } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'

/** The workflows of the engine bench: the product's, one of them cut down to one activity, and the same without a job. */
export { connectionTest } from '../connection-test/workflow.ts'
export { lineageExtraction } from '../lineage-extraction/workflow.ts'
export { tagGeneration } from '../tag-generation/workflow.ts'

/** A job with all of a job's life around the shortest activity there is on a source. Runs under a registered type. */
export async function schemaDiscovery(input: JobInput): Promise<JobResult> {
  return runJob(input, async (job) => {
    await job.step('connect', () => warehouseConnect.connect(job.ref))
    return { message: 'Reached the source', counts: { sources: 1 } }
  })
}

export interface BareActivities {
  bareConnect(): Promise<void>
  bareNothing(): Promise<void>
}

const bare = proxyActivities<BareActivities>({
  taskQueue: 'warehouse',
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10 seconds',
})

/** What a workflow with one activity costs that nobody records: the same work in the source. */
export async function bareConnect(): Promise<void> {
  await bare.bareConnect()
}

/** The same with an activity that does nothing at all. */
export async function bareNothing(): Promise<void> {
  await bare.bareNothing()
}
