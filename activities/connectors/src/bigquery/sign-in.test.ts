import { generateKeyPairSync } from 'node:crypto'
import { Impersonated, JWT } from 'google-auth-library'
import { expect, test } from 'vitest'
import { zBigQuerySettings } from './settings.ts'
import { signIn } from './sign-in.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const key = { type: 'service_account', client_email: 'plumbline@shop.iam.gserviceaccount.com', private_key: privateKey }
const identity = {
  type: 'external_account',
  audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/one',
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  token_url: 'https://sts.googleapis.com/v1/token',
  credential_source: { file: '/var/run/token' },
}

const by = (settings: Record<string, unknown>, credentials: Record<string, unknown> = {}) =>
  signIn({
    settings: zBigQuerySettings.parse({ project: 'shop', ...settings }),
    credentials: Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name, JSON.stringify(value)])),
  })

test('a key signs its tokens itself, for BigQuery alone', async () => {
  const client = await by({}, { serviceAccountKey: key })
  const header = (await client.getRequestHeaders('https://bigquery.googleapis.com/')).get('authorization') ?? ''
  const claims: unknown = JSON.parse(Buffer.from(header.split('.')[1] ?? '', 'base64url').toString())
  expect(client).toBeInstanceOf(JWT)
  expect(claims).toMatchObject({ iss: key.client_email, scope: 'https://www.googleapis.com/auth/bigquery' })
})

test('another service account is acted as with rights to BigQuery alone', async () => {
  const client = await by({ impersonate: 'reader@shop.iam.gserviceaccount.com' }, { serviceAccountKey: key })
  expect(client instanceof Impersonated && client.getTargetPrincipal()).toBe('reader@shop.iam.gserviceaccount.com')
})

test('a workload identity is taken as gcloud writes it', async () => {
  const client = await by({ authenticator: 'workload-identity' }, { workloadIdentity: identity })
  expect(client.constructor.name).toBe('IdentityPoolClient')
})

test.each([
  [{}, {}, 'has no serviceAccountKey'],
  [{}, { serviceAccountKey: { ...key, private_key: 'no PEM' } }, 'cannot be read'],
  [{}, { serviceAccountKey: { ...key, client_email: undefined } }, 'client_email is missing'],
  [
    { authenticator: 'workload-identity' },
    { workloadIdentity: { ...identity, token_url: 'https://evil.example/t' } },
    'token_url is missing or not what it must be',
  ],
  [
    { authenticator: 'workload-identity' },
    { workloadIdentity: { ...identity, credential_source: { executable: { command: '/bin/sh' } } } },
    'credential_source',
  ],
  [
    { authenticator: 'workload-identity' },
    { workloadIdentity: { ...identity, service_account_impersonation_url: 'https://googleapis.com.evil.example/' } },
    'service_account_impersonation_url',
  ],
])('%j with %j is refused without a word of the secret', async (settings, credentials, message) => {
  const failure = by(settings, credentials)
  await expect(failure).rejects.toMatchObject({
    code: 'authentication-failed',
    message: expect.stringContaining(message),
  })
  await expect(failure).rejects.not.toThrow('no PEM')
})
