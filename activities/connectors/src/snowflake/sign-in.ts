import { createPrivateKey } from 'node:crypto'
import type { ConnectionOptions } from 'snowflake-sdk'
import { ConnectorError } from '../connector-error.ts'
import { neededCredentials, type Authenticator, type SnowflakeSettings } from './settings.ts'

export type Credentials = Readonly<Record<string, string>>

/**
 * What the driver needs to sign in as the settings say.
 * @throws ConnectorError `authentication-failed` for a credential that is missing, or a key that cannot be read
 */
export function signIn(settings: SnowflakeSettings, credentials: Credentials): ConnectionOptions {
  const { authenticator } = settings
  const needed = credentials[neededCredentials[authenticator]]
  if (!needed)
    throw new ConnectorError(
      'authentication-failed',
      `The connection signs in with ${authenticator} and has no ${neededCredentials[authenticator]}`,
    )
  return ways[authenticator](needed, { settings, credentials })
}

type Way = (secret: string, given: { settings: SnowflakeSettings; credentials: Credentials }) => ConnectionOptions

const ways: Record<Authenticator, Way> = {
  'key-pair': (key, { credentials }) => ({
    authenticator: 'SNOWFLAKE_JWT',
    privateKey: plainKey(key, credentials['passphrase'] ?? ''),
  }),
  token: (token) => ({ authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token }),
  oauth: (token) => ({ authenticator: 'OAUTH', token }),
  'oauth-client': (oauthClientSecret, { settings: { oauthClientId, oauthTokenUrl, oauthScope } }) => ({
    authenticator: 'OAUTH_CLIENT_CREDENTIALS',
    oauthClientSecret,
    ...(oauthClientId != null && { oauthClientId }),
    ...(oauthTokenUrl != null && { oauthTokenRequestUrl: oauthTokenUrl }),
    ...(oauthScope != null && { oauthScope }),
  }),
  password: (password) => ({ authenticator: 'SNOWFLAKE', password }),
}

/** The driver takes keys in PKCS #8 without encryption only. */
function plainKey(pem: string, passphrase: string): string {
  const isEncrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)
  if (isEncrypted && passphrase === '')
    throw new ConnectorError(
      'authentication-failed',
      'The private key is encrypted and the connection has no passphrase',
    )
  try {
    const key = createPrivateKey({ key: pem, ...(isEncrypted && { passphrase }) })
    if (key.asymmetricKeyType !== 'rsa') throw new TypeError(`it is a key of type ${key.asymmetricKeyType}, not RSA`)
    return key.export({ type: 'pkcs8', format: 'pem' }).toString()
  } catch (cause) {
    const why = isEncrypted ? 'its passphrase is wrong, or it is damaged' : 'it must be an RSA key in PEM form'
    throw new ConnectorError('authentication-failed', `The private key cannot be read: ${why}`, { cause })
  }
}
