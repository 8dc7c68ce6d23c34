import { changeKinds, type ChangeKind } from '@plumbline/workflows'
import { assert, asyncProperty } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { inSource } from '../../support/source.ts'
import { arrange, type Arrangement } from '../jobs/arrange.ts'
import { connectSource } from './discover-source.ts'
import { expectedChanges } from './expected-changes.ts'
import {
  apply,
  arbitrarySteps,
  emptyModel,
  operations,
  quote,
  schemas,
  setup,
  type Model,
  type Step,
} from './random-ddl.ts'

let at: Arrangement
let url: string
beforeAll(async () => {
  at = await arrange()
  url = await createDatabase()
})
afterAll(() => at.db.destroy())

const { PLUMBLINE_PROPERTY_SEED: seed, PLUMBLINE_PROPERTY_RUNS: runs } = process.env

/** A starting point to change: without it most runs would have nothing to rename. */
const begin = [
  ...(['create table', 'create table', 'create table', 'create table', 'create view', 'create view'] as const),
  ...(['create schema', 'create schema', 'create schema', 'create partition', 'add key', 'add key'] as const),
  ...(['add index', 'add index'] as const),
]
const first = begin.map((operation, n): Step => ({ operation, pick: n % 4, other: n % 4, more: n % 4 }))

/** Each operation once, at another table each time: what is made of them is made in every run of the test. */
const each = (from: number): Step[] =>
  operations.map((operation, n) => ({ operation, pick: from + n, other: from, more: from + 1 }))

/** What needs something to be there, at the first table, whose one column is a number. */
const ofFirst = {
  before: stepsOf('add key', 'add index', 'change default'),
  after: stepsOf('rename key', 'rename index', 'change default', 'change identity', 'drop and create table'),
}

function stepsOf(...names: Step['operation'][]): Step[] {
  return names.map((operation) => ({
    operation,
    pick: operation === 'drop and create table' ? 1 : 0,
    other: 0,
    more: 0,
  }))
}

/** Empty ones that the round before left. */
const dropLeftSchemas = `do $$ declare name text; begin
  for name in select nspname from pg_namespace where nspname ~ '^s[0-9]+$' loop execute format('drop schema %I', name); end loop;
end $$`

/** Nothing that is done here is one of these. */
const notMade: readonly ChangeKind[] = ['database_rebuilt']

async function change(model: Model, steps: readonly Step[]): Promise<void> {
  const statements = steps.flatMap((step) => apply(model, step) ?? [])
  if (statements.length > 0) await inSource(url, statements.join(';\n'))
}

test('the changes found are the changes made, whatever they are', { timeout: 240_000 }, async () => {
  const made = new Set<ChangeKind>()
  const property = asyncProperty(arbitrarySteps(25), arbitrarySteps(25), async (some, more) => {
    await inSource(
      url,
      `drop schema public cascade; create schema public;
       ${schemas.map((schema) => `drop schema if exists ${quote(schema)} cascade`).join(';')}; ${dropLeftSchemas}; ${setup}`,
    )
    const model = emptyModel()
    await change(model, first)
    const source = await connectSource(at, url)
    expect((await source.discover()).changes).toEqual([])
    for (const steps of [some, more, []]) {
      const before = structuredClone(model)
      await change(model, steps)
      const { changes } = await source.discover({ config: { maxRemovedShare: 1 } })
      const database = new URL(url).pathname.slice(1)
      const found = changes.map(({ kind, asset, column }) => {
        const place = asset.qualifiedName.slice(database.length + 1).replace('"Beta ""2"""', 'Beta "2"')
        // Which of the columns counts as moved is a choice.
        return `${kind} ${place}${column === null || kind === 'column_moved' ? '' : ` ${column}`}`
      })
      for (const { kind } of changes) made.add(kind)
      expect(found.toSorted()).toEqual(expectedChanges(before, model))
    }
  })
  // Without a seed of one's own the same statements every time; what fails is made smaller only for who looks for it.
  await assert(property, {
    numRuns: Number(runs ?? 10),
    seed: Number(seed ?? 5),
    endOnFailure: seed === undefined,
    ...(seed === undefined && {
      examples: [
        [each(0), each(1)],
        [ofFirst.before, ofFirst.after],
      ],
    }),
  })
  // Other statements need not make all of them.
  const missing = seed === undefined ? changeKinds.filter((kind) => !made.has(kind)) : notMade
  expect(missing).toEqual(notMade)
})
