import type { ColumnDocument, IndexDocument, KeyDocument, RelationDocument, SchemaChange } from '@plumbline/workflows'
import { columnDocument as column, relationDocument as document } from '@plumbline/workflows/testing/relation-document'
import { describe, expect, test } from 'vitest'
import { diffRelation, diffSchema, type Identity, type RelationState } from './diff-catalog.ts'

const state = (relation: RelationDocument | null, more: Partial<RelationState> = {}): RelationState => ({
  schema: 'sales',
  name: 'orders',
  kind: 'table',
  document: relation,
  ...more,
})

const diff = (before: RelationDocument, after: RelationDocument, identity: Identity = 'same') =>
  diffRelation({ identity, before: state(before), after: state(after) })

const short = (changes: SchemaChange[]) =>
  changes.map(({ kind, column: name, before, after, breaking }) => [kind, name, before, after, breaking])

describe('columns', () => {
  const two = document([column(1, 'id'), column(2, 'total')])

  test('are the same by identity: a rename is one change', () => {
    const after = document([column(1, 'id'), column(2, 'amount')])
    expect(short(diff(two, after))).toEqual([['column_renamed', 'amount', 'total', 'amount', true]])
  })

  test('that swapped their names are two renames', () => {
    const after = document([column(1, 'total'), column(2, 'id')])
    expect(short(diff(two, after))).toEqual([
      ['column_renamed', 'total', 'id', 'total', true],
      ['column_renamed', 'id', 'total', 'id', true],
    ])
  })

  test('of a relation that was created again are told by name', () => {
    const after = document([column(1, 'total'), column(2, 'note')])
    expect(short(diff(two, after, 'unknown'))).toEqual([
      ['column_removed', 'id', 'text', null, true],
      ['column_added', 'note', null, 'text', false],
    ])
  })

  test('replaced by a new one of their name are a change of that column', () => {
    const after = document([
      column(1, 'id'),
      column(3, 'total', { nativeType: 'bigint', type: 'integer', position: 2 }),
    ])
    expect(short(diff(two, after))).toEqual([['type_changed', 'total', 'text', 'bigint', true]])
  })

  test('report each property once, and what of it breaks', () => {
    const before = document([column(1, 'id', { nativeType: 'integer', type: 'integer', default: '1', comment: 'old' })])
    const after = document([
      column(1, 'id', { nativeType: 'bigint', type: 'integer', nullable: false, comment: 'new', identity: 'always' }),
    ])
    expect(short(diff(before, after))).toEqual([
      ['type_changed', 'id', 'integer', 'bigint', false],
      ['nullability_changed', 'id', 'nullable', 'not null', true],
      ['default_changed', 'id', '1', null, false],
      ['generation_changed', 'id', null, 'generated always as identity', true],
      ['comment_changed', 'id', 'old', 'new', false],
    ])
  })

  test('added break writers only when they need a value and have none', () => {
    const added = (more: Partial<ColumnDocument>) => diff(document([]), document([column(1, 'c', more)]))[0]?.breaking
    expect(added({})).toBe(false)
    expect(added({ nullable: false })).toBe(true)
    expect(added({ nullable: false, default: '0' })).toBe(false)
    expect(added({ nullable: false, identity: 'by_default' })).toBe(false)
  })

  test('that moved are the fewest that explain the order', () => {
    const names = ['a', 'b', 'c', 'd']
    const before = document(names.map((name, index) => column(index + 1, name)))
    const order = ['d', 'a', 'b', 'c']
    const after = document(order.map((name, index) => column(index + 10, name, { position: index + 1 })))
    expect(short(diff(before, after, 'unknown'))).toEqual([['column_moved', 'd', 'position 4', 'position 1', false]])
  })

  test('behind a removed one have not moved', () => {
    const before = document([column(1, 'a'), column(2, 'b'), column(3, 'c')])
    const after = document([column(2, 'b', { position: 1 }), column(3, 'c', { position: 2 })])
    expect(short(diff(before, after))).toEqual([['column_removed', 'a', 'text', null, true]])
  })
})

