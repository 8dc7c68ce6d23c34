import { counted } from '../counted.ts'
import { analysis, ledger, warehouse } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'
import type { ConfigOf, StepNameOf } from '../job-definition.ts'
import type { lineageExtraction as definition } from './definition.ts'

export async function lineageExtraction(input: JobInput<ConfigOf<typeof definition>>): Promise<JobResult> {
  return runJob<StepNameOf<typeof definition>>(input, async (job) => {
    await job.step('collect')
    const { relations } = await warehouse.collectSql({ jobId: job.jobId })
    await job.step('parse')
    const { failed } = await analysis.parseLineage({ jobId: job.jobId })
    await job.step('resolve')
    const { unresolved } = await analysis.resolveLineage({ jobId: job.jobId })
    await job.step('store')
    const { edges, added, removed } = await ledger.storeLineage({ jobId: job.jobId })
    return {
      message: `${counted(edges, 'edge')} from ${counted(relations, 'relation')}`,
      counts: { relations, failed, unresolved, edges, added, removed },
    }
  })
}
