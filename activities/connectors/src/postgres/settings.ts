import { z } from 'zod'

/**
 * As libpq means them: `prefer` tries TLS and falls back to plain, `require` encrypts without looking at the certificate,
 * `verify-ca` checks who signed it, `verify-full` also that it names the host.
 */
export const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof sslModes)[number]

const zPem = z.string().max(65_536).includes('-----BEGIN CERTIFICATE-----')

const zSettings = z.strictObject({
  host: z.string().trim().min(1).max(255),
  port: z.int().min(1).max(65_535).default(5432),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  sslMode: z.enum(sslModes).default('prefer'),
  /** PEM, one or several: who may have signed the certificate of the server, in place of the roots that Node knows. */
  sslRootCertificate: zPem.nullish(),
  /** PEM, with the chain up to its root: our own, for a server that asks for one. Its key is a credential. */
  sslCertificate: zPem.nullish(),
})
export type PostgresSettings = z.output<typeof zSettings>

/** @throws ZodError with the paths of what is wrong */
export function parsePostgresSettings(settings: unknown): PostgresSettings {
  return zSettings.parse(settings)
}
