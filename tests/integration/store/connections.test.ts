import { deleteConnection, findConnection, newId, updateConnection } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, type Arrangement } from '../jobs/arrange.ts'

let record: Arrangement
beforeAll(async () => {
  record = await arrange()
})
afterAll(async () => {
  await record.db.destroy()
})

test('changes of different settings in one moment are all kept', async () => {
  const { db, actor } = record
  const { connectionId } = await record.addConnection()
  const changes = [{ host: 'a.example' }, { port: 6000 }, { database: 'stock' }, { user: 'ann' }]
  await Promise.all(changes.map((settings) => updateConnection(db, actor, connectionId, { settings })))
  const connection = await findConnection(db, actor.organizationId, connectionId)
  expect(connection?.settings).toEqual({ host: 'a.example', port: 6000, database: 'stock', user: 'ann' })
})

test('of connections that take one name in the same moment, one gets it', async () => {
  const { db, actor } = record
  const made = await Promise.all(Array.from({ length: 5 }, () => record.addConnection()))
  const saved = await Promise.all(
    made.map(({ connectionId }) => updateConnection(db, actor, connectionId, { name: 'the one' })),
  )
  expect(saved.map(({ kind }) => kind).sort()).toEqual([...Array.from({ length: 4 }, () => 'name-taken'), 'saved'])
})

test('credentials that are sent while a connection is deleted are not kept', async () => {
  const { db, actor } = record
  for (let round = 0; round < 5; round++) {
    const { connectionId } = await record.addConnection()
    const sealedCredentials = Buffer.from('sealed anew')
    const [deleted] = await Promise.all([
      deleteConnection(db, actor, connectionId),
      updateConnection(db, actor, connectionId, { sealedCredentials }),
    ])
    expect(deleted).toBe('deleted')
    const row = await db
      .selectFrom('connection')
      .select('sealed_credentials')
      .where('id', '=', connectionId)
      .executeTakeFirst()
    expect(row).toEqual({ sealed_credentials: null })
  }
})

test('neither a change nor a refused deletion waits for a discovery that stores new assets', async () => {
  const { db, actor } = record
  const { connectionId, assetId } = await record.addConnection()
  await record.addJob(assetId)
  const storing = await db.startTransaction().execute()
  await storing
    .insertInto('asset')
    .values({
      id: newId(),
      organization_id: actor.organizationId,
      connection_id: connectionId,
      database_id: assetId,
      kind: 'schema',
      name: 'sales',
      qualified_name: 'shop.sales',
      external_id: 'sales',
    })
    .execute()
  const answers = await Promise.all([
    updateConnection(db, actor, connectionId, { paused: true }),
    deleteConnection(db, actor, connectionId),
  ])
  await storing.rollback().execute()
  expect(answers).toMatchObject([{ kind: 'saved', connection: { paused: true } }, 'in-use'])
})
