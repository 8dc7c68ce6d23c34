import { connectionKinds } from '@plumbline/workflows'
import { z } from 'zod'
import { zId, zPage, zPageQuery, zTime } from './primitives.ts'

export const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
const zPem = z
  .string()
  .max(65_536)
  .regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'must be a certificate in PEM form')
/** Without defaults: in a change, what is not given stays as it is. */
const zGivenPostgresSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^\s/@,]+$/, 'must be one host name or address, without user, password, port or path'),
  port: z.int().min(1).max(65535),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  sslMode: z.enum(sslModes),
  sslRootCertificate: zPem
    .nullish()
    .describe('PEM: who may have signed the certificate of the server; public authorities when left out'),
  sslCertificate: zPem.nullish().describe('PEM: the certificate of the client; its key is the credential `sslKey`'),
})
const zPostgresSettings = zGivenPostgresSettings.extend({
  port: zGivenPostgresSettings.shape.port.default(5432),
  sslMode: zGivenPostgresSettings.shape.sslMode.default('prefer'),
})
const zPostgresCredentials = z.strictObject({
  password: z.string().max(4096).describe('The secret itself, or where it lies: `env:NAME`, `file:PATH`'),
  sslKey: z
    .string()
    .max(16_384)
    .optional()
    .describe('PEM: the key of `sslCertificate`, or where it lies. Given credentials replace all that were there'),
})
const zName = z.string().trim().min(1).max(100)
const zMaxConcurrentJobs = z.int().min(1).max(100)

/** Secrets go in and never come out. */
export const zCreateConnection = z.discriminatedUnion('kind', [
  z.strictObject({
    name: zName,
    kind: z.literal('postgres'),
    settings: zPostgresSettings,
    credentials: zPostgresCredentials,
    maxConcurrentJobs: zMaxConcurrentJobs.default(4),
  }),
])
export type CreateConnection = z.input<typeof zCreateConnection>

export const zUpdateConnection = z.strictObject({
  name: zName.optional(),
  settings: zGivenPostgresSettings.partial().optional().describe('Merged into what is there'),
  credentials: zPostgresCredentials.optional(),
  maxConcurrentJobs: zMaxConcurrentJobs.optional(),
  paused: z.boolean().optional().describe('While paused no job of it begins; those that run go on'),
})
export type UpdateConnection = z.input<typeof zUpdateConnection>

export const zConnection = z.object({
  id: zId,
  name: z.string(),
  kind: z.enum(connectionKinds),
  settings: z.record(z.string(), z.unknown()),
  maxConcurrentJobs: z.int(),
  paused: z.boolean(),
  rootAssetId: zId.describe('The asset of kind database that discovery starts from'),
  createdAt: zTime,
  updatedAt: zTime,
})
export type Connection = z.infer<typeof zConnection>
export const zConnectionPage = zPage(zConnection)
export const zConnectionListQuery = zPageQuery

export const zConnectionTest = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), message: z.string(), hint: z.string().optional() })),
})
export type ConnectionTest = z.infer<typeof zConnectionTest>
