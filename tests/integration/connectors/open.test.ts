import { createServer, type AddressInfo, type Server } from 'node:net'
import { inspect } from 'node:util'
import { ConnectorError } from '@plumbline/connectors'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { execute, optionsWith, postgres, rolePassword, targetOf, rejectionOf } from './source-database.ts'

let url: string
let role: string
beforeAll(async () => {
  url = await createDatabase()
  role = `opener_${new URL(url).pathname.slice(1)}`
  await execute(url, `create role ${role} login password '${rolePassword}' connection limit 1`)
})

/** What opening a session throws; the password is in no message of it. */
async function failureOf(settings: Record<string, unknown>, password = rolePassword): Promise<ConnectorError> {
  const target = targetOf(url, settings)
  const credentials = settings['user'] === undefined ? target.credentials : { password }
  const error = await rejectionOf(postgres.open({ ...target, credentials }, optionsWith()))
  if (!(error instanceof ConnectorError)) throw error
  const told = inspect(error, { depth: 5 })
  if (password !== '' && told.includes(password)) throw new Error(`the password is told: ${told}`)
  return error
}

describe('why a session could not be opened', () => {
  test('nobody listens', async () => {
    expect(await failureOf({ port: 1 })).toMatchObject({ code: 'connection-refused' })
  })

  test('the host has no address', async () => {
    expect(await failureOf({ host: 'nowhere.invalid' })).toMatchObject({
      code: expect.stringMatching(/^(host-not-found|connection-timeout)$/),
    })
  })

  test('the database does not exist', async () => {
    expect(await failureOf({ database: 'missing' })).toMatchObject({ code: 'database-not-found' })
  })

  test('the role does not exist', async () => {
    expect(await failureOf({ user: 'nobody_of_that_name' })).toMatchObject({ code: 'authentication-failed' })
  })

  test('the password is wrong', async () => {
    expect(await failureOf({ user: role }, 'wrong-and-secret')).toMatchObject({ code: 'authentication-failed' })
    expect(await failureOf({ user: role }, '')).toMatchObject({ code: 'authentication-failed' })
  })

  test('the role has no connection left', async () => {
    const first = await postgres.open(targetOf(url, { user: role }), optionsWith())
    expect(await failureOf({ user: role })).toMatchObject({ code: 'too-many-connections' })
    await first.close()
  })

  test('TLS is asked of a server that has none', async () => {
    for (const sslMode of ['require', 'verify-ca', 'verify-full']) {
      expect(await failureOf({ sslMode })).toMatchObject({ code: 'tls-failed' })
    }
  })
})

test('TLS is tried and left where the server has none', async () => {
  for (const sslMode of ['prefer', 'disable']) {
    const session = await postgres.open(targetOf(url, { sslMode }), optionsWith())
    expect(await session.sample({ schema: 'pg_catalog', table: 'pg_am', columns: ['amname'], rows: 1 })).toHaveLength(1)
    await session.close()
  }
})

describe('settings', () => {
  test('are completed', () => {
    expect(postgres.parseSettings({ host: ' db.example ', database: 'shop', user: 'reader' })).toEqual({
      host: 'db.example',
      port: 5432,
      database: 'shop',
      user: 'reader',
      sslMode: 'prefer',
    })
  })

  test.each([{ host: '' }, { port: 0 }, { sslMode: 'maybe' }, { extra: 1 }])('refuse %j and say where', (wrong) => {
    expect(() => postgres.parseSettings({ host: 'h', database: 'd', user: 'u', ...wrong })).toThrow(
      Object.keys(wrong)[0],
    )
  })
})

describe('a server that accepts and says nothing', () => {
  let server: Server | undefined
  afterEach(() => server?.close())

  async function silent(answer?: string): Promise<number> {
    server = createServer((socket) => {
      socket.on('error', () => undefined).resume()
      if (answer !== undefined) socket.once('data', () => socket.end(answer))
    })
    const listening = server
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    const address = listening.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return (address satisfies AddressInfo).port
  }

  test.each(['prefer', 'disable'])('is left at once when the job is cancelled, with sslMode %s', async (sslMode) => {
    const target = targetOf(url, { host: '127.0.0.1', port: await silent(), sslMode })
    const cancelled = new AbortController()
    const opening = postgres.open(target, optionsWith(cancelled.signal))
    const rejection = rejectionOf(opening)
    await expect.poll(() => connectionsOf(server)).toBe(1)
    const before = performance.now()
    cancelled.abort('cancelled by a person')
    expect(await rejection).toBe('cancelled by a person')
    // Of the ten seconds that connecting may take.
    expect(performance.now() - before).toBeLessThan(5_000)
    await expect.poll(() => connectionsOf(server)).toBe(0)
  })

  test('is no reason to try when the job is cancelled already', async () => {
    const target = targetOf(url, { host: '127.0.0.1', port: await silent() })
    await expect(postgres.open(target, optionsWith(AbortSignal.abort('too late')))).rejects.toBe('too late')
  })

  test('that speaks another protocol is told as a connection that broke', async () => {
    const port = await silent('HTTP/1.1 400 Bad Request\r\n\r\n')
    expect(await failureOf({ host: '127.0.0.1', port, sslMode: 'disable' })).toBeInstanceOf(ConnectorError)
    expect(await failureOf({ host: '127.0.0.1', port, sslMode: 'require' })).toMatchObject({ code: 'tls-failed' })
  })
})

function connectionsOf(server: Server | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    if (server === undefined) resolve(0)
    else server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
  })
}
