import { createJobLedger, listAudit } from '@plumbline/store'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase, type Database } from '@plumbline/store'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createNamespace } from '../../support/test-namespace.ts'
import { createRecord } from '../../support/test-database.ts'

let gateway: TestGateway
let db: Database
let connections = 0
beforeAll(async () => {
  const databaseUrl = await createRecord()
  db = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'test' })
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
})
afterAll(async () => {
  await gateway.stop()
  await db.destroy()
})

/** A running discovery with a running and a pending child; nobody works on them. */
async function family() {
  const { body: connection } = await gateway.call('POST', '/connections', {
    name: `Shop ${connections++}`,
    kind: 'postgres',
    settings: { host: '127.0.0.1', database: 'shop', user: 'reader' },
    credentials: { password: 'x' },
  })
  const request = { type: 'schema_discovery', assetId: connection.rootAssetId }
  const { body: parent } = await gateway.call('POST', '/jobs', request)
  const ledger = createJobLedger(db)
  await ledger.begin(parent.id)
  const [running = '', pending = ''] = await ledger.createChildren(parent.id, [
    { id: crypto.randomUUID(), type: 'tag_generation', config: { scope: 'all', sampleRows: 0 } },
    { id: crypto.randomUUID(), type: 'lineage_extraction', config: { scope: 'all' } },
  ])
  await ledger.begin(running)
  return { parent: String(parent.id), running, pending, ledger }
}

const stateOf = async (id: string) => {
  const { body } = await gateway.call('GET', `/jobs/${id}`)
  return [body.status, ...body.flags.filter((flag: string) => flag === 'cancelling')]
}

test('a cancel with the children reaches every active one, each with its audit entry', async () => {
  const { parent, running, pending } = await family()
  const answer = await gateway.call('POST', `/jobs/${parent}/cancel`, { reason: 'wrong source', children: true })
  expect(answer.status).toBe(202)
  expect(await stateOf(parent)).toEqual(['running', 'cancelling'])
  expect(await stateOf(running)).toEqual(['running', 'cancelling'])
  expect(await stateOf(pending)).toEqual(['cancelled'])
  const row = await db.selectFrom('job').select('organization_id').where('id', '=', parent).executeTakeFirstOrThrow()
  for (const targetId of [parent, running, pending]) {
    const entries = await listAudit(db, row.organization_id, { targetId, action: 'job.cancel', limit: 5 })
    expect(entries.map(({ reason }) => reason)).toEqual(['wrong source'])
  }
})

test('a cancel leaves the children alone unless it is told otherwise', async () => {
  const { parent, running, pending } = await family()
  await gateway.call('POST', `/jobs/${parent}/cancel`, {})
  expect([await stateOf(running), await stateOf(pending)]).toEqual([['running'], ['pending']])
})

test('the children of a job that has ended can still be cancelled with it', async () => {
  const { parent, running, pending, ledger } = await family()
  await ledger.end(parent, { kind: 'completed', message: 'done', counts: {} })
  expect((await gateway.call('POST', `/jobs/${parent}/cancel`, {})).status).toBe(409)
  expect((await gateway.call('POST', `/jobs/${parent}/cancel`, { children: true })).status).toBe(202)
  expect(await stateOf(pending)).toEqual(['cancelled'])
  await ledger.end(running, { kind: 'cancelled' })
  const late = await gateway.call('POST', `/jobs/${parent}/cancel`, { children: true })
  expect(late).toMatchObject({ status: 409, body: { code: 'job-already-ended' } })
})
