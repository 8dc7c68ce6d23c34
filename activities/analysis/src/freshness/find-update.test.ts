import type { LastUpdate, TableCounters, TableMemory, TableObservation, TimeColumn } from '@plumbline/workflows'
import { describe, expect, test } from 'vitest'
import { chooseColumn, roleOf } from './choose-column.ts'
import type { CounterChange } from './counter-change.ts'
import { foldObservation, reasonOf, type Look } from './fold-observation.ts'
import { planRead } from './plan-read.ts'
import { rollUp } from './roll-up.ts'

const counters: TableCounters = {
  inserted: 10,
  updated: 0,
  deleted: 0,
  live: 10,
  dead: 0,
  upkeep: 0,
  storage: '1',
  rows: 10,
  since: null,
}
const observation: TableObservation = {
  externalId: 'r:1',
  parent: null,
  schema: 'sales',
  name: 'ord',
  storage: 'table',
  counters,
  pages: 4,
  columns: [],
  readable: true,
}
const nine = '2026-03-02T09:00:00.000Z'
const ten = '2026-03-02T10:00:00.000Z'
const memory = (more: Partial<TableMemory> = {}): TableMemory => ({
  seenAt: nine,
  counters,
  quietSince: nine,
  last: null,
  ...more,
})
const written = { ...observation, counters: { ...counters, inserted: 15, live: 15 } }
const reading = (columnAt: string | null, role: NonNullable<Look['read']>['role']): Look['read'] => ({
  newest: { column: 'at', columnAt, committedAt: null, by: 'index', whole: false },
  role,
})
const look = (more: Partial<Look> = {}): Look => ({ observation, moment: { now: ten }, read: null, ...more })

describe('the last update', () => {
  test('is unknown at the first look, which begins to watch', () => {
    expect(foldObservation(null, look())).toEqual({ seenAt: ten, counters, quietSince: ten, last: null })
    expect(reasonOf(null, look())).toBe('first-check')
    expect(reasonOf(memory(), look())).toBe('no-change-seen')
  })

  test('lies between two looks where only counters tell', () => {
    expect(foldObservation(memory(), look({ observation: written })).last).toMatchObject({
      at: ten,
      after: nine,
      method: 'counters',
      confidence: 0.9,
    })
  })

  test('is exact where a value that was read lies between the looks', () => {
    const within = '2026-03-02T09:40:00.000Z'
    const folded = foldObservation(memory(), look({ observation: written, read: reading(within, 'event') }))
    expect(folded.last).toMatchObject({ at: within, after: null, method: 'column_index', column: 'at' })
    expect(folded.last?.evidence.join(' ')).toContain('5 inserted')
  })

  test('is what a column of changes says, also against the counters', () => {
    const old = '2026-02-01T00:00:00.000Z'
    const folded = foldObservation(memory(), look({ observation: written, read: reading(old, 'modified') }))
    expect(folded.last).toMatchObject({ at: old, confidence: 0.9 })
    const event = foldObservation(memory(), look({ observation: written, read: reading(old, 'event') }))
    expect(event.last).toMatchObject({ at: ten, method: 'counters' })
  })

  test('stays known while nothing is written, and where rows were rolled back', () => {
    const last: LastUpdate = {
      at: nine,
      after: null,
      method: 'counters',
      confidence: 0.9,
      evidence: [],
      column: null,
      partition: null,
    }
    expect(foldObservation(memory({ last }), look()).last).toEqual(last)
    const rolledBack = { ...observation, counters: { ...counters, inserted: 900, dead: 890 } }
    expect(foldObservation(memory({ last }), look({ observation: rolledBack })).last).toEqual(last)
    expect(foldObservation(memory(), look())).toMatchObject({ quietSince: nine })
  })

  test('says why it is not known', () => {
    const without = { ...observation, counters: null }
    expect(reasonOf(null, look({ observation: { ...without, storage: 'view' } }))).toBe('view')
    expect(reasonOf(null, look({ observation: { ...without, storage: 'foreign' } }))).toBe('foreign-table')
    expect(reasonOf(null, look({ observation: without }))).toBe('standby')
    const empty = { ...observation, pages: 0, counters: { ...counters, live: 0, rows: -1 } }
    expect(reasonOf(null, look({ observation: empty }))).toBe('empty')
    const reset = { ...observation, counters: { ...counters, inserted: 0, live: 0, rows: 5 } }
    expect(reasonOf(memory(), look({ observation: reset }))).toBe('counters-reset')
  })
})

