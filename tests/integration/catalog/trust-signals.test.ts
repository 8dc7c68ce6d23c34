import { acceptBaseline, trustSignals } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, type Arrangement } from '../jobs/arrange.ts'
import { addSource, table, type Source } from './catalog-fixture.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const orders = table(1, 'sales/orders', ['id', 'total'])
const staff = table(3, 'hr/staff', ['id', 'name'])

/** The signals of an asset by its qualified name. */
async function signalsOf(source: Source, qualifiedName: string) {
  const asset = await at.db
    .selectFrom('asset')
    .select(['id', 'kind', 'connection_id as connectionId', 'schema_id as schemaId', 'database_id as databaseId'])
    .where('connection_id', '=', source.connectionId)
    .where('qualified_name', '=', qualifiedName)
    .executeTakeFirstOrThrow()
  return trustSignals(at.db, at.actor.organizationId, asset, new Date(0))
}

test('an accepted snapshot settles the breaking changes that it looked at and that were there by then', async () => {
  const source = await addSource(at)
  const breaking = async (name = 'shop') => (await signalsOf(source, name)).breakingChanges
  const accept = async ({ jobId }: { jobId: string }) => {
    const asset = { id: source.databaseId, connectionId: source.connectionId }
    expect(await acceptBaseline(at.db, at.actor, asset, jobId)).toBe('accepted')
  }
  await source.discover({ relations: [orders, staff] })
  const broken = [table(1, 'sales/orders', ['id']), table(3, 'hr/staff', ['id'])]
  const wide = await source.discover({ relations: broken })
  expect(wide.changes).toHaveLength(2)
  expect(await breaking()).toBe(2)

  const narrow = await source.discover({ scope: { schemas: ['sales'] }, relations: broken.slice(0, 1) })
  await accept(narrow)
  expect(await breaking()).toBe(1)
  expect([await breaking('shop.hr'), await breaking('shop.hr.staff'), await breaking('shop.sales')]).toEqual([1, 1, 0])

  const locked = { externalId: 'r:3', schema: 'hr', name: 'staff', kind: 'table', why: 'locked' } as const
  await accept(await source.discover({ relations: broken.slice(0, 1), schemas: { hr: {} }, unread: [locked] }))
  expect(await breaking()).toBe(1)

  const later = await source.discover({ relations: [table(1, 'sales/orders', ['other']), ...broken.slice(1)] })
  const found = later.changes.filter((change) => change.endsWith('!')).length
  expect(found).toBeGreaterThan(0)
  await accept(later)
  expect(await breaking()).toBe(0)
  await accept(wide)
  expect(await breaking()).toBe(found)
})
