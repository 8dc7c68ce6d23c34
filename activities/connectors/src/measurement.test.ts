import type { ColumnMetric } from '@plumbline/workflows'
import { expect, test } from 'vitest'
import { measurementOf } from './measurement.ts'

const metrics = ['null_share', 'min', 'stddev', 'distinct_count'] as const satisfies readonly ColumnMetric[]

/** Why each metric of a column has no value; null where it has one. */
function missing(rows: number, values: (string | null)[], isPart = false) {
  const outputs = metrics.map((metric) => ({ column: 'c', metric }))
  const { columns } = measurementOf({ rows, cut: false, isPart, outputs, keys: 0, valueAt: (at) => values[at] ?? null })
  return columns.map(({ noData }) => noData)
}

test.each([
  ['no rows', 0, [null, null, null, '0'], ['no_rows', 'no_rows', 'no_rows', null]],
  ['nulls alone', 3, ['1', null, null, '0'], [null, 'all_null', 'all_null', null]],
  ['NaN, infinity and nulls', 3, ['0.33', null, null, '2'], [null, 'not_finite', 'not_finite', null]],
  ['one number', 3, ['0.66', '4', null, '1'], [null, null, 'one_value', null]],
  ['a number beyond all others', 2, ['0', '1' + '0'.repeat(400), '1', '2'], [null, 'too_large', null, null]],
])('of %s it says why there is no value', (_what, rows, values, reasons) => {
  expect(missing(rows, values)).toEqual(reasons)
})

test('of a sample it says what cannot be told from one', () => {
  expect(missing(3, ['1', null, null, '0'], true)).toEqual([null, 'all_null', 'all_null', 'sampled'])
})