test('a partitioned table is as new as its newest partition, and says what it could not see', () => {
  const part = (name: string, at: string | null, reason: 'statement-timeout' | 'no-change-seen' | null = null) => ({
    observation: { ...observation, name },
    finding: {
      last: at === null ? null : { ...(foldObservation(memory(), look({ observation: written })).last ?? never()), at },
      quietSince: at === null ? nine : null,
      reason,
      partitions: 0,
    },
  })
  const parts = [part('p1', nine), part('p2', ten), part('p3', null, 'no-change-seen')]
  expect(rollUp(parts)).toMatchObject({ last: { at: ten, partition: 'sales.p2' }, reason: null, partitions: 3 })
  expect(rollUp([...parts, part('p4', null, 'statement-timeout')])).toMatchObject({
    last: { partition: 'sales.p2' },
    reason: 'statement-timeout',
  })
  expect(rollUp([part('p3', null, 'no-change-seen')])).toMatchObject({
    last: null,
    quietSince: nine,
    reason: 'no-change-seen',
  })
  expect(rollUp([])).toMatchObject({ last: null, quietSince: null, reason: 'no-partitions' })
})

describe('the column', () => {
  const column = (name: string, indexed = false, type: TimeColumn['type'] = 'timestamptz') => ({ name, type, indexed })
  const chosen = (columns: TimeColumn[], given: { chosen?: string; preferred?: string[] } = {}) =>
    chooseColumn(columns, { chosen: given.chosen ?? null, preferred: given.preferred ?? [] })?.name

  test('is known by its name', () => {
    expect(['updated_at', 'LastModifiedDate', '_etl_loaded_at', 'load_ts'].map(roleOf)).toEqual(
      Array(4).fill('modified'),
    )
    expect(['created_at', 'InsertedOn', 'creation_date'].map(roleOf)).toEqual(Array(3).fill('created'))
    expect(['birth_date', 'placed_at', 'created_by_batch', 'valid_until'].map(roleOf)).toEqual(Array(4).fill('event'))
  })

  test('of changes goes before that of creation, and an unknown one needs an index', () => {
    expect(chosen([column('created_at', true), column('updated_at')])).toBe('updated_at')
    expect(chosen([column('placed_at', true), column('birth_date', false, 'date')])).toBe('placed_at')
    expect(chosen([column('birth_date', false, 'date')])).toBeUndefined()
  })

  test('is the one of the configuration, or of a person, where it is there', () => {
    const columns = [column('updated_at', true), column('Valid_From')]
    expect(chosen(columns, { preferred: ['gone', 'valid_from'] })).toBe('Valid_From')
    expect(chosen(columns, { chosen: 'Valid_From', preferred: ['updated_at'] })).toBe('Valid_From')
    expect(chosen(columns, { chosen: 'gone' })).toBe('updated_at')
  })
})

function never(): never {
  throw new Error('the fold gave no update')
}

describe('the read of the newest rows', () => {
  const moment = { now: ten, counts: true, commitTimestamps: false, tailReads: true }
  const options = { reads: 'changed', chosen: null, preferred: [], timezone: 'UTC' } as const
  const timed = (name: string, indexed: boolean): TableObservation => ({
    ...observation,
    columns: [{ name, type: 'timestamptz', indexed }],
  })
  const by = (table: TableObservation, more: Partial<typeof moment> = {}) => {
    const plan = planRead(table, undefined, { ...moment, ...more }, options)
    return plan.kind === 'read' ? [plan.request.by, plan.request.commitTimestamps] : plan.kind
  }

  test('goes by an index, else by the last pages, and not at all where neither bounds it', () => {
    expect(by(timed('updated_at', true))).toEqual(['index', false])
    expect(by(timed('updated_at', false))).toEqual(['tail', false])
    expect(by(timed('updated_at', false), { tailReads: false })).toBe('none')
    expect(by(observation)).toBe('none')
  })

  test('asks for commits where they are kept, unless a column tells changes better', () => {
    expect(by(observation, { commitTimestamps: true })).toEqual(['tail', true])
    expect(by(timed('placed_at', true), { commitTimestamps: true })).toEqual(['tail', true])
    expect(by(timed('updated_at', true), { commitTimestamps: true })).toEqual(['index', false])
  })

  test('leaves alone what did not change, what was not asked for, and what may not be read', () => {
    const table = timed('updated_at', true)
    const unchanged: CounterChange = { kind: 'unchanged', evidence: [] }
    expect(planRead(table, unchanged, moment, options).kind).toBe('none')
    expect(planRead(table, unchanged, moment, { ...options, reads: 'always' }).kind).toBe('read')
    expect(planRead(table, undefined, moment, { ...options, reads: 'never' }).kind).toBe('none')
    expect(planRead({ ...table, readable: false }, undefined, moment, options).kind).toBe('refused')
    expect(planRead({ ...table, storage: 'view' }, undefined, moment, options).kind).toBe('none')
  })
})
