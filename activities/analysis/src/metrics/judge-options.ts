import type { MetricName } from '@plumbline/workflows'
import type { JudgeOptions } from './judge-point.ts'

/** What a metric that nobody configured must differ by at least: a change that is smaller is not worth waking anybody. */
const minPercent = 3
/** A hundredth, of a share. */
const leastShare = 0.01
const hourSeconds = 3_600

/** How a metric is judged that comes with every table: on both sides. */
export function builtInOptions(metric: MetricName): JudgeOptions {
  const direction = 'both' as const
  switch (metric) {
    case 'null_share':
      return { direction, minPercent, minDeviation: leastShare }
    case 'row_count':
    case 'distinct_count':
    case 'min_length':
    case 'max_length':
      return { direction, minPercent, minDeviation: 1 }
    case 'earliest':
    case 'latest':
      // Seconds since 1970: a share of them says nothing.
      return { direction, minPercent: 0, minDeviation: hourSeconds }
    case 'min':
    case 'max':
    case 'mean':
    case 'stddev':
    case 'p25':
    case 'p50':
    case 'p75':
    case 'p95':
    case 'mean_length':
    case 'sql':
    case 'duplicates':
      return { direction, minPercent, minDeviation: 0 }
  }
}
