import { Socket } from 'node:net'
import { Client, type ClientConfig } from 'pg'
import { ConnectorError } from '../connector-error.ts'
import { connectorErrorOf } from './driver-error.ts'
import type { PostgresSettings, SslMode } from './settings.ts'

export interface ConnectOptions {
  settings: PostgresSettings
  password: string
  /** PEM, the key of the client's certificate; empty for none. */
  sslKey: string
  label: string
  signal: AbortSignal
  timeoutMs: number
}

/** A connection that has logged in. The socket is kept beside the client: destroying it ends whatever hangs on it. */
export interface Connected {
  client: Client
  socket: Socket
  tls: boolean
}

type Tls = Exclude<ClientConfig['ssl'], undefined>

/**
 * In the order they are tried; `false` is a plain connection. As libpq does, a root certificate of one's own makes `require` look at
 * who signed.
 */
function attemptsOf({ settings, sslKey }: ConnectOptions): Tls[] {
  const { sslMode, sslRootCertificate: ca, sslCertificate: cert } = settings
  const own = {
    ...(ca != null && { ca }),
    ...(cert != null && sslKey !== '' && { cert, key: sslKey }),
  }
  const encrypted = { ...own, rejectUnauthorized: false }
  const verifiedIssuer = { ...own, rejectUnauthorized: true, checkServerIdentity: () => undefined }
  const attempts: Record<SslMode, Tls[]> = {
    disable: [false],
    prefer: [encrypted, false],
    require: [ca == null ? encrypted : verifiedIssuer],
    'verify-ca': [verifiedIssuer],
    'verify-full': [{ ...own, rejectUnauthorized: true }],
  }
  return attempts[sslMode]
}

/**
 * Connects and logs in within `timeoutMs`, over all attempts together.
 * @throws ConnectorError, or the reason of the signal once it is aborted, also while a server accepts and says nothing
 */
export async function connect(options: ConnectOptions): Promise<Connected> {
  const deadline = AbortSignal.timeout(options.timeoutMs)
  const attempts = attemptsOf(options)
  for (const [index, ssl] of attempts.entries()) {
    try {
      return await attempt(options, ssl, deadline)
    } catch (error) {
      options.signal.throwIfAborted()
      if (deadline.aborted) throw tooSlow(options, error)
      const failure = connectorErrorOf(error)
      if (index + 1 === attempts.length || !mayGoPlain(failure)) throw turnedAway(options, failure)
    }
  }
  throw new ConnectorError('tls-failed', 'no way to connect is left')
}

async function attempt(options: ConnectOptions, ssl: ClientConfig['ssl'], deadline: AbortSignal): Promise<Connected> {
  const socket = new Socket()
  const client = new Client(clientConfig(options, ssl, socket))
  // An idle connection that breaks tells so by an event; the next statement fails with the same news.
  client.on('error', () => undefined)
  const stop = AbortSignal.any([options.signal, deadline])
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const onStop = () => {
    socket.destroy()
    reject(new Error('stopped while connecting'))
  }
  stop.addEventListener('abort', onStop, { once: true })
  try {
    stop.throwIfAborted()
    await Promise.race([client.connect(), stopped])
    return { client, socket, tls: ssl !== false }
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    stop.removeEventListener('abort', onStop)
  }
}

/** The server cuts names at 63 bytes, with a notice for each. */
export const applicationNameOf = (label: string): string => label.slice(0, 63)

function clientConfig({ settings, password, label }: ConnectOptions, ssl: ClientConfig['ssl'], socket: Socket) {
  return {
    host: settings.host,
    port: settings.port,
    database: settings.database,
    user: settings.user,
    // As a function, because an empty text would be replaced by PGPASSWORD or a line of ~/.pgpass.
    password: () => password,
    ssl,
    stream: () => socket,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: applicationNameOf(label),
  } satisfies ClientConfig
}

/** What a server without TLS, or one whose pg_hba.conf wants plain connections for this user, answers. */
function mayGoPlain(failure: ConnectorError): boolean {
  if (failure.code === 'tls-failed' || failure.code === 'connection-lost') return true
  return failure.code === 'authentication-failed' && failure.message.includes('pg_hba.conf')
}

/** A connection that ends while we log in did not break: whoever is there does not speak with us. */
function turnedAway({ settings }: ConnectOptions, failure: ConnectorError): ConnectorError {
  if (failure.code !== 'connection-lost') return failure
  const message = `${settings.host}:${settings.port} ended the connection before it let the session in: is it a PostgreSQL server?`
  return new ConnectorError('connection-refused', message, { cause: failure })
}

function tooSlow({ settings, timeoutMs }: ConnectOptions, cause: unknown): ConnectorError {
  const seconds = Math.round(timeoutMs / 1000)
  const message = `${settings.host}:${settings.port} did not let the session in within ${seconds} s`
  return new ConnectorError('connection-timeout', message, { cause })
}
