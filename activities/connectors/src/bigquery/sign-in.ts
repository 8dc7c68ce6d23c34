import { createPrivateKey } from 'node:crypto'
import type { AuthClient } from 'google-auth-library'
import { z } from 'zod'
import { ConnectorError } from '../connector-error.ts'
import { neededCredentials, type Authenticator, type BigQuerySettings } from './settings.ts'

export type Credentials = Readonly<Record<string, string>>
type AuthLibrary = typeof import('google-auth-library')

const bigqueryScope = 'https://www.googleapis.com/auth/bigquery'
/** What asking for a token of another service account needs. */
const platformScope = 'https://www.googleapis.com/auth/cloud-platform'

const zServiceAccountKey = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(3),
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
})

const zGoogleAddress = z.url().regex(/^https:\/\/([\w-]+\.)*googleapis\.com\//, 'must lead to googleapis.com')

/**
 * What a workload identity may say. It comes from outside: tokens go to Google alone, a file or an address gives the own one, and no
 * program is run for it. https://cloud.google.com/docs/authentication/external/externally-sourced-credentials
 */
const zWorkloadIdentity = z.object({
  type: z.literal('external_account'),
  audience: z.string().min(1),
  subject_token_type: z.string().min(1),
  token_url: zGoogleAddress,
  service_account_impersonation_url: zGoogleAddress.exactOptional(),
  credential_source: z.union([
    z.strictObject({
      environment_id: z.string(),
      region_url: z.string().exactOptional(),
      url: z.string().exactOptional(),
      regional_cred_verification_url: z.string(),
      imdsv2_session_token_url: z.string().exactOptional(),
    }),
    z.strictObject({ file: z.string(), format: zFormat().exactOptional() }),
    z.strictObject({
      url: z.url(),
      headers: z.record(z.string(), z.string()).exactOptional(),
      format: zFormat().exactOptional(),
    }),
  ]),
})

function zFormat() {
  return z.strictObject({ type: z.enum(['json', 'text']), subject_token_field_name: z.string().exactOptional() })
}

export interface SignInOptions {
  settings: BigQuerySettings
  credentials: Credentials
}

/**
 * Who asks BigQuery, as the settings say: tokens are asked for when they are needed.
 * @throws ConnectorError `authentication-failed` for a credential that is missing, or cannot be read
 */
export async function signIn(options: SignInOptions): Promise<AuthClient> {
  const { authenticator, impersonate } = options.settings
  const library = await import('google-auth-library')
  const scopes = [impersonate == null ? bigqueryScope : platformScope]
  const client = await ways[authenticator]({ ...options, library, scopes, secret: secretOf(options) })
  if (impersonate == null) return client
  return new library.Impersonated({
    sourceClient: client,
    targetPrincipal: impersonate,
    targetScopes: [bigqueryScope],
    delegates: [],
    lifetime: 3_600,
  })
}

function secretOf({ settings: { authenticator }, credentials }: SignInOptions): string {
  const needed = neededCredentials[authenticator]
  if (needed === null) return ''
  const secret = credentials[needed]
  if (secret) return secret
  throw new ConnectorError(
    'authentication-failed',
    `The connection signs in with ${authenticator} and has no ${needed}`,
  )
}

type Way = (given: SignInOptions & { library: AuthLibrary; scopes: string[]; secret: string }) => Promise<AuthClient>

const ways: Record<Authenticator, Way> = {
  async 'service-account-key'({ library, scopes, secret }) {
    const key = parsed(zServiceAccountKey, secret, 'The service account key')
    checkKey(key.private_key)
    const client = new library.JWT({
      email: key.client_email,
      key: key.private_key,
      ...(key.private_key_id !== undefined && { keyId: key.private_key_id }),
      scopes,
    })
    // BigQuery takes what the key itself has signed: no token has to be asked for.
    client.useJWTAccessWithScope = true
    return client
  },
  async 'application-default'({ library, scopes }) {
    const auth = new library.GoogleAuth({ scopes })
    auth.useJWTAccessWithScope = true
    try {
      return await auth.getClient()
    } catch (cause) {
      const message = 'The worker finds no credentials of its own: set GOOGLE_APPLICATION_CREDENTIALS where it runs'
      throw new ConnectorError('authentication-failed', message, { cause })
    }
  },
  async 'workload-identity'({ library, scopes, secret }) {
    const config = parsed(zWorkloadIdentity, secret, 'The configuration of the workload identity')
    const { credential_source: source, ...rest } = config
    const client =
      'environment_id' in source
        ? new library.AwsClient({ ...rest, credential_source: source })
        : new library.IdentityPoolClient({ ...rest, credential_source: source })
    client.scopes = scopes
    return client
  },
}

/** Says what is wrong by the names of fields: their values are secrets. */
function parsed<Schema extends z.ZodType>(schema: Schema, json: string, what: string): z.output<Schema> {
  const refuse = (why: string) => new ConnectorError('authentication-failed', `${what} cannot be read: ${why}`)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw refuse('it is not JSON')
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw refuse(`${issue?.path.join('.') || 'it'} is missing or not what it must be`)
}

function checkKey(pem: string): void {
  try {
    createPrivateKey(pem)
  } catch (cause) {
    throw new ConnectorError('authentication-failed', 'The private key of the service account cannot be read', {
      cause,
    })
  }
}
