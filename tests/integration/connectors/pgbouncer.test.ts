import { describeConnector } from '@plumbline/connectors/conformance'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startPgBouncer, type PgBouncer } from '../../support/pgbouncer.ts'
import { withPgBouncer } from '../../support/pgbouncer-program.ts'
import { createDatabase } from '../../support/test-database.ts'
import { conformingSource } from './conforming-source.ts'
import { execute, optionsWith, postgres, rejectionOf, rolePassword, running, targetOf } from './source-database.ts'

withPgBouncer((program) => {
  const started: PgBouncer[] = []
  const start = async (poolSize: number, users: Record<string, string> = {}) => {
    const pooler = await startPgBouncer(program, { serverUrl: inject('postgresUrl'), users, poolSize })
    started.push(pooler)
    return pooler
  }
  afterAll(() => Promise.all(started.map((pooler) => pooler.stop())))

  describeConnector('postgres', 'postgres behind PgBouncer', () =>
    conformingSource(async (role) => ({ port: (await start(2, { [role]: rolePassword })).port })),
  )

  describe('a pooler whose only session is busy', () => {
    let url: string
    let pooler: PgBouncer
    beforeAll(async () => {
      url = await createDatabase()
      await execute(url, 'create view slow as select 1 as a from pg_sleep(600)')
      pooler = await start(1)
    })

    test('has no session left to cancel by, and the statement ends all the same', async () => {
      const cancelled = new AbortController()
      const session = await postgres.open(targetOf(pooler.through(url)), optionsWith(cancelled.signal))
      const sampling = session.sample({ schema: 'public', table: 'slow', columns: ['a'], rows: 1 })
      const rejection = rejectionOf(sampling)
      await expect.poll(() => running(url)).toHaveLength(1)
      const before = performance.now()
      cancelled.abort('a person said so')
      expect(await rejection).toBe('a person said so')
      expect(performance.now() - before).toBeLessThan(5_000)
      await session.close()
      await expect.poll(() => running(url), { timeout: 20_000 }).toEqual([])
    })
  })
})
