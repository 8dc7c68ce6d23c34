import type { MetricName } from '@plumbline/workflows'

interface Measured {
  metric: MetricName
  column: string | null
  value: number
}

const quantiles: Partial<Record<MetricName, string>> = { p25: '0.25', p50: '0.5', p75: '0.75', p95: '0.95' }

interface ColumnQuality {
  nullCount?: number
  distinctCount?: number
  min?: number
  max?: number
  quantiles?: Record<string, number>
}

/** What was measured of a relation, as the facet about the quality of data has it; the rest, as lengths, it has no place for. */
export function qualityMetrics(measured: readonly Measured[]): {
  rowCount?: number
  columnMetrics: Record<string, ColumnQuality>
} {
  const rowCount = measured.find(({ metric }) => metric === 'row_count')?.value
  const columns: Record<string, ColumnQuality> = {}
  for (const { metric, column, value } of measured) {
    if (column === null) continue
    const quality = qualityOf(metric, value, rowCount)
    if (!quality) continue
    const { quantiles: more, ...rest } = quality
    const { quantiles: before, ...known } = columns[column] ?? {}
    columns[column] = { ...known, ...rest, ...((before ?? more) && { quantiles: { ...before, ...more } }) }
  }
  return { ...(rowCount !== undefined && { rowCount: Math.round(rowCount) }), columnMetrics: columns }
}

function qualityOf(metric: MetricName, value: number, rowCount: number | undefined): ColumnQuality | undefined {
  const quantile = quantiles[metric]
  if (quantile !== undefined) return { quantiles: { [quantile]: value } }
  if (metric === 'null_share' && rowCount !== undefined) return { nullCount: Math.round(value * rowCount) }
  if (metric === 'distinct_count') return { distinctCount: Math.round(value) }
  if (metric === 'min') return { min: value }
  if (metric === 'max') return { max: value }
  return undefined
}
