import { openDatabase } from '@plumbline/store'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { inSource, manyTables } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

const tables = 30

let product: Product
let sourceUrl: string
beforeAll(async () => {
  product = await startProduct()
  await product.startWorker()
  sourceUrl = await createDatabase()
  await inSource(sourceUrl, manyTables(tables))
})
afterAll(() => product.stop())

const statusOf = (id: string) => async () => (await product.job(id)).status

async function inRecord(statement: string): Promise<void> {
  const client = new Client({ connectionString: product.databaseUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}

test('a discovery whose store failed goes on from there, without looking at the source again', async () => {
  const shop = await product.connect('shop', sourceUrl)
  // The record refuses new assets: the source is read, and storing it is tried again and again.
  await inRecord(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
    create trigger refuse before insert on asset for each row when (new.kind = 'table') execute function refuse()`)
  const { id } = await product.start('schema_discovery', shop.rootAssetId, { followUps: [] })
  const storing = async () => (await product.gateway.call('GET', `/jobs/${id}`)).body.steps[3]
  await expect.poll(storing).toMatchObject({ status: 'running', lastError: 'no room' })
  await product.gateway.call('POST', `/jobs/${id}/cancel`, {})
  await expect.poll(statusOf(id)).toBe('cancelled')

  await inRecord('drop trigger refuse on asset')
  // Nobody listens there: the next attempt would fail if it connected.
  await product.gateway.call('PATCH', `/connections/${shop.id}`, { settings: { port: 1 } })
  const retry = await product.gateway.call('POST', `/jobs/${id}/retry`, { mode: 'from_failure' })
  expect(retry).toMatchObject({ status: 201, body: { attempt: 2, retryOf: id } })
  await expect.poll(statusOf(retry.body.id)).toBe('completed')
  const { body } = await product.gateway.call('GET', `/jobs/${retry.body.id}`)
  expect(body.steps.map((step: { takenOverFrom: string | null }) => step.takenOverFrom)).toEqual([
    id,
    id,
    id,
    null,
    null,
  ])
  expect(body.counts).toMatchObject({ tables })
  expect(await assetsOf(shop.id)).toBe(tables)
})

async function assetsOf(connectionId: string): Promise<number> {
  const db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'test' })
  const row = await db
    .selectFrom('asset')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('connection_id', '=', connectionId)
    .where('kind', '=', 'table')
    .executeTakeFirstOrThrow()
  await db.destroy()
  return row.n
}

test('a retry that cannot go on from the failure says why', async () => {
  const { rootAssetId } = await product.connect('closed', sourceUrl, { settings: closedPort() })
  const { id } = await product.start('schema_discovery', rootAssetId)
  await expect.poll(statusOf(id)).toBe('failed')
  const { body } = await product.gateway.call('GET', `/jobs/${id}`)
  expect(body.actions.retryFromFailure).toEqual({
    allowed: false,
    reason: 'No step of it had finished: retry it from the start',
  })
  const answer = await product.gateway.call('POST', `/jobs/${id}/retry`, { mode: 'from_failure' })
  expect(answer).toMatchObject({
    status: 409,
    body: { code: 'job-not-retryable', detail: expect.stringMatching(/^No step/) },
  })
})

const closedPort = () => ({ host: '127.0.0.1', port: 1, database: 'shop', user: 'reader' })
