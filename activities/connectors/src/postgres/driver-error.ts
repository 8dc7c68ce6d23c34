import { errorCodes, type ErrorCode } from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import { socketText } from '../socket-text.ts'

/** SQLSTATEs of Postgres; a class of two characters stands for all of it. */
const bySqlState: Readonly<Record<string, ErrorCode>> = {
  '08': 'connection-lost',
  '08001': 'connection-refused',
  '08004': 'connection-refused',
  '25P03': 'connection-lost',
  '28': 'authentication-failed',
  '3D000': 'database-not-found',
  '42501': 'permission-denied',
  '53300': 'too-many-connections',
  '55P03': 'lock-timeout',
  '57014': 'statement-timeout',
  '57P01': 'connection-lost',
  '57P02': 'connection-lost',
  '57P03': 'connection-refused',
  '57P04': 'database-not-found',
  '57P05': 'connection-lost',
}

/** Codes of Node's sockets, resolver and TLS. */
const byNodeCode: Readonly<Record<string, ErrorCode>> = {
  EAI_AGAIN: 'connection-timeout',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-lost',
  EHOSTDOWN: 'connection-timeout',
  EHOSTUNREACH: 'connection-timeout',
  ENETUNREACH: 'connection-timeout',
  ENOTFOUND: 'host-not-found',
  EPIPE: 'connection-lost',
  EPROTO: 'tls-failed',
  ETIMEDOUT: 'connection-timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-failed',
  HOSTNAME_MISMATCH: 'tls-failed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-failed',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-failed',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-failed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-failed',
}

/** The driver has no code for these; they are its own words, so only their beginning is compared. */
const byMessage: readonly (readonly [string, ErrorCode])[] = [
  ['The server does not support SSL connections', 'tls-failed'],
  ['There was an error establishing an SSL connection', 'tls-failed'],
  ['Client network socket disconnected before secure TLS', 'tls-failed'],
  ['Connection terminated', 'connection-lost'],
  ['Client has encountered a connection error', 'connection-lost'],
  ['Client was closed', 'connection-lost'],
  ['SASL', 'authentication-failed'],
]

/** PgBouncer answers for itself with this SQLSTATE, whatever is wrong, and passes on what the server behind it said. */
const poolerState = '08P01'
const byPoolerMessage: readonly (readonly [RegExp, ErrorCode])[] = [
  [/authentication failed|no such user/i, 'authentication-failed'],
  [/no such database|database .* does not exist/i, 'database-not-found'],
  [/no more connections|query_wait_timeout|too many/i, 'too-many-connections'],
]

/** After one of these there is nothing left to roll back or to ask. */
const connectionCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection-lost',
  'connection-refused',
  'connection-timeout',
  'database-not-found',
])

export const isConnectionCode = (code: ErrorCode): boolean => connectionCodes.has(code)

/**
 * What the driver, the socket or the server threw, as a ConnectorError with the original as its cause. The message ends
 * with the server's own: neither Postgres nor the driver ever puts the password into one.
 */
export function connectorErrorOf(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error
  const code = codeOf(error)
  return new ConnectorError(code, readable(code, error), { cause: error })
}

/** What a socket says (`connect ECONNREFUSED …`) is for those who know sockets: it stays behind this as the cause. */
function readable(code: ErrorCode, error: unknown): string {
  const native = nativeCode(error)
  if (native === undefined || byNodeCode[native] === undefined) return messageOf(error)
  // A handshake that broke is told by the code of a socket, too: its own words say more.
  const told = code === 'tls-failed' ? undefined : socketText(native, error)
  return told ?? `${errorCodes[code].title}: ${messageOf(error)}`
}

function codeOf(error: unknown): ErrorCode {
  const text = messageOf(error)
  const spoken = byMessage.find(([beginning]) => text.startsWith(beginning))?.[1]
  const code = nativeCode(error)
  if (code === undefined) return spoken ?? 'source-failed'
  if (byNodeCode[code] !== undefined) return spoken ?? byNodeCode[code]
  if (code === poolerState) return byPoolerMessage.find(([words]) => words.test(text))?.[1] ?? 'connection-lost'
  if (/^(ERR_SSL|ERR_OSSL|ERR_TLS|CERT_|CRL_)/.test(code)) return 'tls-failed'
  return bySqlState[code] ?? bySqlState[code.slice(0, 2)] ?? spoken ?? 'source-failed'
}

/** A host with several addresses fails with one error an address inside of an AggregateError. */
function nativeCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof AggregateError ? nativeCode(error.errors[0]) : undefined
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return error instanceof AggregateError && error.errors.length > 0 ? messageOf(error.errors[0]) : error.name
}
