import { newId, openDatabase } from '@plumbline/store'
import { sql } from 'kysely'
import { afterAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

const started: TestGateway[] = []
afterAll(() => Promise.all(started.map((gateway) => gateway.stop())))

test('gateways remove by themselves what is older than their settings say, and no more', async () => {
  const databaseUrl = await createRecord()
  const place = { databaseUrl, temporalAddress: inject('temporalAddress'), namespace: await createNamespace() }
  const keeping = await startTestGateway(place)
  started.push(keeping)
  const { body: connection } = await keeping.call('POST', '/connections', {
    name: 'Shop',
    kind: 'postgres',
    settings: { host: '127.0.0.1', database: 'shop', user: 'reader' },
    credentials: { password: 'x' },
  })
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'test' })
  await sql`
    insert into job (id, organization_id, type, status, connection_id, asset_id, database_id, asset_kind, asset_name,
      asset_qualified_name, database_name, config, trigger_kind, actor, root_job_id, created_at, ended_at)
    select made.id, organization_id, 'schema_discovery', 'cancelled', connection_id, asset.id, asset.id, kind, name, name, name, '{}',
      'manual', 'ann', made.id, now() - made.days * interval '1 day', now() - made.days * interval '1 day'
    from asset, (select gen_random_uuid() as id, n as days from generate_series(1, 400) n) made
    where asset.id = ${connection.rootAssetId}::uuid`.execute(db)
  await sql`
    insert into idempotency_key (organization_id, key, request_hash, created_at)
    select id, 'old-' || n, '\\x00', now() - interval '2 days' from organization, generate_series(1, 5000) n`.execute(
    db,
  )
  const jobs = async () => Number((await keeping.call('GET', '/jobs/counts')).body.all)
  expect(await jobs()).toBe(400)

  // Two at once: neither disturbs the other.
  const environment = { PLUMBLINE_RETENTION_JOBS_DAYS: '100' }
  started.push(
    ...(await Promise.all([startTestGateway({ ...place, environment }), startTestGateway({ ...place, environment })])),
  )
  await expect.poll(jobs).toBe(99)
  await expect.poll(async () => (await db.selectFrom('idempotency_key').select('key').execute()).length).toBe(0)
  const oldest = (await keeping.call('GET', '/jobs?order=asc&limit=1')).body.items[0]
  expect(Date.now() - Date.parse(oldest.createdAt)).toBeLessThan(100 * 86_400_000)
  expect((await keeping.call('GET', `/jobs/${newId()}`)).status).toBe(404)
  await db.destroy()
})
