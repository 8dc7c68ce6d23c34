import { ConnectorError } from '@plumbline/connectors'
import type { ErrorCode, JobWarning } from '@plumbline/workflows'

/** What of a single table is a warning; anything else is wrong with the whole source. */
const tableErrors: Partial<Record<ErrorCode, { code: string; what: string }>> = {
  'permission-denied': { code: 'no-select', what: 'The role may not read it' },
  'statement-timeout': { code: 'measure-timeout', what: 'Measuring it took too long' },
  'lock-timeout': { code: 'table-locked', what: 'Somebody has locked it for themselves' },
  'source-failed': { code: 'measure-failed', what: 'Measuring it failed' },
  'invalid-input': { code: 'metric-unusable', what: 'Its answer is no metric' },
}

/** What a single table may fail with, as a warning; anything else is thrown again. */
export function warningOf(error: unknown, object: string): JobWarning {
  const known = error instanceof ConnectorError ? tableErrors[error.code] : undefined
  if (!known || !(error instanceof ConnectorError)) throw error
  return { code: known.code, object, message: `${object} was not measured. ${known.what}: ${saidBy(error)}` }
}

/**
 * The message of the source, without the value that a data exception (SQLSTATE class 22) quotes: everybody who sees the job reads
 * it, whether or not they may read the table.
 */
function saidBy({ message, cause }: ConnectorError): string {
  const state = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return state.startsWith('22') ? message.replace(/".*"/s, '"…"') : message
}
