import { expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { read } from './catalog.ts'
import { execute } from './source-database.ts'

test('names that hold a dot or a wildcard are written in quotes, and are no other names', async () => {
  const odd = await createDatabase()
  await execute(
    odd,
    `create schema "a.b"; create schema a; create table "a.b".c (i int); create table a."b.c" (i int);
     create table a."50*" (i int); create table a."50_off" (i int)`,
  )
  const names = async (include: string[]) => {
    const { relations, warnings } = await read(odd, { scope: { include } })
    expect(warnings).toEqual([])
    return [...relations.values()].map(({ schema, name }) => `${schema}/${name}`).toSorted()
  }
  expect(await names(['"a.b".c'])).toEqual(['a.b/c'])
  expect(await names(['a."b.c"'])).toEqual(['a/b.c'])
  expect(await names(['*.c'])).toEqual(['a.b/c'])
  expect(await names(['a."50*"'])).toEqual(['a/50*'])
  expect(await names(['a.50*'])).toEqual(['a/50*', 'a/50_off'])
})
