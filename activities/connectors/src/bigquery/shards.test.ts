import { expect, test } from 'vitest'
import { askedTable, foldShards, shardPrefix, type ListedRelation } from './shards.ts'

test.each([
  ['events_20240131', 'events_'],
  ['ga_sessions_20240229', 'ga_sessions_'],
  ['events20240131', 'events'],
  ['events_20230229', null],
  ['events_20241301', null],
  ['orders_12345678', null],
  ['events_202401311', null],
  ['20240131', null],
  ['events_00010101', null],
])('%s is a shard of %s', (name, prefix) => {
  expect(shardPrefix(name)).toBe(prefix)
})

const listed = (name: string, created: number, type = 'TABLE', schema = 'web'): ListedRelation => ({
  schema,
  name,
  created,
  type,
  shards: null,
})

test('tables of one a day are one relation, asked about by the newest', () => {
  const folded = foldShards([
    listed('events_20240102', 2),
    listed('events_20240101', 1),
    listed('events_intraday', 3),
    listed('alone_20240101', 4),
    listed('events_20240103', 5, 'VIEW'),
    listed('events_20240101', 6, 'TABLE', 'shop'),
  ])
  expect(folded.map(({ schema, name }) => `${schema}.${name}`).toSorted()).toEqual([
    'shop.events_20240101',
    'web.alone_20240101',
    'web.events_*',
    'web.events_20240103',
    'web.events_intraday',
  ])
  const events = folded.find(({ name }) => name === 'events_*')
  expect(events).toMatchObject({ created: 1, shards: ['events_20240101', 'events_20240102'] })
  expect(events && askedTable(events)).toBe('events_20240102')
})
