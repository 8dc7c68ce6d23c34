import type { TableCounters } from '@plumbline/workflows'
import { expect, test } from 'vitest'
import { counterChange } from './counter-change.ts'

const before: TableCounters = {
  inserted: 100,
  updated: 20,
  deleted: 10,
  live: 90,
  dead: 30,
  upkeep: 2,
  storage: '16400',
  rows: 90,
  since: '2026-01-01T00:00:00Z',
}
const change = (after: Partial<TableCounters>) => counterChange(before, { ...before, ...after })

test('counters that stand still say that nothing was written', () => {
  expect(change({}).kind).toBe('unchanged')
  expect(change({ dead: 0, upkeep: 3, rows: 91 }).kind).toBe('unchanged')
})

test('inserts and deletes that moved the live rows were committed', () => {
  expect(change({ inserted: 105, live: 95 })).toMatchObject({ kind: 'changed', method: 'counters', confidence: 0.9 })
  expect(change({ deleted: 15, live: 85, dead: 35 })).toMatchObject({ kind: 'changed', confidence: 0.9 })
  expect(change({ inserted: 105, updated: 25, live: 95 })).toMatchObject({ kind: 'changed', confidence: 0.9 })
})

test('inserts and deletes that left the live rows alone were rolled back', () => {
  expect(change({ inserted: 600, dead: 530 })).toMatchObject({
    kind: 'unchanged',
    evidence: [expect.stringContaining('500 inserted'), expect.stringContaining('rolled back')],
  })
  expect(change({ deleted: 15 }).kind).toBe('unchanged')
  expect(change({ inserted: 105, deleted: 15 }).kind).toBe('unsure')
})

test('updates, and what lies across a vacuum, are believed with less confidence', () => {
  expect(change({ updated: 21, dead: 31 })).toMatchObject({ kind: 'changed', confidence: 0.6 })
  expect(change({ inserted: 105, upkeep: 3 })).toMatchObject({ kind: 'changed', confidence: 0.6 })
})

test('an emptied table was changed, a rewritten one was not', () => {
  const emptied = { storage: '16500', live: 0, dead: 0 }
  expect(change(emptied)).toMatchObject({ kind: 'changed', method: 'storage', confidence: 0.8 })
  expect(change({ storage: '16500' }).kind).toBe('unchanged')
  expect(change({ storage: '16500', inserted: 180, live: 80, dead: 0 })).toMatchObject({
    kind: 'changed',
    method: 'storage',
    confidence: 0.9,
  })
})

test('what is counted after a reset or a crash came after the last look', () => {
  const reset = { inserted: 0, updated: 0, deleted: 0, live: 0, dead: 0, upkeep: 0, since: '2026-01-02T00:00:00Z' }
  expect(change(reset).kind).toBe('lost')
  expect(change({ ...reset, inserted: 3, live: 3 })).toMatchObject({ kind: 'changed', confidence: 0.9 })
  expect(change({ ...reset, inserted: 3, dead: 3 }).kind).toBe('unchanged')
})

test('a reset of another table of the database is none of this one', () => {
  const since = '2026-01-02T00:00:00Z'
  expect(change({ since }).kind).toBe('unchanged')
  expect(change({ since, inserted: 105, live: 95 })).toMatchObject({ kind: 'changed', confidence: 0.6 })
})
