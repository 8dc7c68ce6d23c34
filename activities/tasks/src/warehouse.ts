import type { JobLedger } from '@plumbline/store'
import type { WarehouseActivities } from '@plumbline/workflows'
import { inStep, type StepContext } from './in-step.ts'
import { sourceOf, withSession, type SourceDeps } from './source.ts'
import { collectSql } from './warehouse/collect-sql.ts'
import { endSessions } from './warehouse/end-sessions.ts'
import { measureFreshness } from './warehouse/freshness/measure-freshness.ts'
import { measureMetrics } from './warehouse/measure-metrics.ts'
import { readCatalog } from './warehouse/read-catalog.ts'
import { sampleValues } from './warehouse/sample-values.ts'
import { testConnection } from './warehouse/test-connection.ts'
import { tryMetric } from './warehouse/try-metric.ts'

/** What is wrong is nearly always the configuration, and a person waits for the answer. */
const connectTries = 3

/** Everything that talks to a source; credentials are opened here and nowhere else. */
export function createWarehouseActivities(deps: SourceDeps & { ledger: JobLedger }): WarehouseActivities {
  const { ledger } = deps
  return {
    connect: (ref) =>
      inStep(ledger, ref, 'connect', (context) => tryConnection(deps, context), { tries: connectTries }),
    readCatalog: (ref) => inStep(ledger, ref, 'read_catalog', (context) => readCatalog(deps, context)),
    sampleValues: (ref) => inStep(ledger, ref, 'sample', (context) => sampleValues(deps, context)),
    collectSql: (ref) => inStep(ledger, ref, 'collect', (context) => collectSql(deps, context)),
    measureFreshness: (ref) => inStep(ledger, ref, 'measure', (context) => measureFreshness(deps, context)),
    measureMetrics: (ref) => inStep(ledger, ref, 'measure', (context) => measureMetrics(deps, context)),
    tryMetric: ({ trialId }) => tryMetric(deps, trialId),
    endSessions: ({ jobId }) => endSessions(deps, jobId),
    testConnection: ({ connectionId }) => testConnection(deps, connectionId),
  }
}

async function tryConnection(deps: SourceDeps, { job, signal, hide, log }: StepContext): Promise<void> {
  const source = await sourceOf(deps, job.connectionId, hide)
  await withSession(source, { jobId: job.jobId, signal }, async (session) => {
    const { product, user, details } = await session.describe()
    log('info', `Connected to ${product} as ${user}`, details)
  })
}
