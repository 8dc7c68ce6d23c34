import { errorCodes, type ErrorCode } from '@plumbline/workflows'
import { z } from 'zod'
import { ConnectorError } from '../connector-error.ts'
import { networkCodeOf } from '../network-error.ts'

/**
 * Reasons of BigQuery: https://cloud.google.com/bigquery/docs/error-messages. What is not here failed for a reason of the statement
 * or of the object that it is about.
 */
const byReason: Readonly<Record<string, ErrorCode>> = {
  accessDenied: 'permission-denied',
  authError: 'authentication-failed',
  backendError: 'connection-lost',
  billingNotEnabled: 'permission-denied',
  forbidden: 'permission-denied',
  internalError: 'connection-lost',
  jobRateLimitExceeded: 'quota-exceeded',
  quotaExceeded: 'quota-exceeded',
  rateLimitExceeded: 'quota-exceeded',
  required: 'authentication-failed',
  timeout: 'statement-timeout',
  userRateLimitExceeded: 'quota-exceeded',
}

/** Where a proxy or the endpoint itself answered, and gave no reason. */
const byStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'authentication-failed',
  403: 'permission-denied',
  407: 'connection-refused',
  429: 'quota-exceeded',
  500: 'connection-lost',
  502: 'connection-lost',
  503: 'connection-lost',
  504: 'connection-lost',
}

const sessionCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'authentication-failed',
  'connection-lost',
  'connection-refused',
  'connection-timeout',
  'database-not-found',
  'host-not-found',
  'quota-exceeded',
  'tls-failed',
])

/** Whether it is over with the whole session, not with one table. */
export const endsSession = (error: unknown): boolean => error instanceof ConnectorError && sessionCodes.has(error.code)

/** Whether the same call may succeed in a moment: a quota by the second, or BigQuery stumbled. */
export const isPassing = ({ code }: ConnectorError): boolean => code === 'quota-exceeded' || code === 'connection-lost'

/** Told apart from what may not be seen: there is no such dataset, table or job. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof ConnectorError && reasonOf(error.cause) === 'notFound'

/** The job that is to be made is there: an earlier try made it, whose answer was lost. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof ConnectorError && ['duplicate', 'alreadyExists'].includes(reasonOf(error.cause) ?? '')

const zErrorProto = z.object({ reason: z.string().optional(), message: z.string().optional() })
const zApiError = z.object({
  code: z.union([z.number(), z.string()]).optional(),
  status: z.union([z.number(), z.string()]).optional(),
  errors: z.array(zErrorProto).optional(),
  response: z.object({ status: z.number().optional() }).optional(),
})

/** Of an answer of BigQuery, or of the error of a job. */
export function reasonOf(error: unknown): string | undefined {
  const own = zErrorProto.safeParse(error)
  if (own.success && own.data.reason !== undefined) return own.data.reason
  return zApiError.safeParse(error).data?.errors?.find(({ reason }) => reason !== undefined)?.reason
}

/** What the library or BigQuery said, as a ConnectorError with the original as its cause; neither puts a secret into its messages. */
export function connectorErrorOf(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error
  const code = codeOf(error)
  const message = messageOf(error)
  const isTold = code === 'source-failed' || code === 'permission-denied' || code === 'database-not-found'
  return new ConnectorError(code, isTold ? message : `${errorCodes[code].title}: ${message}`, { cause: error })
}

function codeOf(error: unknown): ErrorCode {
  const network = networkCodeOf(error)
  if (network !== undefined) return network
  const message = messageOf(error)
  if (isOfSigningIn(message)) return 'authentication-failed'
  const reason = reasonOf(error)
  if (reason === 'notFound' && /not found: project|unknown project|project .* not found/i.test(message))
    return 'database-not-found'
  if (reason !== undefined) return byReason[reason] ?? 'source-failed'
  const { code, status, response } = zApiError.safeParse(error).data ?? {}
  return byStatus[Number(code ?? status ?? response?.status)] ?? 'source-failed'
}

/** What the token servers of Google answer, and the library where it has nothing to sign in with. */
const isOfSigningIn = (message: string): boolean =>
  /invalid_grant|invalid_client|invalid_target|unauthorized_client|could not load the default credentials|unable to impersonate|invalid jwt/i.test(
    message,
  )

function messageOf(error: unknown): string {
  const { message } = zErrorProto.safeParse(error).data ?? {}
  if (message !== undefined && message !== '') return message
  return error instanceof Error ? error.name : String(error)
}
