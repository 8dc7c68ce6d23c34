import { countActiveJobs, isRecordOutage, openDatabase } from '@plumbline/store'
import { expect, test } from 'vitest'
import { createRecord } from '../../support/test-database.ts'
import { inSource } from '../../support/source.ts'

test('a connection that breaks between two statements of a transaction is told to its caller and replaced', async () => {
  const url = await createRecord()
  const db = openDatabase({ url, poolSize: 1, applicationName: 'breaks' })
  const broken = db.transaction().execute(async (trx) => {
    await countActiveJobs(trx)
    await inSource(url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'breaks'`)
    await countActiveJobs(trx)
  })
  expect(await broken.catch((error: unknown) => isRecordOutage(error))).toBe(true)
  expect(await countActiveJobs(db)).toEqual([])
  await db.destroy()
})
