import { openDatabase } from '@plumbline/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { addEndedDiscovery } from '../../support/ended-discovery.ts'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

const hour = 3_600_000
let gateway: TestGateway
let ofTable: string
/** One database with 2,000 tables of which jobs have the names, all but alike, and a job on one of them. */
beforeAll(async () => {
  const databaseUrl = await createRecord()
  const namespace = await createNamespace()
  gateway = await startTestGateway({ databaseUrl, temporalAddress: inject('temporalAddress'), namespace })
  const settings = { host: '127.0.0.1', database: 'shop', user: 'reader' }
  const asked = { name: 'Web shop', kind: 'postgres', settings, credentials: { password: 'x' } }
  const { body } = await gateway.call('POST', '/connections', asked)
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'test' })
  await sql`
    insert into asset (id, organization_id, connection_id, parent_id, database_id, kind, name, qualified_name, external_id)
    select gen_random_uuid(), a.organization_id, a.connection_id, a.id, a.id, 'table', 'orders_' || lpad(n::text, 4, '0'),
      a.qualified_name || '.public.orders_' || lpad(n::text, 4, '0'), 't' || n
    from asset a, generate_series(0, 1999) n where a.id = ${body.rootAssetId}::uuid`.execute(db)
  await sql`
    insert into job_asset_name (organization_id, database_id, asset_id, name)
    select organization_id, database_id, id, lower(qualified_name) from asset where kind = 'table'`.execute(db)
  const { id } = await db.selectFrom('asset').select('id').where('name', '=', 'orders_1234').executeTakeFirstOrThrow()
  ofTable = await addEndedDiscovery(db, id, { createdAt: Date.now() - hour, seconds: 3 })
  await addEndedDiscovery(db, body.rootAssetId, { createdAt: Date.now() - 2 * hour, seconds: 3 })
  await db.destroy()
})
afterAll(() => gateway.stop())

test.each([
  ['as it is', 'orders_1234'],
  ['mistyped, among thousands that are as like', 'ordesr_1234'],
  ['with where it lies', 'public.orders_1234'],
])('a table is found by its name: %s', async (_, name) => {
  const { body } = await gateway.call('POST', '/ask', { question: `Show me jobs on ${name}` })
  expect(body).toMatchObject({ jobs: [ofTable], interpretation: { text: expect.stringContaining('orders_1234') } })
})

test('a word that thousands of names have leads to a choice', async () => {
  const { body } = await gateway.call('POST', '/ask', { question: 'Show me jobs on orders' })
  expect(body).toMatchObject({ jobs: [], declined: false })
  expect(body.choices.length).toBeGreaterThan(1)
})

test('a name that nothing is like is said', async () => {
  const { body } = await gateway.call('POST', '/ask', { question: 'Show me jobs on elsewhere' })
  expect(body.answer).toContain('Nothing is called **elsewhere**')
})
