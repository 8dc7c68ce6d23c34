import { counted } from '../counted.ts'
import { analysis, ledger, warehouse } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'
import type { ConfigOf, StepNameOf } from '../job-definition.ts'
import type { tagGeneration as definition } from './definition.ts'

export async function tagGeneration(input: JobInput<ConfigOf<typeof definition>>): Promise<JobResult> {
  return runJob<StepNameOf<typeof definition>>(input, async (job) => {
    await job.step('select')
    const { tables } = await ledger.selectTables({ jobId: job.jobId })
    await job.step('sample')
    const { unreadable } = await warehouse.sampleValues({ jobId: job.jobId })
    await job.step('classify')
    await analysis.classifyColumns({ jobId: job.jobId })
    await job.step('store')
    const { columns, tagged, changed } = await ledger.storeTags({ jobId: job.jobId })
    return {
      message: `${tagged} of ${counted(columns, 'column')} in ${counted(tables, 'table')} carry tags`,
      counts: { tables, unreadable, columns, tagged, changed },
    }
  })
}
