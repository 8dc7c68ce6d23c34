import { expect, test } from 'vitest'
import { filterOf } from './partition-filter.ts'

test('only a table that asks for a filter gets one', () => {
  expect(filterOf({ timePartitioning: { field: 'sent' } })).toBeNull()
  expect(filterOf({})).toBeNull()
})

test.each([
  [
    { requirePartitionFilter: true, timePartitioning: {} },
    `(_PARTITIONTIME >= timestamp '0001-01-01 00:00:00+00' or _PARTITIONTIME is null)`,
  ],
  [
    {
      requirePartitionFilter: true,
      timePartitioning: { field: 'sent' },
      schema: { fields: [{ name: 'sent', type: 'DATE' }] },
    },
    "(`sent` >= date '0001-01-01' or `sent` is null)",
  ],
  [
    {
      timePartitioning: { field: 'sent', requirePartitionFilter: true },
      schema: { fields: [{ name: 'sent', type: 'DATETIME' }] },
    },
    "(`sent` >= datetime '0001-01-01 00:00:00' or `sent` is null)",
  ],
  [
    {
      requirePartitionFilter: true,
      rangePartitioning: { field: 'n' },
      schema: { fields: [{ name: 'n', type: 'INTEGER' }] },
    },
    '(`n` >= -9223372036854775808 or `n` is null)',
  ],
])('of %j every row passes %s', (table, filter) => {
  expect(filterOf(table)).toBe(filter)
})