describe('keys and indexes', () => {
  const key = (name: string, more: Partial<KeyDocument> = {}): KeyDocument => ({
    kind: 'primary',
    name,
    columns: ['id'],
    definition: 'PRIMARY KEY (id)',
    references: null,
    ...more,
  })
  const index = (name: string, definition: string): IndexDocument => ({
    name,
    columns: ['id'],
    unique: false,
    primary: false,
    method: 'btree',
    definition,
  })
  const withKeys = (...keys: KeyDocument[]) => document([], { keys })
  const withIndexes = (...indexes: IndexDocument[]) => document([], { indexes })

  test('that identify rows break when they go, others do not', () => {
    const check = key('positive', { kind: 'check', definition: 'CHECK (id > 0)' })
    expect(short(diff(withKeys(key('pk'), check), withKeys()))).toEqual([
      ['key_removed', null, 'pk: PRIMARY KEY (id)', null, true],
      ['key_removed', null, 'positive: CHECK (id > 0)', null, false],
    ])
  })

  test('renamed are changed, without breaking', () => {
    expect(short(diff(withKeys(key('a')), withKeys(key('b'))))).toEqual([
      ['key_changed', null, 'a: PRIMARY KEY (id)', 'b: PRIMARY KEY (id)', false],
    ])
  })

  test('that point to a table created again under its name are the same', () => {
    const pointing = (externalId: string) =>
      withKeys(key('fk', { kind: 'foreign', references: { externalId, columns: ['id'] } }))
    expect(diff(pointing('r:1'), pointing('r:2'))).toEqual([])
  })

  test('of a renamed table are the same: its name in their definition is not theirs', () => {
    const before = withIndexes(index('i', 'CREATE INDEX i ON sales.orders USING btree (id)'))
    const after = withIndexes(index('i', 'CREATE INDEX i ON sales.bookings USING btree (id)'))
    expect(diff(before, after)).toEqual([])
  })

  test('of renamed columns are the same, also where two swapped their names', () => {
    const named = (first: string, second: string): RelationDocument =>
      document([column(1, first), column(2, second)], {
        keys: [key('u', { kind: 'unique', columns: [first], definition: `UNIQUE (${first})` })],
        indexes: [
          index('i', `CREATE INDEX i ON s.t USING btree (lower(${second}), ${first}) WHERE (${first} <> 'a'::text)`),
        ],
      })
    expect(diff(named('a', 'b'), named('b', 'a')).map(({ kind }) => kind)).toEqual(['column_renamed', 'column_renamed'])
    expect(diff(named('a', 'b'), named('"A x"', 'b')).map(({ kind }) => kind)).toContain('column_renamed')
  })

  test('that point to a renamed table are the same, to another column are not', () => {
    const pointing = (definition: string) =>
      withKeys(key('fk', { kind: 'foreign', definition, references: { externalId: 'r:1', columns: ['id'] } }))
    const first = pointing('FOREIGN KEY (a) REFERENCES s.old(id) ON DELETE CASCADE')
    expect(diff(first, pointing('FOREIGN KEY (a) REFERENCES s."new (2)"(id) ON DELETE CASCADE'))).toEqual([])
    expect(diff(first, pointing('FOREIGN KEY (a) REFERENCES s.old(key) ON DELETE CASCADE'))).toHaveLength(1)
    expect(diff(first, pointing('FOREIGN KEY (a) REFERENCES s.old(id)'))).toHaveLength(1)
  })

  test('changed in their condition are changed', () => {
    const definition = 'CREATE INDEX i ON sales.orders USING btree (id)'
    const after = `${definition} WHERE (id > 0)`
    expect(short(diff(withIndexes(index('i', definition)), withIndexes(index('i', after))))).toEqual([
      ['index_changed', null, definition, after, false],
    ])
  })

  test('that carry a key of their name are reported as the key', () => {
    const carrier = {
      ...index('pk', 'CREATE UNIQUE INDEX pk ON sales.orders USING btree (id)'),
      unique: true,
      primary: true,
    }
    const after = document([], { keys: [key('pk')], indexes: [carrier] })
    expect(diff(document([]), after).map(({ kind }) => kind)).toEqual(['key_added'])
  })
})

describe('relations', () => {
  test('renamed and moved, of the same structure', () => {
    const changes = diffRelation({
      identity: 'same',
      before: state(null),
      after: state(null, { schema: 'archive', name: 'old_orders' }),
    })
    expect(short(changes)).toEqual([
      ['table_moved', null, 'sales', 'archive', true],
      ['table_renamed', null, 'orders', 'old_orders', true],
    ])
  })

  test('of another kind under the same name', () => {
    const changes = diffRelation({
      identity: 'other',
      before: state(document([]), { kind: 'materialized_view' }),
      after: state(document([]), { kind: 'view' }),
    })
    expect(short(changes)).toEqual([['definition_changed', null, 'materialized view', 'view', false]])
  })

  test('that nothing happened to have no changes', () => {
    const same = document([column(1, 'id')], { comment: 'a table', partition: 'RANGE (id)' })
    expect(diff(same, structuredClone(same))).toEqual([])
  })

  test('that were created again hold other rows, if they hold any', () => {
    const again = (kind: RelationState['kind']) =>
      diffRelation({
        identity: 'other',
        before: state(null, { kind }),
        after: state(null, { kind }),
      })
    const [change, ...more] = again('table')
    expect(more).toEqual([])
    expect(change).toMatchObject({
      kind: 'table_recreated',
      before: 'sales.orders, the old one',
      after: 'sales.orders, the new one',
      breaking: false,
      reason: expect.stringMatching(/its rows are new/),
    })
    expect(again('materialized_view')).toHaveLength(1)
    expect(again('view')).toEqual([])
  })
})

test('schemas are renamed and commented', () => {
  const changes = diffSchema({ before: { name: 'a', comment: null }, after: { name: 'b', comment: 'sales' } })
  expect(short(changes)).toEqual([
    ['schema_renamed', null, 'a', 'b', true],
    ['comment_changed', null, null, 'sales', false],
  ])
})
