import type { Database, JobLedger } from '@plumbline/store'
import type { AnalysisActivities } from '@plumbline/workflows'
import { classifyColumns } from './analysis/classify-columns.ts'
import { compareCatalog } from './analysis/compare-catalog.ts'
import { judgeFreshness } from './analysis/judge-freshness.ts'
import { judgeMetrics } from './analysis/judge-metrics.ts'
import { parseLineage } from './analysis/parse-lineage.ts'
import { resolveLineage } from './analysis/resolve-lineage.ts'
import { inStep } from './in-step.ts'

/** Computation over what is stored, page by page. */
export function createAnalysisActivities(deps: { db: Database; ledger: JobLedger }): AnalysisActivities {
  const { db, ledger } = deps
  return {
    compareCatalog: (ref) => inStep(ledger, ref, 'compare', (context) => compareCatalog(db, context)),
    classifyColumns: (ref) => inStep(ledger, ref, 'classify', (context) => classifyColumns(db, context)),
    parseLineage: (ref) => inStep(ledger, ref, 'parse', (context) => parseLineage(deps, context)),
    judgeFreshness: (ref) => inStep(ledger, ref, 'judge', (context) => judgeFreshness(db, context)),
    resolveLineage: (ref) => inStep(ledger, ref, 'resolve', (context) => resolveLineage(db, context)),
    judgeMetrics: (ref) => inStep(ledger, ref, 'judge', (context) => judgeMetrics(db, context)),
  }
}
