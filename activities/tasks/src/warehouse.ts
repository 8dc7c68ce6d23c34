import type { JobLedger } from '@plumbline/store'
import type { JobRef, WarehouseActivities } from '@plumbline/workflows'
import { inStep, type StepContext } from './in-step.ts'
import { ownerOf, sourceOfStep, withSession, type SourceDeps } from './source.ts'
import { collectSql } from './warehouse/collect-sql.ts'
import { endSessions } from './warehouse/end-sessions.ts'
import { measureFreshness } from './warehouse/freshness/measure-freshness.ts'
import { measureMetrics } from './warehouse/measure-metrics.ts'
import { profileValues } from './warehouse/profile-values.ts'
import { readCatalog } from './warehouse/read-catalog.ts'
import { sampleValues } from './warehouse/sample-values.ts'
import { testConnection } from './warehouse/test-connection.ts'
import { tryMetric } from './warehouse/try-metric.ts'

/** What is wrong is nearly always the configuration, and a person waits for the answer. */
const connectTries = 3

type WarehouseDeps = SourceDeps & { ledger: JobLedger }
type SourceWork<T> = (deps: WarehouseDeps, context: StepContext) => Promise<T>

/** Everything that talks to a source; credentials are opened here and nowhere else. */
export function createWarehouseActivities(deps: WarehouseDeps): WarehouseActivities {
  const inSource = <T>(ref: JobRef, step: string, work: SourceWork<T>, more: { tries?: number } = {}): Promise<T> =>
    inStep(deps.ledger, ref, step, (context) => work(deps, context), { ...more, opensSource: true })
  return {
    connect: (ref) => inSource(ref, 'connect', tryConnection, { tries: connectTries }),
    readCatalog: (ref) => inSource(ref, 'read_catalog', readCatalog),
    sampleValues: (ref) => inSource(ref, 'sample', sampleValues),
    profileValues: (ref) => inSource(ref, 'sample', profileValues),
    collectSql: (ref) => inSource(ref, 'collect', collectSql),
    measureFreshness: (ref) => inSource(ref, 'measure', measureFreshness),
    measureMetrics: (ref) => inSource(ref, 'measure', measureMetrics),
    tryMetric: ({ trialId }) => tryMetric(deps, trialId),
    endSessions: ({ jobId }) => endSessions(deps, jobId),
    testConnection: ({ connectionId }) => testConnection(deps, connectionId),
  }
}

async function tryConnection(deps: SourceDeps, context: StepContext): Promise<void> {
  const source = await sourceOfStep(deps, context)
  await withSession(source, ownerOf(deps.db, context), async (session) => {
    const { product, user, details } = await session.describe()
    context.log('info', `Connected to ${product} as ${user}`, details)
  })
}
