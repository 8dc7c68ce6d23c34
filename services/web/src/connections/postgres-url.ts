import { sslModeNames, type ConnectionForm } from './connection-form-state.ts'

/** Everything in one line, as every Postgres client writes it. */
export const looksLikePostgresUrl = (text: string): boolean => /^\s*postgres(ql)?:\/\//i.test(text)

/**
 * What a `postgres://user:password@host:port/database?sslmode=…` says; parts that are missing are left as they are. Null when it
 * cannot be read.
 */
export function parsePostgresUrl(text: string): Partial<ConnectionForm> | null {
  if (!looksLikePostgresUrl(text) || !URL.canParse(text.trim())) return null
  const url = new URL(text.trim())
  try {
    const database = decodeURIComponent(url.pathname.slice(1))
    const user = decodeURIComponent(url.username)
    const sslMode = sslModeNames.find((mode) => mode === url.searchParams.get('sslmode'))
    return {
      ...(url.hostname === '' ? {} : { host: url.hostname.replace(/^\[(.*)\]$/, '$1') }),
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      ...(database === '' ? {} : { database }),
      ...(user === '' ? {} : { user }),
      ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
      ...(sslMode === undefined ? {} : { sslMode }),
    }
  } catch {
    // A stray percent sign: not an address.
    return null
  }
}
