import {
  discardLeftStaging,
  selectForDocumentation,
  selectForFreshness,
  selectMetricTables,
  selectRelations,
  storeCatalog,
  storeDocumentation,
  storeFreshness,
  storeLineage,
  storeMetrics,
  storeTags,
  type Database,
  type JobLedger,
} from '@plumbline/store'
import {
  counted,
  lineageExtraction,
  metricCapture,
  tagGeneration,
  type JobRef,
  type LedgerActivities,
} from '@plumbline/workflows'
import { discoveryScopeOf } from './discovery-scope.ts'
import { inStep, type StepContext } from './in-step.ts'
import { written } from './written.ts'

/** Their errors are those of the record, and are waited out: with their pauses, for eight minutes. */
const tries = 20

type Writing = <T>(ref: JobRef, step: string, work: (context: StepContext) => Promise<T>) => Promise<T>
type Choosing = Pick<
  LedgerActivities,
  'selectTables' | 'selectForFreshness' | 'selectMetricTables' | 'selectForDocumentation'
>
type Storing = Pick<
  LedgerActivities,
  'storeCatalog' | 'storeTags' | 'storeLineage' | 'storeFreshness' | 'storeMetrics' | 'storeDocumentation'
>

/** What becomes part of the record, each in one transaction. */
export function createLedgerActivities({ db, ledger }: { db: Database; ledger: JobLedger }): LedgerActivities {
  const writing: Writing = (ref, step, work) => inStep(ledger, ref, step, work, { tries })
  return {
    ...choosing(db, writing),
    ...storing(db, writing),
    discardStaging: ({ jobId }) => written(discardLeftStaging(db, jobId)),
  }
}

/** Which tables a job works on. */
const choosing = (db: Database, writing: Writing): Choosing => ({
  selectTables: (ref) =>
    writing(ref, 'select', async ({ job, lease, progress, log }) => {
      const { scope } = tagGeneration.config.parse(job.config)
      const tables = await selectRelations(db, lease, job, { upkeep: 'tagged', changedOnly: scope === 'changed' })
      log('info', `${counted(tables, 'table')} to look at, scope ${scope}`)
      progress({ done: tables, total: tables })
      return { tables }
    }),

  selectForFreshness: (ref) =>
    writing(ref, 'select', async ({ job, lease, progress, log }) => {
      const tables = await selectForFreshness(db, lease, job)
      log('info', `${counted(tables, 'table')} to check`)
      progress({ done: tables, total: tables })
      return { tables }
    }),

  selectMetricTables: (ref) =>
    writing(ref, 'select', async ({ job, lease, progress, log }) => {
      const tables = await selectMetricTables(db, lease, job, metricCapture.config.parse(job.config))
      log('info', `${counted(tables, 'table')} to measure`)
      progress({ done: tables, total: tables })
      return { tables }
    }),

  selectForDocumentation: (ref) =>
    writing(ref, 'select', async ({ job, lease, progress, log }) => {
      const tables = await selectForDocumentation(db, lease, job)
      log('info', `${counted(tables, 'table')} to look at`)
      progress({ done: tables, total: tables })
      return { tables }
    }),
})

/** What it came to. */
const storing = (db: Database, writing: Writing): Storing => ({
  storeCatalog: (ref) =>
    writing(ref, 'store', async ({ job, lease, signal, progress, log }) => {
      const stored = await storeCatalog(db, lease, discoveryScopeOf(job), signal)
      log('info', `Stored the catalog: ${counted(stored.changes, 'change')}, ${stored.breaking} of them breaking`, {
        ...stored,
      })
      const assets = stored.schemas + stored.tables + stored.views
      progress({ done: assets, total: assets })
      return stored
    }),

  storeTags: (ref) =>
    writing(ref, 'store', async ({ lease, progress, log }) => {
      const stored = await storeTags(db, lease)
      log('info', `Stored tags: ${stored.tagged} of ${stored.columns} columns carry some`, { ...stored })
      progress({ done: stored.columns, total: stored.columns })
      return stored
    }),

  storeLineage: (ref) =>
    writing(ref, 'store', async ({ job, lease, progress, log }) => {
      const { fadeDays } = lineageExtraction.config.parse(job.config)
      const stored = await storeLineage(db, lease, { connectionId: job.connectionId, fadeDays })
      log('info', `Stored lineage: ${stored.edges} edges`, { ...stored })
      progress({ done: stored.edges, total: stored.edges })
      return stored
    }),

  storeFreshness: (ref) =>
    writing(ref, 'store', async ({ job, lease, progress, log }) => {
      const stored = await storeFreshness(db, lease, job.connectionId)
      log('info', `Stored the freshness of ${stored.tables} tables: ${stored.stale} are stale`, { ...stored })
      progress({ done: stored.tables, total: stored.tables })
      return stored
    }),

  storeMetrics: (ref) =>
    writing(ref, 'store', async ({ lease, progress, log }) => {
      const stored = await storeMetrics(db, lease)
      log('info', `Stored ${stored.points} points, ${stored.anomalies} of them anomalies`, { ...stored })
      progress({ done: stored.points, total: stored.points })
      return stored
    }),

  storeDocumentation: (ref) =>
    writing(ref, 'store', async ({ lease, progress, log }) => {
      const stored = await storeDocumentation(db, lease)
      log('info', `Stored ${stored.texts} texts about ${stored.documented} tables`, { ...stored })
      progress({ done: stored.texts, total: stored.texts })
      return { documented: stored.documented, texts: stored.texts }
    }),
})
