import { assert, asyncProperty } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { inSource } from '../../support/source.ts'
import { arrange, type Arrangement } from '../jobs/arrange.ts'
import { connectSource } from './discover-source.ts'
import { expectedChanges } from './expected-changes.ts'
import { apply, arbitrarySteps, emptyModel, quote, schemas, setup, type Model, type Step } from './random-ddl.ts'

let at: Arrangement
let url: string
beforeAll(async () => {
  at = await arrange()
  url = await createDatabase()
})
afterAll(() => at.db.destroy())

const { PLUMBLINE_PROPERTY_SEED: seed, PLUMBLINE_PROPERTY_RUNS: runs } = process.env

/** A starting point to change: without it most runs would have nothing to rename. */
const first: Step[] = [0, 1, 2, 3].map((n) => ({ operation: 'create table', pick: n, other: n, more: n }))

async function change(model: Model, steps: readonly Step[]): Promise<void> {
  const statements = steps.flatMap((step) => apply(model, step) ?? [])
  if (statements.length > 0) await inSource(url, statements.join(';\n'))
}

test('the changes found are the changes made, whatever they are', { timeout: 120_000 }, async () => {
  const property = asyncProperty(arbitrarySteps(25), arbitrarySteps(25), async (some, more) => {
    await inSource(
      url,
      `drop schema public cascade; create schema public;
       ${schemas.map((schema) => `drop schema if exists ${quote(schema)} cascade`).join(';')}; ${setup}`,
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
        return `${kind} ${place}${column === null ? '' : ` ${column}`}`
      })
      // A column that was dropped and added again stands at the end: moved it has, which column counts as moved is a choice.
      expect(found.filter((one) => !one.startsWith('column_moved')).toSorted()).toEqual(expectedChanges(before, model))
    }
  })
  // Without a seed of one's own the same statements every time; what fails is made smaller only for who looks for it.
  await assert(property, { numRuns: Number(runs ?? 10), seed: Number(seed ?? 5), endOnFailure: seed === undefined })
})
