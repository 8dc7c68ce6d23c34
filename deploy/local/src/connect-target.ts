import { sslModes, type CreateConnectionOf } from '@plumbline/api'
import { StartError } from './start-error.ts'

/** What `--connect` names: a connection as the API takes it. */
export type ConnectTarget = CreateConnectionOf<'postgres'>

const wanted =
  'Write it as postgres://user:password@host:port/database[?sslmode=disable|prefer|require|verify-ca|verify-full]'

const encoding = 'Percent-encode special characters of user and password: # is %23, / is %2F, @ is %40, a space is %20.'

/** @throws StartError that never repeats the address: it may hold a password */
export function parseTarget(address: string): ConnectTarget {
  if (/[\s#]/.test(address)) {
    throw new StartError('The address given to --connect has a character that must be encoded.', encoding)
  }
  const url = URL.parse(address)
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol))
    throw new StartError('--connect needs the address of a Postgres database.', wanted)
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decode)
  if (!url.hostname || !user) throw new StartError('The address given to --connect lacks a host or a user.', wanted)
  // As libpq reads it: without a database the one named like the user, "allow" is a weaker "prefer".
  const sslMode = (url.searchParams.get('sslmode') ?? 'prefer').replace('allow', 'prefer')
  const known = sslModes.find((mode) => mode === sslMode)
  if (!known) throw new StartError(`--connect does not know sslmode=${sslMode}.`, wanted)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || 5432)
  return {
    name: `${database || user} on ${host}:${port}`,
    kind: 'postgres',
    settings: { host, port, database: database || user, user, sslMode: known },
    credentials: { password: password ?? '' },
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new StartError(
      'The address given to --connect has a % that is not an escape.',
      'Write % in a name or password as %25.',
    )
  }
}
