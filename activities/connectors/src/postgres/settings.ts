import { z } from 'zod'

/**
 * As libpq means them: `prefer` tries TLS and falls back to plain, `require` encrypts without looking at the certificate,
 * `verify-ca` checks who signed it, `verify-full` also that it names the host.
 */
export const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof sslModes)[number]

const certificates = {
  input: 'pem',
  fold: 'Certificates of your own…',
  when: { setting: 'sslMode', is: sslModes.slice(1) },
}
const certificateStart = '-----BEGIN CERTIFICATE-----'

const zPem = z
  .string()
  .max(65_536)
  .regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'must be a certificate in PEM form')

export const zPostgresSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^\s/@,]+$/, 'must be one host name or address, without user, password, port or path')
    .meta({
      title: 'Host',
      placeholder: 'db.example.com, or paste a postgres:// address',
      input: 'address',
      row: 'server',
    }),
  port: z.int().min(1).max(65_535).default(5432).meta({ title: 'Port', row: 'server' }),
  database: z.string().min(1).max(63).meta({ title: 'Database' }),
  user: z.string().min(1).max(63).meta({ title: 'User' }),
  sslMode: z.enum(sslModes).default('prefer').meta({ title: 'TLS (sslmode)' }),
  sslRootCertificate: zPem.nullish().meta({
    ...certificates,
    title: 'Root certificate',
    description: "PEM: who may have signed the server's certificate; left empty, the public authorities",
    placeholder: certificateStart,
  }),
  sslCertificate: zPem.nullish().meta({
    ...certificates,
    title: 'Client certificate',
    description:
      'PEM, with the chain up to its root, for a server that asks who connects; its key is the credential `sslKey`',
    placeholder: certificateStart,
  }),
})
export type PostgresSettings = z.output<typeof zPostgresSettings>

export const zPostgresCredentials = z.strictObject({
  password: z.string().max(4096).meta({
    title: 'Password',
    description: 'The secret itself, or where it lies: `env:NAME`, `file:PATH`',
    placeholder: 'Or env:NAME, file:PATH',
  }),
  sslKey: z
    .string()
    .max(16_384)
    .optional()
    .meta({
      ...certificates,
      title: 'Key of the client certificate',
      description: 'PEM, or where it lies. Given credentials replace all that were there',
      placeholder: '-----BEGIN PRIVATE KEY-----, or env:NAME, file:PATH',
    }),
})
