import type { ErrorCode } from '@plumbline/workflows'

const codes = new Set<ErrorCode>([
  'connection-refused',
  'connection-timeout',
  'host-not-found',
  'tls-failed',
  'authentication-failed',
  'database-not-found',
  'credentials-unreadable',
  'too-many-connections',
])

/** Whether an error is mended in the settings of the connection. */
export const isOfConnection = (code: ErrorCode): boolean => codes.has(code)
