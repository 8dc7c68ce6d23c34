import type {
  FreshnessReason,
  LastUpdate,
  TableCounters,
  TableMemory,
  TableObservation,
  TimeColumn,
} from '@plumbline/workflows'
import { describe, expect, test } from 'vitest'
import { chooseColumn, roleOf } from './choose-column.ts'
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
  newest: { column: 'at', columnAt, ahead: false, committedAt: null, by: 'index', whole: false },
  role,
  zone: null,
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

  test('lies between two looks where the table was created again, which is seen once', () => {
    const again = look({ observation: { ...observation, identity: 'r:9' } })
    const folded = foldObservation(memory(), again)
    expect(folded).toMatchObject({
      identity: 'r:9',
      last: { at: ten, after: nine, method: 'storage', confidence: 0.8 },
    })
    expect(foldObservation({ ...folded, seenAt: nine, last: null }, again).last).toBeNull()
    // A discovery made its new identity the one it is known by, and kept whose memory it was.
    const discovered = look({ observation: { ...observation, externalId: 'r:9' } })
    expect(foldObservation(folded, discovered).last).toEqual(folded.last)
    expect(foldObservation(memory({ identity: 'r:1' }), discovered).last).toMatchObject({ method: 'storage' })
    const altered = { at: nine, definedAt: nine, rows: 1, bytes: 1 }
    const told = look({ observation: { ...observation, externalId: 'r:9', counters: null, altered } })
    expect(foldObservation(memory({ identity: 'r:1', altered }), told).last).toBeNull()
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
    expect(folded.last?.evidence[1]).toMatch(
      /^Rows changed between 2026-03-02 09:00 and 2026-03-02 10:00 UTC, but none has a newer \w+$/,
    )
    expect(folded.last?.evidence.length).toBeGreaterThan(2)
    const newer = foldObservation(memory(), look({ observation: written, read: reading(ten, 'modified') }))
    expect(newer.last?.evidence).toHaveLength(1)
    const event = foldObservation(memory(), look({ observation: written, read: reading(old, 'event') }))
    expect(event.last).toMatchObject({ at: ten, method: 'counters' })
  })

  test('is less sure where values lie in the future or a time zone was assumed, and says so', () => {
    const within = '2026-03-02T09:40:00.000Z'
    const newest = { column: 'at', columnAt: within, ahead: true, committedAt: null, by: 'tail', whole: true } as const
    const ahead = foldObservation(null, look({ read: { newest, role: 'modified', zone: null } })).last
    expect(ahead).toMatchObject({ at: within, confidence: 0.68 })
    expect(ahead?.evidence).toEqual([
      'The newest at until now of all rows',
      'Values of at in the future were passed over',
    ])
    const read = (assumed: boolean) => ({
      newest: { ...newest, ahead: false },
      role: 'modified' as const,
      zone: { name: 'Asia/Tokyo', assumed },
    })
    const assumed = foldObservation(null, look({ read: read(true) })).last
    expect(assumed?.confidence).toBe(0.77)
    expect(assumed?.evidence.join(' ')).toContain('Asia/Tokyo was assumed')
    const said = foldObservation(null, look({ read: read(false) })).last
    expect(said?.confidence).toBe(0.9)
    expect(said?.evidence.join(' ')).toContain('read in Asia/Tokyo, as the expectation says')
  })

  test('of an unsure column does not go before what was counted', () => {
    const newest = {
      column: 'at',
      columnAt: '2026-03-01T00:00:00.000Z',
      committedAt: null,
      by: 'index',
      whole: false,
    } as const
    const read = { newest: { ...newest, ahead: true }, role: 'modified', zone: null } as const
    expect(foldObservation(memory(), look({ observation: written, read })).last).toMatchObject({ method: 'counters' })
  })

  test('is no value that cannot be one', () => {
    for (const value of [
      '-000043-03-15T00:00:00.000Z',
      '1969-12-31T23:59:59.000Z',
      '2026-03-04T00:00:00.000Z',
      'infinity',
    ])
      expect(foldObservation(null, look({ read: reading(value, 'chosen') })).last).toBeNull()
  })

  test('is not what another column or zone had said before', () => {
    const read = (columnAt: string | null, column: string, timezone: string): NonNullable<Look['read']> => ({
      newest: { column, columnAt, ahead: false, committedAt: null, by: 'index', whole: false },
      role: 'event',
      zone: { name: timezone, assumed: false },
    })
    const first = foldObservation(memory(), look({ read: read(nine, 'placed_at', 'UTC') }))
    expect(first).toMatchObject({ last: { at: nine }, readBy: { column: 'placed_at', zone: { name: 'UTC' } } })
    expect(foldObservation(first, look())).toMatchObject({ last: first.last, readBy: first.readBy })
    const eight = '2026-03-02T08:00:00.000Z'
    const same = foldObservation(first, look({ read: read(eight, 'placed_at', 'UTC') }))
    expect(same.last).toEqual(first.last)
    const zoned = foldObservation(first, look({ read: read(eight, 'placed_at', 'Europe/Berlin') }))
    expect(zoned).toMatchObject({ last: { at: eight }, readBy: { zone: { name: 'Europe/Berlin' } } })
    expect(foldObservation(first, look({ read: read(null, 'sent_at', 'UTC') })).last).toBeNull()
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

test('a partitioned table that is looked at for the first time says so, also where some partitions are empty', () => {
  const part = (name: string, reason: FreshnessReason) => ({
    observation: { ...observation, name },
    finding: { last: null, quietSince: nine, reason, partitions: 0 },
  })
  expect(rollUp([part('p1', 'empty'), part('p2', 'first-check')]).reason).toBe('first-check')
  expect(rollUp([part('p1', 'empty'), part('p2', 'no-change-seen')]).reason).toBe('no-change-seen')
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
  const column = (name: string, indexed = false, type: TimeColumn['type'] = 'timestamptz') => ({
    name,
    type,
    indexed,
    partitionKey: false,
  })
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

  test('of what is to come, holds or was long ago is never chosen by itself', () => {
    const others = [
      'due_on',
      'due_date',
      'dueDate',
      'expires_at',
      'ExpiryDate',
      'valid_until',
      'valid_to',
      'birth_date',
      'dob',
    ]
    const more = ['birthdate', 'scheduled_for', 'start_date', 'enddate', 'period_end', 'starts_at', 'next_run']
    for (const name of [...others, ...more]) expect(chosen([column(name, true)])).toBeUndefined()
    for (const name of ['started_at', 'placed_at', 'tolled_at']) expect(chosen([column(name, true)])).toBe(name)
    expect(chosen([column('due_on', true)], { chosen: 'due_on' })).toBe('due_on')
    expect(chosen([column('due_on', true)], { preferred: ['due_on'] })).toBe('due_on')
  })

  test('may be the key of partitions without an index', () => {
    expect(chosen([{ ...column('happened'), partitionKey: true }, column('other')])).toBe('happened')
    expect(chosen([{ ...column('due_on'), partitionKey: true }])).toBeUndefined()
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
  const moment = { now: ten, counts: true, commitTimestamps: false, tailReads: true, timezone: 'Asia/Tokyo' }
  const options = { reads: 'changed', chosen: null, preferred: [], timezone: null } as const
  const timed = (name: string, indexed: boolean): TableObservation => ({
    ...observation,
    columns: [{ name, type: 'timestamptz', indexed, partitionKey: false }],
  })
  const by = (table: TableObservation, more: Partial<typeof moment> = {}) => {
    const plan = planRead(table, null, { ...moment, ...more }, options)
    return plan.kind === 'read' ? [plan.request.by, plan.request.commitTimestamps] : plan.kind
  }

  test('goes by an index, else by the last pages, and not at all where neither bounds it', () => {
    expect(by(timed('updated_at', true))).toEqual(['index', false])
    expect(by(timed('updated_at', false))).toEqual(['tail', false])
    expect(by(timed('updated_at', false), { tailReads: false })).toBe('none')
    expect(by(observation)).toBe('none')
  })

  test('takes times without a time zone for those of the source, unless a person said otherwise', () => {
    const naive: TableObservation = {
      ...observation,
      columns: [{ name: 'updated_at', type: 'timestamp', indexed: true, partitionKey: false }],
    }
    const plan = planRead(naive, null, moment, options)
    expect(plan).toMatchObject({ request: { timezone: 'Asia/Tokyo' }, zone: { name: 'Asia/Tokyo', assumed: true } })
    const said = planRead(naive, null, moment, { ...options, timezone: 'Europe/Berlin' })
    expect(said).toMatchObject({ request: { timezone: 'Europe/Berlin' }, zone: { assumed: false } })
    expect(planRead(timed('updated_at', true), null, moment, options)).toMatchObject({ zone: null })
  })

  test('asks for commits where they are kept, unless a column tells changes better', () => {
    expect(by(observation, { commitTimestamps: true })).toEqual(['tail', true])
    expect(by(timed('placed_at', true), { commitTimestamps: true })).toEqual(['tail', true])
    expect(by(timed('updated_at', true), { commitTimestamps: true })).toEqual(['index', false])
  })

  test('leaves alone what did not change, what was not asked for, and what may not be read', () => {
    const table = timed('updated_at', true)
    expect(planRead(table, memory(), moment, options).kind).toBe('none')
    expect(planRead(table, memory(), moment, { ...options, reads: 'always' }).kind).toBe('read')
    expect(planRead(table, null, moment, { ...options, reads: 'never' }).kind).toBe('none')
    expect(planRead({ ...table, readable: false }, null, moment, options).kind).toBe('refused')
    expect(planRead({ ...table, storage: 'view' }, null, moment, options).kind).toBe('none')
  })
  test('is done again without a change where a person says another column or zone, and once', () => {
    const table: TableObservation = {
      ...observation,
      columns: ['updated_at', 'placed_at'].map((name) => ({
        name,
        type: 'timestamp',
        indexed: true,
        partitionKey: false,
      })),
    }
    type Said = { chosen?: string; timezone?: string }
    const after = (before: Said | undefined, now: Said) => {
      const zone = (said: Said) => ({ name: said.timezone ?? 'Asia/Tokyo', assumed: said.timezone === undefined })
      const readBy = before && {
        column: before.chosen ?? 'updated_at',
        chosen: before.chosen !== undefined,
        zone: zone(before),
      }
      return planRead(table, memory(readBy && { readBy }), moment, { ...options, ...now }).kind
    }
    expect(after({}, { chosen: 'placed_at' })).toBe('read')
    expect(after({}, { chosen: 'updated_at' })).toBe('read')
    expect(after({}, { timezone: 'Europe/Berlin' })).toBe('read')
    expect(after({ timezone: 'Europe/Berlin' }, { timezone: 'UTC' })).toBe('read')
    expect(after({ chosen: 'placed_at' }, {})).toBe('read')
    expect(after({ chosen: 'placed_at', timezone: 'UTC' }, { chosen: 'placed_at', timezone: 'UTC' })).toBe('none')
    expect(after({}, { chosen: 'gone' })).toBe('none')
    // Nobody noted by what it was read.
    expect(after(undefined, {})).toBe('none')
    expect(after(undefined, { timezone: 'UTC' })).toBe('read')
    const unreadable = { ...table, readable: false }
    expect(planRead(unreadable, memory(), moment, { ...options, chosen: 'placed_at' }).kind).toBe('none')
  })
})
