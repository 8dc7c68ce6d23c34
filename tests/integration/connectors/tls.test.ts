import { readFileSync } from 'node:fs'
import type { ConnectionTarget } from '@plumbline/connectors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownPostgres, type OwnPostgres } from '../../support/own-postgres.ts'
import { execute, optionsWith, postgres, rejectionOf, targetOf } from './source-database.ts'

/** Valid for a hundred years, and good for nothing else: `root` signed `server` (for localhost) and `client` (for cert_reader). */
const pem = (name: string) => readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8')

let server: OwnPostgres
beforeAll(async () => {
  server = await ownPostgres()
  // The path is the server's own: a program is a literal, so it is put together there.
  for (const name of ['root', 'server', 'server.key'])
    await execute(
      server.url,
      `do $do$ begin execute format('copy (select line from unnest(string_to_array(%L, E''\\n'')) line)
      to program %L', $pem$${pem(name)}$pem$, 'umask 077; cat > ' || current_setting('data_directory') || '/${name}.pem'); end $do$`,
    )
  await execute(
    server.url,
    `do $do$ begin execute format('copy (select line from unnest(array[
      ''hostssl all cert_reader all cert'', ''host all all all scram-sha-256'']) line) to %L', current_setting('hba_file')); end $do$`,
  )
  for (const [name, value] of [
    ['ssl_ca_file', 'root.pem'],
    ['ssl_cert_file', 'server.pem'],
    ['ssl_key_file', 'server.key.pem'],
    ['ssl', 'on'],
  ])
    await execute(server.url, `alter system set ${name} = '${value}'`)
  await execute(server.url, 'create role cert_reader login; select pg_reload_conf()')
}, 60_000)
afterAll(() => server.remove())

async function opened(target: ConnectionTarget): Promise<string> {
  const session = await postgres.open(target, optionsWith())
  try {
    return (await session.describe()).user
  } finally {
    await session.close()
  }
}

const target = (settings: Record<string, unknown>) => targetOf(server.url, { host: 'localhost', ...settings })
/** As the owner, by the password. */
const asOwner = (settings: Record<string, unknown>): ConnectionTarget => {
  const own = targetOf(server.url)
  return { ...own, settings: postgres.parseSettings({ ...own.settings, host: 'localhost', ...settings }) }
}

test('a server is trusted by the root certificate it was signed with, and no other', async () => {
  await expect.poll(() => opened(asOwner({ sslMode: 'require' }))).toBe('plumbline')
  for (const sslMode of ['require', 'verify-ca', 'verify-full']) {
    expect(await opened(asOwner({ sslMode, sslRootCertificate: pem('root') }))).toBe('plumbline')
    const wrong = asOwner({ sslMode, sslRootCertificate: pem('other-root') })
    expect(await rejectionOf(opened(wrong))).toMatchObject({ code: 'tls-failed' })
  }
  expect(await rejectionOf(opened(asOwner({ sslMode: 'verify-full' })))).toMatchObject({ code: 'tls-failed' })
})

test('verify-full asks for the name of the host too', async () => {
  const byAddress = { host: '127.0.0.1', sslRootCertificate: pem('root') }
  expect(await opened(asOwner({ ...byAddress, sslMode: 'verify-ca' }))).toBe('plumbline')
  expect(await rejectionOf(opened(asOwner({ ...byAddress, sslMode: 'verify-full' })))).toMatchObject({
    code: 'tls-failed',
  })
})

test('a client logs in by its certificate, and its key is a credential', async () => {
  const settings = { user: 'cert_reader', sslMode: 'verify-full', sslRootCertificate: pem('root') }
  const withCertificate = {
    ...target({ ...settings, sslCertificate: pem('client') }),
    credentials: { password: '', sslKey: pem('client.key') },
  }
  expect(await opened(withCertificate)).toBe('cert_reader')
  const without = { ...target(settings), credentials: { password: '' } }
  expect(await rejectionOf(opened(without))).toMatchObject({
    code: expect.stringMatching(/authentication-failed|tls-failed/),
  })
  const wrongKey = { ...withCertificate, credentials: { password: '', sslKey: pem('server.key') } }
  const error = await rejectionOf(opened(wrongKey))
  expect(error).toMatchObject({ code: 'tls-failed' })
  expect(String(error)).not.toContain('PRIVATE KEY')
  const noKey = { ...withCertificate, credentials: { password: '', sslKey: 'no key at all' } }
  expect(await rejectionOf(opened(noKey))).toMatchObject({ code: 'tls-failed' })
})
