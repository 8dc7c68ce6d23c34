import { expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { read } from './catalog.ts'
import { connectTo, execute } from './source-database.ts'

test('a relation that somebody holds is left out alone, with the views that read it', { timeout: 30_000 }, async () => {
  const url = await createDatabase()
  await execute(
    url,
    `create schema busy; create table busy.held (a int default 1); create table busy.free (a int default 1);
     create view busy.reads as select a from busy.held; create view busy.reads_view as select a from busy.reads;
     create materialized view busy.kept as select a from busy.held; create table other (a int default 2)`,
  )
  const before = await read(url)
  await using owner = await connectTo(url)
  await owner.client.query('begin; lock table busy.held in access exclusive mode')
  const held = await read(url)
  expect([...held.relations.keys()].toSorted()).toEqual(['busy.free', 'busy.reads_view', 'public.other'])
  expect(held.unread.map(({ name, why }) => `${name} ${why}`).toSorted()).toEqual([
    'held locked',
    'kept locked',
    'reads locked',
  ])
  expect(held.schemas.every(({ complete }) => complete)).toBe(true)
  expect(held.warnings.map(({ code, object }) => `${code} ${object}`).toSorted()).toEqual([
    'relation-locked busy.held',
    'relation-locked busy.kept',
    'relation-locked busy.reads',
  ])
  await owner.client.query('commit')
  const after = await read(url)
  expect(after.unread).toEqual([])
  expect(after.relations.size).toBe(before.relations.size)
})

test(
  'a schema stays incomplete, and says what to do, when what is locked is no relation of it',
  { timeout: 60_000 },
  async () => {
    const url = await createDatabase()
    await execute(
      url,
      `create schema busy; create table busy.a (i int default 1); create table busy.b (i int default 1)`,
    )
    await using owner = await connectTo(url)
    await owner.client.query('begin; lock table pg_catalog.pg_attrdef in access exclusive mode')
    const { schemas, warnings } = await read(url)
    await owner.client.query('rollback')
    expect(schemas.filter(({ name }) => name === 'busy')).toMatchObject([{ complete: false }])
    expect(warnings.find(({ code, object }) => code === 'schema-unreadable' && object === 'busy')?.message).toMatch(
      /nothing counts as removed from it: .*lock timeout.* discover again when they are gone\.$/s,
    )
  },
)

test('a relation that is known and was renamed out of what is looked at is told as there', async () => {
  const url = await createDatabase()
  await execute(url, 'create schema one; create schema two; create table one.a (i int); create table one.gone (i int)')
  const known = new Map([...(await read(url)).relations.values()].map((one) => [one.externalId, one.sourceFingerprint]))
  await execute(url, 'alter table one.a set schema two; drop table one.gone')
  const part = await read(url, { known, scope: { include: ['one.*'] } })
  expect(part.unread).toMatchObject([{ schema: 'two', name: 'a', kind: 'table', why: 'outside' }])
  expect(part.warnings.map(({ code, object }) => `${code} ${object}`)).toContain('relation-outside two.a')
  expect((await read(url, { known })).unread).toEqual([])
})
