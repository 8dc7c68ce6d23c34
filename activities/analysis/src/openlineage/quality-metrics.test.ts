import { expect, test } from 'vitest'
import { qualityMetrics } from './quality-metrics.ts'

test('what was measured is told by column, shares of rows as their number', () => {
  expect(
    qualityMetrics([
      { metric: 'null_share', column: 'total', value: 0.25 },
      { metric: 'row_count', column: null, value: 10.4 },
      { metric: 'distinct_count', column: 'total', value: 3.2 },
      { metric: 'min', column: 'total', value: -1.5 },
      { metric: 'max', column: 'total', value: 9 },
      { metric: 'p50', column: 'total', value: 4 },
      { metric: 'p95', column: 'total', value: 8.5 },
      { metric: 'max_length', column: 'state', value: 12 },
    ]),
  ).toEqual({
    rowCount: 10,
    columnMetrics: {
      total: { nullCount: 3, distinctCount: 3, min: -1.5, max: 9, quantiles: { '0.5': 4, '0.95': 8.5 } },
    },
  })
})

test('a share of an unknown number of rows is left out', () => {
  expect(qualityMetrics([{ metric: 'null_share', column: 'total', value: 0.25 }])).toEqual({ columnMetrics: {} })
})
