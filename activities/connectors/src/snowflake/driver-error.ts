import { errorCodes, type ErrorCode } from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import { networkCodeOf } from '../network-error.ts'

/**
 * Numbers of Snowflake and of its driver. Below 300000 they are of statements, from 390000 of logging in, from 400000 the driver's own:
 * https://docs.snowflake.com/en/user-guide/key-pair-auth-troubleshooting and the driver's `error_code.ts`.
 */
const byCode: Readonly<Record<string, ErrorCode>> = {
  '000604': 'source-failed',
  '000606': 'permission-denied',
  '000625': 'lock-timeout',
  '000630': 'statement-timeout',
  '002003': 'permission-denied',
  '002043': 'permission-denied',
  '003001': 'permission-denied',
  '003003': 'permission-denied',
  '390111': 'connection-lost',
  '390112': 'connection-lost',
  '390114': 'connection-lost',
  '390189': 'permission-denied',
  '390201': 'permission-denied',
  '401001': 'connection-refused',
  '401002': 'host-not-found',
  '405503': 'connection-lost',
  '407001': 'connection-lost',
  '407002': 'connection-lost',
}

/** `Information schema query returned too much data`: a narrower question is answered. */
const tooMuchData = '090030'

const connectionCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection-lost',
  'connection-refused',
  'connection-timeout',
  'host-not-found',
  'authentication-failed',
])

/** After one of these there is nothing left to ask. */
export const isConnectionCode = (code: ErrorCode): boolean => connectionCodes.has(code)

/** Whether Snowflake wants to be asked schema by schema. */
export const isTooMuchData = (error: unknown): boolean =>
  error instanceof ConnectorError && (numberOf(error.cause) === tooMuchData || /too much data/i.test(error.message))

/**
 * What the driver or Snowflake threw, as a ConnectorError with the original as its cause. Neither puts a secret into its messages; the
 * statement, which may hold values, is not part of them either.
 */
export function connectorErrorOf(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error
  const code = codeOf(error)
  const message = messageOf(error)
  const isNetwork = isConnectionCode(code) && code !== 'authentication-failed'
  return new ConnectorError(code, isNetwork ? `${errorCodes[code].title}: ${message}` : message, { cause: error })
}

function codeOf(error: unknown): ErrorCode {
  const network = networkCodeOf(error)
  if (network !== undefined) return network
  const number = numberOf(error)
  if (/database '[^']*' does not exist or not authorized/i.test(messageOf(error))) return 'database-not-found'
  if (number === undefined) return 'source-failed'
  if (byCode[number] !== undefined) return byCode[number]
  // Whatever else is said while logging in: keys, tokens, passwords, network policies.
  return /^39[0-6]/.test(number) ? 'authentication-failed' : 'source-failed'
}

/** Six digits; the driver gives some as a number, some as a text. */
function numberOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const { code } = error
  if (typeof code === 'number') return String(code).padStart(6, '0')
  return typeof code === 'string' && /^\d+$/.test(code) ? code.padStart(6, '0') : undefined
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message === '' ? error.name : error.message
}
