import { z } from 'zod'

/**
 * As libpq means them: `prefer` tries TLS and falls back to plain, `require` encrypts without looking at the certificate,
 * `verify-ca` checks who signed it, `verify-full` also that it names the host.
 */
export const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof sslModes)[number]

const zSettings = z.strictObject({
  host: z.string().trim().min(1).max(255),
  port: z.int().min(1).max(65_535).default(5432),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  sslMode: z.enum(sslModes).default('prefer'),
})
export type PostgresSettings = z.output<typeof zSettings>

/** @throws ZodError with the paths of what is wrong */
export function parsePostgresSettings(settings: unknown): PostgresSettings {
  return zSettings.parse(settings)
}
