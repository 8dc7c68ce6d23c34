import { generateKeyPairSync } from 'node:crypto'
import { ConnectorError } from '@plumbline/connectors'
import { describe, expect, test } from 'vitest'
import { password, shopStatements, snowflake, targetAt, withEmulator } from './shop.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const { publicKey, privateKey } = pair()
const passphrase = 'never-to-be-seen-0815'
const encrypted = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase },
})
const token = 'programmatic-4711-secret'
const oauthToken = 'oauth-4711-secret'

const emulator = withEmulator(
  {
    OWNER: { password },
    PLUMBLINE: { publicKey, token, oauthToken },
    SEALED: { publicKey: encrypted.publicKey },
  },
  shopStatements,
)
const options = () => ({ label: 'plumbline sign-in test', signal: new AbortController().signal })

async function userOf(settings: Record<string, unknown>, credentials: Record<string, string>): Promise<string> {
  const session = await snowflake.open(targetAt(emulator().url, settings, credentials), options())
  try {
    return (await session.describe()).product
  } finally {
    await session.close()
  }
}

describe('signing in (on the emulator, which checks signatures, tokens and passwords)', () => {
  test.each([
    ['a key pair', { authenticator: 'key-pair' }, { privateKey }],
    [
      'an encrypted key',
      { authenticator: 'key-pair', user: 'sealed' },
      { privateKey: encrypted.privateKey, passphrase },
    ],
    ['a programmatic access token', { authenticator: 'token' }, { token }],
    ['an OAuth token', { authenticator: 'oauth' }, { token: oauthToken }],
    ['a password', { authenticator: 'password', user: 'owner' }, { password }],
  ])('works with %s', async (_, settings, credentials) => {
    expect(await userOf(settings, credentials)).toMatch(/^Snowflake \d/)
  })

  test.each([
    [
      'the key of somebody else',
      { authenticator: 'key-pair' },
      { privateKey: pair().privateKey },
      /JWT token is invalid/,
    ],
    ['no passphrase', { authenticator: 'key-pair' }, { privateKey: encrypted.privateKey }, /has no passphrase/],
    [
      'a wrong passphrase',
      { authenticator: 'key-pair', user: 'sealed' },
      { privateKey: encrypted.privateKey, passphrase: 'wrong-and-secret' },
      /its passphrase is wrong/,
    ],
    ['what is no key', { authenticator: 'key-pair' }, { privateKey: 'nonsense-and-secret' }, /must be an RSA key/],
    ['a wrong token', { authenticator: 'token' }, { token: 'wrong-and-secret' }, /access token/],
    ['a wrong OAuth token', { authenticator: 'oauth' }, { token: 'wrong-and-secret' }, /OAuth access token/],
    ['a wrong password', { authenticator: 'password', user: 'owner' }, { password: 'wrong-and-secret' }, /password/],
    ['a credential for another way', { authenticator: 'token' }, { password }, /has no token/],
  ])('is refused with %s, without telling it', async (_, settings, credentials, said) => {
    const error = await userOf(settings, credentials).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConnectorError)
    expect(error).toMatchObject({ code: 'authentication-failed', message: expect.stringMatching(said) })
    for (const secret of Object.values(credentials)) expect(String(error)).not.toContain(secret)
  })
})
