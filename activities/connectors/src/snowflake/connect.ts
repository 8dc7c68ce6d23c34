import type { Connection } from 'snowflake-sdk'
import { ConnectorError } from '../connector-error.ts'
import type { Budget } from '../connector.ts'
import { connectorErrorOf } from './driver-error.ts'
import { foldIdentifier, quoteIdentifier } from './quote.ts'
import type { SnowflakeSettings } from './settings.ts'
import { signIn, type Credentials } from './sign-in.ts'

const connectTimeoutMs = 20_000
const closeTimeoutMs = 3_000
/** Tries of the driver, within our own limit of time. */
const loginRetries = 1

export interface ConnectOptions {
  settings: SnowflakeSettings
  credentials: Credentials
  /** Becomes the query tag of every statement. */
  label: string
  signal: AbortSignal
  budget?: Budget
}

/**
 * Loaded where the first session is opened, and quiet: the driver writes a log file of its own otherwise.
 */
async function loadDriver() {
  const { default: driver } = await import('snowflake-sdk')
  driver.configure({ logLevel: 'OFF', additionalLogToConsole: false })
  return driver
}

/** A connection that has signed in. @throws ConnectorError, or the reason of the signal once it is aborted */
export async function connect({ settings, credentials, label, signal }: ConnectOptions): Promise<Connection> {
  signal.throwIfAborted()
  const how = signIn(settings, credentials)
  const driver = await loadDriver()
  const named = (name: string) => quoteIdentifier(foldIdentifier(name))
  const connection = driver.createConnection({
    ...how,
    account: settings.account,
    ...(settings.url != null && { accessUrl: settings.url.replace(/\/$/, '') }),
    username: settings.user,
    ...(settings.role != null && { role: named(settings.role) }),
    warehouse: named(settings.warehouse),
    application: 'Plumbline',
    queryTag: label,
    clientSessionKeepAlive: false,
    clientStoreTemporaryCredential: false,
    disableConsoleLogin: true,
    representNullAsStringNull: false,
    sfRetryMaxLoginRetries: loginRetries,
  })
  await signedIn(connection, settings, signal)
  return connection
}

async function signedIn(connection: Connection, settings: SnowflakeSettings, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  const tooSlow = `${settings.account} did not let the session in within ${connectTimeoutMs / 1000} s`
  const late = setTimeout(() => reject(new ConnectorError('connection-timeout', tooSlow)), connectTimeoutMs)
  try {
    connection.connect((error) => (error ? reject(error) : resolve()))
    await promise
  } catch (error) {
    // What comes through after all must not stay open.
    void disconnect(connection)
    signal.throwIfAborted()
    throw connectorErrorOf(error)
  } finally {
    clearTimeout(late)
    signal.removeEventListener('abort', stop)
  }
}

/** Ends the session in Snowflake, and with it what still runs in it. Never throws, and takes 3 s at most. */
export async function disconnect(connection: Connection): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const late = setTimeout(resolve, closeTimeoutMs)
  try {
    connection.destroy(() => resolve())
    await promise
  } catch {
    // A session that cannot say goodbye is over all the same.
  } finally {
    clearTimeout(late)
  }
}
