import type { Servers } from '../support/servers.ts'
import { benchFreshness } from './observation/freshness.ts'
import { benchMetricAnomalies } from './observation/metric-anomalies.ts'
import { benchMetricStatements } from './observation/metric-statements.ts'
import type { Report } from './report.ts'

/** What observing tables costs their database, and what it finds. */
export async function main(servers: Servers, report: Report): Promise<void> {
  benchMetricAnomalies(report)
  await benchMetricStatements(servers, report)
  await benchFreshness(servers, report)
}
