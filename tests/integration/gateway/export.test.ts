import { openDatabase } from '@plumbline/store'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { pastJobRow } from '../../support/past-job-row.ts'
import { createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

/** More than two pages of the export. */
const jobs = 2_345

let gateway: TestGateway
beforeAll(async () => {
  const databaseUrl = await createRecord()
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
  const { body } = await gateway.call('POST', '/connections', {
    name: 'Shop',
    kind: 'postgres',
    settings: { host: '127.0.0.1', database: 'shop', user: 'reader' },
    credentials: { password: 'x' },
  })
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'test' })
  const root = await db.selectFrom('asset').selectAll().where('id', '=', body.rootAssetId).executeTakeFirstOrThrow()
  const rows = Array.from({ length: jobs }, (_, n) => {
    const id = crypto.randomUUID()
    const at = new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 1000)
    return pastJobRow(root, {
      id,
      status: n % 5 === 0 ? 'failed' : 'cancelled',
      created_at: at,
      ended_at: at,
      message: n % 7 === 0 ? 'a "quoted", message' : 'plain',
    })
  })
  for (let from = 0; from < jobs; from += 500) {
    await db
      .insertInto('job')
      .values(rows.slice(from, from + 500))
      .execute()
  }
  await db.destroy()
})
afterAll(() => gateway.stop())

test('NDJSON holds every job of the filter once, with what the list shows', async () => {
  const { headers, body } = await gateway.call('GET', '/jobs/export?format=ndjson')
  expect(headers.get('content-type')).toContain('application/x-ndjson')
  const lines = String(body).trimEnd().split('\n')
  const exported = lines.map((line): { id: string; createdAt: string } => JSON.parse(line))
  expect(exported).toHaveLength(jobs)
  expect(new Set(exported.map((job) => job.id)).size).toBe(jobs)
  const times = exported.map((job) => job.createdAt)
  expect(times).toEqual(times.toSorted().toReversed())
  const [newest] = (await gateway.call('GET', '/jobs?limit=1')).body.items
  expect(exported[0]).toMatchObject(newest)
})

test('CSV has a header and one record a job of the filter', async () => {
  const { body } = await gateway.call('GET', '/jobs/export?format=csv&status=failed')
  const records = String(body).trimEnd().split('\r\n')
  expect(records[0]).toMatch(/^id,type,status,asset,/)
  expect(records).toHaveLength(1 + Math.ceil(jobs / 5))
  expect(records.filter((record) => record.includes('"a ""quoted"", message"')).length).toBeGreaterThan(0)
})

test('an unknown format is refused', async () => {
  expect((await gateway.call('GET', '/jobs/export?format=xml')).status).toBe(422)
})
