import { counted } from '../counted.ts'
import { analysis, ledger, warehouse } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'
import type { ConfigOf, StepNameOf } from '../job-definition.ts'
import type { metricCapture as definition } from './definition.ts'

export async function metricCapture(input: JobInput<ConfigOf<typeof definition>>): Promise<JobResult> {
  return runJob<StepNameOf<typeof definition>>(input, async (job) => {
    const { ref } = job
    const { tables } = await job.step('select', () => ledger.selectMetricTables(ref))
    const { measured, failed, statements } = await job.step('measure', () => warehouse.measureMetrics(ref))
    await job.step('judge', () => analysis.judgeMetrics(ref))
    const { points, anomalies } = await job.step('store', () => ledger.storeMetrics(ref))
    const missed = failed > 0 ? ` (${failed} could not be measured)` : ''
    const found = anomalies === 1 ? '1 anomaly' : `${anomalies === 0 ? 'no' : anomalies} anomalies`
    return {
      message: `${counted(points, 'value')} of ${counted(measured, 'table')}${missed}, ${found}`,
      counts: { tables, measured, failed, statements, points, anomalies },
    }
  })
}
