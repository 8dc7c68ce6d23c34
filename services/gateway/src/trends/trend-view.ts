import type { DurationRegression, JobTrends as JobTrendsView, Trend } from '@plumbline/api'
import type { UsualDuration } from '@plumbline/analysis'
import type { JobTrends, RegressionRow, TrendCounts, TrendRequest } from '@plumbline/store'
import { assetOfJob } from '../jobs/job-view.ts'
import { usualView } from './usual-view.ts'

/** The answer of `GET /jobs/trends`. */
export function trendsView(
  { from, to, bucket, timezone }: TrendRequest,
  trends: JobTrends,
  found: { baseline: UsualDuration | undefined; regressions: RegressionRow[] },
): JobTrendsView {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    bucket,
    timezone,
    buckets: trends.buckets.map((one) => ({ start: one.start.toISOString(), ...trendView(one) })),
    total: trendView(trends.total),
    slowest: trends.slowest.map((one) => ({ type: one.type, asset: assetOfJob(one), runs: one.runs, ...one.duration })),
    steps: trends.steps.map(({ duration, ...step }) => ({ ...step, ...duration })),
    baseline: found.baseline ? usualView(found.baseline) : null,
    regressions: found.regressions.map(regressionView),
  }
}

function trendView({ counts, duration, queued, queuedShare }: TrendCounts): Trend {
  const judged = counts.completed + counts.failed
  return {
    counts,
    successRate: judged === 0 ? null : counts.completed / judged,
    p50: duration?.p50 ?? null,
    p95: duration?.p95 ?? null,
    max: duration?.max ?? null,
    queued,
    queuedShare,
  }
}

const regressionView = (row: RegressionRow): DurationRegression => ({
  jobId: row.id,
  type: row.type,
  asset: assetOfJob(row),
  at: row.created_at.toISOString(),
  durationMs: row.duration_ms,
  usual: usualView(row),
  changed: row.around,
})
