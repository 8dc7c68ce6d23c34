import type { FieldValues } from '../kind.ts'
import { sslModes } from './settings.ts'

/** Everything in one line, as every Postgres client writes it. */
const looksLikePostgresUrl = (text: string): boolean => /^\s*postgres(ql)?:\/\//i.test(text)

/**
 * What a `postgres://user:password@host:port/database?sslmode=…` says; parts that are missing are left as they are. Null when it
 * cannot be read.
 */
export function readPostgresAddress(text: string): FieldValues | null {
  if (!looksLikePostgresUrl(text) || !URL.canParse(text.trim())) return null
  const url = new URL(text.trim())
  try {
    const database = decodeURIComponent(url.pathname.slice(1))
    const user = decodeURIComponent(url.username)
    const sslMode = sslModes.find((mode) => mode === url.searchParams.get('sslmode'))
    return {
      ...(url.hostname === '' ? {} : { 'settings.host': url.hostname.replace(/^\[(.*)\]$/, '$1') }),
      ...(url.port === '' ? {} : { 'settings.port': url.port }),
      ...(database === '' ? {} : { 'settings.database': database }),
      ...(user === '' ? {} : { 'settings.user': user }),
      ...(url.password === '' ? {} : { 'credentials.password': decodeURIComponent(url.password) }),
      ...(sslMode === undefined ? {} : { 'settings.sslMode': sslMode }),
    }
  } catch {
    // A stray percent sign: not an address.
    return null
  }
}
