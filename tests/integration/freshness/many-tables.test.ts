import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type JobAnswer, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

const tables = 250
let product: Product
let sourceUrl: string

beforeAll(async () => {
  product = await startProduct()
  sourceUrl = await createDatabase()
  await inSource(
    sourceUrl,
    `do $$ begin
      for n in 1..${tables} loop
        execute format('create table t%s (id int, updated_at timestamptz)', n);
        execute format('create index on t%s (updated_at)', n);
        execute format('insert into t%s values (1, ''2026-01-01 00:00Z''::timestamptz + %s * interval ''1 minute'')', n, n);
      end loop;
    end $$`,
  )
  await product.startWorker()
}, 120_000)
afterAll(() => product.stop())

async function run(type: string, assetId: string, config: object = {}): Promise<JobAnswer> {
  const { id } = await product.start(type, assetId, config)
  await expect.poll(async () => (await product.job(id)).status, { timeout: 60_000 }).not.toMatch(/pending|running/)
  return product.job(id)
}

async function roleWith(sessions: number): Promise<string> {
  const role = `many_${crypto.randomUUID().slice(0, 8)}`
  await inSource(
    sourceUrl,
    `create role ${role} login password 'pw' connection limit ${sessions}; grant select on all tables in schema public to ${role}`,
  )
  return Object.assign(new URL(sourceUrl), { username: role, password: 'pw' }).href
}

test.each([
  { sessions: 5, name: 'shared by two sessions' },
  { sessions: 1, name: 'read by one session where the role may have no more' },
])('many tables are $name', async ({ sessions, name }) => {
  const { id, rootAssetId } = await product.connect(name, await roleWith(sessions))
  await run('schema_discovery', rootAssetId, { followUps: [] })
  const job = await run('freshness_check', rootAssetId)
  expect(job).toMatchObject({ status: 'completed', error: null, counts: { tables, read: tables, failed: 0 } })
  const { body: logs } = await product.gateway.call('GET', `/jobs/${job.id}/logs`)
  const observed = logs.items.flatMap(({ message }: { message: string }) => /^Observed (\d+)/.exec(message)?.[1] ?? [])
  expect(observed).toEqual(sessions === 1 ? ['250'] : ['125', '125'])
  const newest = async (table: string) => {
    const { body } = await product.gateway.call('GET', `/assets?connectionId=${id}&q=public.${table}&limit=200`)
    const asset = body.items.find((one: { name: string }) => one.name === table)
    return (await product.gateway.call('GET', `/assets/${asset.id}/freshness`)).body.lastUpdate.at
  }
  expect(await newest('t1')).toBe('2026-01-01T00:01:00.000Z')
  expect(await newest(`t${tables}`)).toBe('2026-01-01T04:10:00.000Z')
})
