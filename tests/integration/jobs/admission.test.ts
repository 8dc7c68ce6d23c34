import { createJob, createJobLedger, findJob, requestCancel, updateConnection } from '@plumbline/store'
import type { JobType } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, completed, type Arrangement } from './arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const types: JobType[] = ['schema_discovery', 'tag_generation', 'lineage_extraction']

test('of fifty equal requests one makes a job and the others name it', async () => {
  const { assetId } = await at.addConnection()
  const request = { type: 'schema_discovery', assetId, config: {}, trigger: 'manual' } as const
  const answers = await Promise.all(Array.from({ length: 50 }, () => createJob(at.db, at.actor, request)))
  const created = answers.flatMap((answer) => (answer.kind === 'created' ? [answer.job.id] : []))
  const existing = answers.flatMap((answer) => (answer.kind === 'already-active' ? [answer.existingJobId] : []))
  expect(created).toHaveLength(1)
  expect(existing).toHaveLength(49)
  expect(new Set(existing)).toEqual(new Set(created))
})

test('jobs beyond the limit of a connection wait in order and get the slot of the one that ends', async () => {
  const { assetId } = await at.addConnection(1)
  const ledger = createJobLedger(at.db)
  const [first, second, third] = [
    await at.addJob(assetId, types[0]),
    await at.addJob(assetId, types[1]),
    await at.addJob(assetId, types[2]),
  ]
  expect(await ledger.begin(first)).toEqual({ kind: 'admitted', opened: 'connect', finished: [] })
  expect(await ledger.begin(second)).toEqual({ kind: 'waiting', position: 1 })
  expect(await ledger.begin(third)).toEqual({ kind: 'waiting', position: 2 })
  expect(await ledger.end(first, completed)).toEqual({ ended: true, admitted: [second] })
  expect(await ledger.begin(second)).toEqual({ kind: 'admitted', opened: 'select', finished: [] })
  expect(await ledger.begin(third)).toEqual({ kind: 'waiting', position: 1 })
})

test('a waiting job that is cancelled ends at once and is never admitted', async () => {
  const { assetId } = await at.addConnection(1)
  const ledger = createJobLedger(at.db)
  const [running, waiting] = [await at.addJob(assetId, types[0]), await at.addJob(assetId, types[1])]
  await ledger.begin(running)
  await ledger.begin(waiting)
  expect(await requestCancel(at.db, at.actor, waiting, 'not needed')).toEqual({ kind: 'ended', admitted: [] })
  expect(await ledger.end(running, completed)).toEqual({ ended: true, admitted: [] })
  expect(await ledger.begin(waiting)).toEqual({ kind: 'ended' })
  expect(await requestCancel(at.db, at.actor, waiting, undefined)).toEqual({
    kind: 'already-ended',
    status: 'cancelled',
  })
})

test('many jobs that begin and end at the same time never hold more slots than there are', async () => {
  const slots = 3
  const { connectionId } = await at.addConnection(slots)
  const assets = await makeTables(connectionId, 10)
  const jobs = await Promise.all(assets.map((assetId) => at.addJob(assetId, 'tag_generation')))
  const ledger = createJobLedger(at.db)
  let most = 0
  const live = async (jobId: string): Promise<void> => {
    while ((await ledger.begin(jobId)).kind === 'waiting') await new Promise((resolve) => setImmediate(resolve))
    const running = await at.db
      .selectFrom('job')
      .select('id')
      .where('connection_id', '=', connectionId)
      .where('status', '=', 'running')
      .execute()
    most = Math.max(most, running.length)
    await ledger.end(jobId, completed)
  }
  await Promise.all(jobs.map(live))
  expect(most).toBeLessThanOrEqual(slots)
  expect(new Set(await Promise.all(jobs.map((id) => at.statusOf(id))))).toEqual(new Set(['completed']))
})

async function makeTables(connectionId: string, count: number): Promise<string[]> {
  const root = await at.db
    .selectFrom('asset')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .executeTakeFirstOrThrow()
  const rows = Array.from({ length: count }, (_, n) => ({
    id: crypto.randomUUID(),
    organization_id: root.organization_id,
    connection_id: connectionId,
    parent_id: root.id,
    database_id: root.id,
    kind: 'table' as const,
    name: `t${n}`,
    qualified_name: `shop.public.t${n}`,
    external_id: `r:${n}`,
  }))
  await at.db.insertInto('asset').values(rows).execute()
  return rows.map((row) => row.id)
}

test('a paused connection admits nothing, says so, and gives its slots when it is resumed', async () => {
  const { connectionId, assetId } = await at.addConnection(1)
  const ledger = createJobLedger(at.db)
  await updateConnection(at.db, at.actor, connectionId, { paused: true })
  const id = await at.addJob(assetId, types[0])
  expect(await ledger.begin(id)).toMatchObject({ kind: 'waiting' })
  expect(await findJob(at.db, at.actor.organizationId, id)).toMatchObject({
    status: 'pending',
    connection_paused: true,
  })
  const resumed = await updateConnection(at.db, at.actor, connectionId, { paused: false })
  expect(resumed).toMatchObject({ kind: 'saved', admitted: [id] })
  expect(await ledger.begin(id)).toMatchObject({ kind: 'admitted' })
})

test('a connection that is given more slots admits those who wait at once', async () => {
  const { connectionId, assetId } = await at.addConnection(1)
  const ledger = createJobLedger(at.db)
  const [running, waiting] = [await at.addJob(assetId, types[0]), await at.addJob(assetId, types[1])]
  await ledger.begin(running)
  await ledger.begin(waiting)
  expect(await updateConnection(at.db, at.actor, connectionId, { maxConcurrentJobs: 2 })).toMatchObject({
    admitted: [waiting],
  })
})
