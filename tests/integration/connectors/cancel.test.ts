import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { connectTo, execute, optionsWith, postgres, running, targetOf, rejectionOf } from './source-database.ts'

let url: string
beforeAll(async () => {
  url = await createDatabase()
  await execute(url, 'create view slow as select 1 as a from pg_sleep(600); create table locked (a int primary key)')
})

describe('a job that is cancelled', () => {
  test('ends its statement in the server and rejects with the reason', async () => {
    const cancelled = new AbortController()
    const session = await postgres.open(targetOf(url), optionsWith(cancelled.signal))
    const sampling = session.sample({ schema: 'public', table: 'slow', columns: ['a'], rows: 1 })
    const rejection = rejectionOf(sampling)
    await expect.poll(() => running(url)).toHaveLength(1)
    const before = performance.now()
    cancelled.abort('a person said so')
    expect(await rejection).toBe('a person said so')
    expect(performance.now() - before).toBeLessThan(5_000)
    expect(await running(url)).toEqual([])
    await session.close()
  })

  test('ends its wait for a lock while it reads the catalog', async () => {
    await using owner = await connectTo(url)
    await owner.client.query('begin; lock table locked in access exclusive mode')
    const cancelled = new AbortController()
    const session = await postgres.open(targetOf(url), optionsWith(cancelled.signal))
    const reading = Array.fromAsync(session.readCatalog({}))
    const rejection = rejectionOf(reading)
    await expect.poll(() => running(url)).toHaveLength(1)
    cancelled.abort('cancelled')
    expect(await rejection).toBe('cancelled')
    expect(await running(url)).toEqual([])
    await owner.client.query('rollback')
    await session.close()
  })

  test('between two statements does nothing more', async () => {
    const cancelled = new AbortController()
    const session = await postgres.open(targetOf(url), optionsWith(cancelled.signal))
    const reading = async () => {
      for await (const _event of session.readCatalog({})) cancelled.abort('enough')
    }
    await expect(reading()).rejects.toBe('enough')
    await expect(session.sample({ schema: 'public', table: 'locked', columns: ['a'], rows: 1 })).rejects.toBe('enough')
    await session.close()
  })
})

test('a session that its server ends says that the connection was lost', async () => {
  await using owner = await connectTo(url)
  const session = await postgres.open(targetOf(url), optionsWith())
  const sampling = session.sample({ schema: 'public', table: 'slow', columns: ['a'], rows: 1 })
  const rejection = rejectionOf(sampling)
  await expect.poll(() => running(url)).toHaveLength(1)
  await owner.client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like 'plumbline%'`,
  )
  expect(await rejection).toMatchObject({ name: 'ConnectorError', code: 'connection-lost' })
  await expect(session.sample({ schema: 'public', table: 'locked', columns: ['a'], rows: 1 })).rejects.toMatchObject({
    code: 'connection-lost',
  })
  await session.close()
})
