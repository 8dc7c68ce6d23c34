import { createJobLedger, createRetry, endFromOutside, readJobLog, requestCancel } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inSource } from '../../support/source.ts'
import { arrange, completed, failed, openStep, type Arrangement } from './arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

async function logOf(jobId: string): Promise<string[]> {
  const lines = await readJobLog(at.db, at.actor.organizationId, jobId, {}, { order: 'asc', limit: 100 })
  return lines.map(({ level, message }) => `${level} ${message.replaceAll(/\d+\.\d s/g, 'n s')}`)
}

test('a log tells the life of a job, with times and counts', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(id, 'run')
  await ledger.begin(id, 'run')
  const lease = await openStep(at.db, id, 'read_catalog')
  await ledger.recordProgress(lease, { done: 12, total: 12 })
  await openStep(at.db, id, 'compare')
  await ledger.end(id, completed)
  await ledger.end(id, failed)
  expect(await logOf(id)).toEqual([
    'info Admitted after n s',
    'info Step "Connect" began',
    'info Step "Connect" completed after n s',
    'info Step "Read catalog" began',
    'info Step "Read catalog" completed after n s: 12 relations',
    'info Step "Compare with the last snapshot" began',
    'info Step "Compare with the last snapshot" completed after n s',
    'info Completed: done',
  ])
})

test('a log tells a failure, and the retry that goes on from it what it took over', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(id, 'run')
  await openStep(at.db, id, 'read_catalog')
  await ledger.end(id, failed)
  expect((await logOf(id)).slice(-2)).toEqual(['error Step "Read catalog" failed after n s', 'error Failed: refused'])
  const retry = await createRetry(at.db, at.actor, id, { mode: 'from_failure' })
  if (retry.kind !== 'created') throw new Error(retry.kind)
  expect(await logOf(retry.jobId)).toEqual(['info Step "Connect" taken over from an earlier attempt'])
})

test('a log tells who asked for a cancel, and when the record had to be set right', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  await createJobLedger(at.db).begin(id, 'run')
  await requestCancel(at.db, at.actor, id, 'too slow')
  await requestCancel(at.db, at.actor, id, 'again')
  await endFromOutside(at.db, id, { outcome: { kind: 'cancelled' }, unfinished: true })
  expect((await logOf(id)).slice(2)).toEqual([
    'warn Cancel asked for by ann: too slow',
    'warn Its run is over without a word of its own: the record is set right',
    'warn Step "Connect" cancelled after n s',
    'warn Cancelled by ann: too slow',
  ])
})

test('a log that cannot be written holds up no job', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  await inSource(
    at.url,
    `create function disk_is_full() returns trigger language plpgsql as $$
     begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
     create trigger disk_is_full before insert on job_log execute function disk_is_full()`,
  )
  const ledger = createJobLedger(at.db)
  await ledger.begin(id, 'run')
  await openStep(at.db, id, 'read_catalog')
  await ledger.end(id, completed)
  await inSource(at.url, 'drop trigger disk_is_full on job_log')
  expect(await at.statusOf(id)).toBe('completed')
  expect(await logOf(id)).toEqual([])
})
