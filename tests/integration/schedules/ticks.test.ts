import { waitUntil } from '@plumbline/local'
import { openDatabase, type Database } from '@plumbline/store'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, inject, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { hangingServer, inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

let product: Product
let db: Database
let temporal: Client
let hanging: Awaited<ReturnType<typeof hangingServer>>
beforeAll(async () => {
  const namespace = await createNamespace()
  product = await startProduct({ namespace })
  await product.startWorker()
  db = openDatabase({ url: product.databaseUrl, poolSize: 2, applicationName: 'test' })
  temporal = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }), namespace })
  hanging = await hangingServer()
})
afterAll(async () => {
  await hanging.close()
  await product.stop()
  await db.destroy()
  await temporal.connection.close()
})

const call = (method: string, path: string, body?: unknown) => product.gateway.call(method, path, body)
const shown = async (id: string) => (await call('GET', `/schedules/${id}`)).body

async function made(body: object): Promise<string> {
  const answer = await call('POST', '/schedules', { type: 'schema_discovery', interval: '1h', ...body })
  if (answer.status !== 201) throw new Error(`not made: ${JSON.stringify(answer.body)}`)
  return answer.body.id
}

/** More often than the API allows, so that the clock need not be waited for. */
async function speedUp(id: string, every: string): Promise<void> {
  await db
    .updateTable('schedule')
    .set((eb) => ({ every, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Compared with Temporal in the next round, not when it is its turn. */
async function lookAgain(id: string): Promise<void> {
  await db
    .updateTable('schedule')
    .set({ checked_at: new Date(0) })
    .where('id', '=', id)
    .execute()
}

/** How many ticks were noted as skipped, looked at again until they are. */
async function skippedOf(id: string): Promise<number> {
  await lookAgain(id)
  return (await shown(id)).skipped.length
}

async function shop(name: string, ddl: string) {
  const source = await createDatabase()
  await inSource(source, ddl)
  const connection = await product.connect(name, source)
  const discovery = await product.start('schema_discovery', connection.rootAssetId, { followUps: [] })
  const isCompleted = async () => (await product.job(discovery.id)).status === 'completed'
  if (!(await waitUntil(isCompleted, { timeoutMs: 120_000 }))) throw new Error(`${name} was not discovered`)
  return connection
}

test.concurrent('a tick of the clock starts a job, which is in the history of the schedule', async ({ expect }) => {
  const { rootAssetId: assetId } = await product.connect('ticking', await createDatabase())
  const id = await made({ name: 'ticking', assetId })
  await speedUp(id, '3s')
  await expect.poll(async () => (await shown(id)).lastRuns.length).toBeGreaterThanOrEqual(2)
  await call('POST', `/schedules/${id}/pause`, {})
  const { lastRuns } = await shown(id)
  expect(lastRuns.map((run: { at: string }) => Date.parse(run.at) % 3_000)).toEqual(lastRuns.map(() => 0))
  const [job] = lastRuns.at(-1).jobs
  expect((await call('GET', `/jobs/${job.id}`)).body).toMatchObject({
    trigger: { kind: 'schedule', actor: 'admin', scheduleId: id },
    asset: { id: assetId },
  })
  await expect.poll(async () => (await shown(id)).lastRuns.at(-1).jobs[0].status).toBe('completed')
})

test.concurrent('while a job is active Temporal skips, which is noted with the job that was in the way', async ({
  expect,
}) => {
  const { rootAssetId: assetId } = await product.connect('held up', hanging.url)
  const id = await made({ name: 'held up', assetId })
  await speedUp(id, '3s')
  await expect.poll(async () => skippedOf(id), { interval: 500 }).toBeGreaterThan(1)
  const { lastRuns, skipped } = await shown(id)
  expect(lastRuns).toHaveLength(1)
  const [{ id: jobId }] = lastRuns[0].jobs
  for (const tick of skipped) {
    expect(tick).toEqual({
      at: tick.at,
      reason: 'overlap',
      message: 'The job of the tick before was still active',
      jobId,
    })
    expect(tick.at > lastRuns[0].at).toBe(true)
  }
  await call('POST', `/schedules/${id}/pause`, {})
  await call('POST', `/jobs/${jobId}/cancel`, {})
})

test.concurrent('with a buffer of one, the tick after the one that is active runs late, and the rest is skipped', async ({
  expect,
}) => {
  const { rootAssetId: assetId } = await product.connect('buffered', hanging.url)
  const id = await made({ name: 'buffered', assetId, overlap: 'buffer_one' })
  await speedUp(id, '3s')
  const runs = async () => (await shown(id)).lastRuns
  await expect.poll(async () => (await runs()).length).toBe(1)
  const inTemporal = temporal.schedule.getHandle(`schedule-${id}`)
  const dropped = async () => (await inTemporal.describe()).info.numActionsSkippedOverlap
  await expect.poll(dropped).toBeGreaterThan(0)
  const [first] = await runs()
  await call('POST', `/jobs/${first.jobs[0].id}/cancel`, {})
  await expect.poll(async () => (await runs()).length).toBe(2)
  const [second] = await runs()
  expect(Date.parse(second.at) - Date.parse(first.at)).toBe(3_000)
  await call('POST', `/schedules/${id}/pause`, {})
  await call('POST', `/jobs/${second.jobs[0].id}/cancel`, {})
  const { skipped } = await shown(id)
  expect(skipped.length).toBeGreaterThan(0)
  expect(skipped.map((tick: { at: string }) => Date.parse(tick.at))).not.toContain(Date.parse(second.at))
  for (const { reason } of skipped) expect(reason).toBe('overlap')
})

test.concurrent('a job that somebody else started is in the way of a tick, and named', async ({ expect }) => {
  const { rootAssetId: assetId } = await product.connect('taken', hanging.url)
  const twin = await product.start('schema_discovery', assetId)
  const id = await made({ name: 'taken', assetId })
  expect((await call('POST', `/schedules/${id}/trigger`, {})).body).toMatchObject({
    code: 'job-already-active',
    existingJobId: twin.id,
  })
  await speedUp(id, '3s')
  await expect
    .poll(async () => (await shown(id)).skipped.at(-1))
    .toMatchObject({
      reason: 'job-already-active',
      jobId: twin.id,
    })
  await call('POST', `/schedules/${id}/pause`, {})
  await call('POST', `/jobs/${twin.id}/cancel`, {})
})

test.concurrent('with a target, every asset that matches gets a job of its own', async ({ expect }) => {
  const { rootAssetId: assetId } = await shop(
    'wide',
    'create table a (id int); create table b (id int); create schema sales; create table sales.c (id int); create view sales.v as select 1 as x',
  )
  const every = await made({ name: 'every table', type: 'tag_generation', assetId, target: { each: 'table' } })
  const triggered = await call('POST', `/schedules/${every}/trigger`, {})
  expect(triggered.body.lastRuns[0]).toMatchObject({ trigger: 'manual', jobCount: 3, message: null })
  const jobs = await Promise.all(
    triggered.body.lastRuns[0].jobs.map(async ({ id }: { id: string }) => (await call('GET', `/jobs/${id}`)).body),
  )
  const names: string[] = jobs.map((job) => job.asset.qualifiedName.replace(/^[^.]+\./, ''))
  expect(names.toSorted()).toEqual(['public.a', 'public.b', 'sales.c'])
  for (const { id } of jobs) {
    await expect.poll(async () => (await product.job(id)).status).toBe('completed')
  }
  const some = await made({
    name: 'of sales',
    type: 'tag_generation',
    assetId,
    target: { each: 'table', matching: 'sales.*' },
  })
  expect((await call('POST', `/schedules/${some}/trigger`, {})).body.lastRuns[0].jobCount).toBe(1)
  const none = await made({
    name: 'of nothing',
    type: 'tag_generation',
    assetId,
    target: { each: 'table', matching: 'nothing.*' },
  })
  expect((await call('POST', `/schedules/${none}/trigger`, {})).body.code).toBe('nothing-to-start')
  await speedUp(none, '3s')
  await expect.poll(async () => (await shown(none)).skipped[0]?.reason).toBe('no-match')
})

test.concurrent('with a connection, and with an asset, its schedules go', async ({ expect }) => {
  const { id: connectionId, rootAssetId } = await shop(
    'leaving',
    'create table stays (id int); create table goes (id int)',
  )
  const tables = (await call('GET', `/assets?connectionId=${connectionId}&kind=table`)).body.items
  const goes = tables.find((table: { name: string }) => table.name === 'goes')
  const [onTable, onDatabase] = [
    await made({ name: 'on the table', type: 'tag_generation', assetId: goes.id }),
    await made({ name: 'on the database', assetId: rootAssetId }),
  ]
  await db.updateTable('asset').set({ removed_at: new Date() }).where('id', '=', goes.id).execute()
  await expect.poll(async () => (await call('GET', `/schedules/${onTable}`)).status).toBe(404)
  expect((await shown(onDatabase)).name).toBe('on the database')
  expect((await call('DELETE', `/connections/${connectionId}`)).status).toBe(204)
  expect((await call('GET', `/schedules/${onDatabase}`)).status).toBe(404)
  for (const [id, reason] of [
    [onTable, 'Its asset is not there any more'],
    [onDatabase, 'Its connection was deleted'],
  ]) {
    const [entry] = (await call('GET', `/audit?targetId=${id}`)).body.items
    expect(entry).toMatchObject({ action: 'schedule.delete', actor: 'Plumbline', reason })
    const inTemporal = temporal.schedule.getHandle(`schedule-${id}`)
    await expect
      .poll(async () =>
        inTemporal.describe().then(
          () => 'there',
          (error: Error) => error.name,
        ),
      )
      .toBe('ScheduleNotFoundError')
  }
})

test.concurrent('paused in Temporal itself, it is paused here, with the note', async ({ expect }) => {
  const { rootAssetId: assetId } = await product.connect('paused there', await createDatabase())
  const id = await made({ name: 'paused there', assetId })
  await temporal.schedule.getHandle(`schedule-${id}`).pause('by the operator')
  await lookAgain(id)
  await expect
    .poll(async () => shown(id))
    .toMatchObject({ paused: true, pausedBy: 'Temporal', pauseReason: 'by the operator', synced: true })
  const [entry] = (await call('GET', `/audit?targetId=${id}`)).body.items
  expect(entry).toMatchObject({ action: 'schedule.pause', actor: 'Temporal', reason: 'by the operator' })
})
