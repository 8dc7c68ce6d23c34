import type { AlteredState, TableMemory, TableObservation } from '@plumbline/workflows'
import { describe, expect, test } from 'vitest'
import { foldObservation, reasonOf } from './fold-observation.ts'

const time = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()
const state = (altered: number | null, more: Partial<AlteredState> = {}): AlteredState => ({
  at: altered === null ? null : time(altered),
  definedAt: time(1),
  rows: 10,
  bytes: 4_096,
  ...more,
})
const observation = (altered: AlteredState): TableObservation => ({
  externalId: 't:1',
  parent: null,
  schema: 'SALES',
  name: 'ORDERS',
  storage: 'table',
  counters: null,
  altered,
  pages: 1,
  columns: [],
  readable: true,
})
const look = (hour: number, altered: AlteredState) => ({
  observation: observation(altered),
  moment: { now: time(hour) },
  read: null,
})
const memory = (altered: AlteredState): TableMemory => foldObservation(null, look(5, altered))

describe('a table that the source notes the last alteration of', () => {
  test('was updated when it was altered, where rows or bytes changed', () => {
    const { last, quietSince } = foldObservation(memory(state(3)), look(9, state(8, { rows: 12 })))
    expect(last).toMatchObject({ at: time(8), method: 'last_altered', confidence: 0.95 })
    expect(last?.evidence).toEqual(['Its rows went from 10 to 12'])
    expect(quietSince).toBe(time(9))
  })

  test('was updated in the partition that was written last, and not when its definition changed', () => {
    const before = memory(state(3, { partition: 'SALES.ORDERS$1' }))
    const written = state(8, { rows: 12, definedAt: time(9), partition: 'SALES.ORDERS$2' })
    expect(foldObservation(before, look(9, written)).last).toMatchObject({ at: time(8), partition: 'SALES.ORDERS$2' })
    const defined = state(3, { definedAt: time(9), partition: 'SALES.ORDERS$1' })
    expect(foldObservation(before, look(9, defined)).last?.at).toBe(time(3))
  })

  test('was updated when the table says, where a whole partition went', () => {
    const before = memory(state(3, { partition: 'SALES.ORDERS$1' }))
    expect(foldObservation(before, look(9, state(3, { rows: 4, definedAt: time(8) }))).last?.at).toBe(time(8))
  })

  test('was only touched, where neither changed', () => {
    const { last } = foldObservation(memory(state(3)), look(9, state(8)))
    expect(last).toMatchObject({ at: time(8), confidence: 0.6 })
  })

  test('was not updated by a change of its definition, nor by nothing', () => {
    const before = memory(state(3))
    for (const now of [state(8, { definedAt: time(8) }), state(3)]) {
      const after = foldObservation(before, look(9, now))
      expect(after.last).toMatchObject({ at: time(3) })
      expect(after.quietSince).toBe(before.quietSince)
    }
  })

  test('tells at the first check when it was altered, unless that was its definition', () => {
    expect(memory(state(3)).last).toMatchObject({ at: time(3), confidence: 0.6 })
    expect(memory(state(1)).last).toBeNull()
    expect(reasonOf(null, look(5, state(1)))).toBe('first-check')
    expect(reasonOf(memory(state(1)), look(6, state(1)))).toBe('no-change-seen')
    expect(reasonOf(null, look(5, state(1, { rows: 0 })))).toBe('empty')
  })

  test('is unknown where the source does not say', () => {
    expect(memory(state(null)).last).toBeNull()
  })
})
