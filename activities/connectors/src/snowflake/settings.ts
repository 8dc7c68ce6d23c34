import { z } from 'zod'
import { zServerAddress } from '../server-address.ts'

/** How the user proves who they are. `oauth`: a token that something else renews; `oauth-client`: one that is asked for each time. */
export const authenticators = ['key-pair', 'token', 'oauth', 'oauth-client', 'password'] as const
export type Authenticator = (typeof authenticators)[number]

const forAuthenticator = (...is: Authenticator[]) => ({ when: { setting: 'authenticator', is } })
const zIdentifier = z.string().trim().min(1).max(255)
const limits = { fold: 'Limits and address…' }
const secretPlaceholder = 'Or env:NAME, file:PATH'

export const zSnowflakeSettings = z.strictObject({
  account: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^\w[\w.-]*$/, 'must be an account identifier, as myorg-myaccount, without https:// or a path')
    .meta({
      title: 'Account',
      description:
        'Organization and account, as myorg-myaccount, or a locator with its region, as xy12345.eu-central-1',
      placeholder: 'myorg-myaccount, or paste the address of Snowflake',
      input: 'address',
    }),
  user: zIdentifier.meta({ title: 'User', row: 'user' }),
  role: zIdentifier.nullish().meta({ title: 'Role', placeholder: 'Default role of the user', row: 'user' }),
  warehouse: zIdentifier.meta({ title: 'Warehouse', description: 'What the statements are computed on', row: 'data' }),
  database: zIdentifier.meta({
    title: 'Database',
    description: 'Read in upper case, as Snowflake does; in double quotes as it stands',
    row: 'data',
  }),
  authenticator: z.enum(authenticators).default('key-pair').meta({ title: 'Signs in with' }),
  oauthTokenUrl: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .nullish()
    .meta({
      title: 'Token address',
      description: 'Where the authorization server gives out tokens',
      placeholder: 'https://login.example.com/oauth/token',
      ...forAuthenticator('oauth-client'),
    }),
  oauthClientId: z
    .string()
    .trim()
    .max(1_000)
    .nullish()
    .meta({ title: 'Client id', ...forAuthenticator('oauth-client') }),
  oauthScope: z
    .string()
    .trim()
    .max(1_000)
    .nullish()
    .meta({ title: 'Scope', placeholder: 'session:role:PLUMBLINE', ...forAuthenticator('oauth-client') }),
  url: zServerAddress.nullish().meta({
    ...limits,
    title: 'Address',
    description: 'Only where it is not that of the account, as with a private link',
    placeholder: 'https://myorg-myaccount.privatelink.snowflakecomputing.com',
  }),
  maxStatements: z
    .int()
    .min(10)
    .max(1_000_000)
    .default(20_000)
    .meta({
      ...limits,
      title: 'Statements a job',
      description: 'A job that needs more ends with budget-spent',
    }),
  maxSeconds: z
    .int()
    .min(10)
    .max(86_400)
    .default(3_600)
    .meta({
      ...limits,
      title: 'Seconds a job',
      description: 'Of statements that run, also side by side',
    }),
})
export type SnowflakeSettings = z.output<typeof zSnowflakeSettings>

const secret = (title: string, ...is: Authenticator[]) => ({
  title,
  description: 'The secret itself, or where it lies: `env:NAME`, `file:PATH`',
  placeholder: secretPlaceholder,
  ...forAuthenticator(...is),
})

export const zSnowflakeCredentials = z.strictObject({
  privateKey: z
    .string()
    .max(16_384)
    .optional()
    .meta({
      title: 'Private key',
      description: 'PEM (PKCS #8, encrypted or not), or where it lies. Its public key belongs to the user in Snowflake',
      placeholder: '-----BEGIN PRIVATE KEY-----, or env:NAME, file:PATH',
      input: 'pem',
      ...forAuthenticator('key-pair'),
    }),
  passphrase: z.string().max(4_096).optional().meta(secret('Passphrase of the key', 'key-pair')),
  token: z
    .string()
    .max(16_384)
    .optional()
    .meta(secret('Token', 'token', 'oauth')),
  clientSecret: z.string().max(4_096).optional().meta(secret('Client secret', 'oauth-client')),
  password: z.string().max(4_096).optional().meta(secret('Password', 'password')),
})

/** What each way to sign in cannot do without. */
export const neededCredentials: Record<Authenticator, keyof z.output<typeof zSnowflakeCredentials>> = {
  'key-pair': 'privateKey',
  token: 'token',
  oauth: 'token',
  'oauth-client': 'clientSecret',
  password: 'password',
}

export const isAuthenticator = (value: unknown): value is Authenticator => authenticators.some((one) => one === value)
