import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { execute, optionsWith, postgres, rolePassword, running, targetOf, rejectionOf } from './source-database.ts'

/** What takes as long as a limit of the connector: side by side, so that together they take as long as the longest. */
describe.concurrent('a limit of time', () => {
  test('a cancelled job is out within 5 s also where no second connection is to be had', async () => {
    const url = await createDatabase()
    await execute(url, 'create view slow as select 1 as a from pg_sleep(600)')
    const role = `single_${new URL(url).pathname.slice(1)}`
    await execute(
      url,
      `create role ${role} login password '${rolePassword}' connection limit 1; grant select on slow to ${role}`,
    )
    const cancelled = new AbortController()
    const session = await postgres.open(targetOf(url, { user: role }), optionsWith(cancelled.signal))
    const sampling = session.sample({ schema: 'public', table: 'slow', columns: ['a'], rows: 1 })
    const rejection = rejectionOf(sampling)
    await expect.poll(() => running(url)).toHaveLength(1)
    const before = performance.now()
    cancelled.abort('cancelled')
    expect(await rejection).toBe('cancelled')
    expect(performance.now() - before).toBeLessThan(5_000)
    // The server sees by itself that nobody waits any more.
    await expect.poll(() => running(url)).toEqual([])
    await session.close()
  })

  test('a session that is closed while it works leaves nothing behind', async () => {
    const url = await createDatabase()
    await execute(url, 'create view slow as select 1 as a from pg_sleep(600)')
    const session = await postgres.open(targetOf(url), optionsWith())
    const sampling = session.sample({ schema: 'public', table: 'slow', columns: ['a'], rows: 1 })
    const rejection = rejectionOf(sampling)
    await expect.poll(() => running(url)).toHaveLength(1)
    await session.close()
    expect(await rejection).toMatchObject({ code: 'connection-lost' })
    await expect.poll(() => running(url)).toEqual([])
  })

  test('a server that accepts and says nothing is given up after 10 s', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined).resume())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const target = targetOf('postgres://a@127.0.0.1/b', { port })
    await expect(postgres.open(target, optionsWith())).rejects.toMatchObject({ code: 'connection-timeout' })
    silent.close()
  })
})
