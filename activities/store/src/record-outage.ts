/**
 * Of the network, and of Postgres: connection errors, shutdown, no slot, memory or disk left, and what a server that stood
 * still for half a minute says when it goes on (our own time limits have passed).
 */
const outageCodes =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08...|57P0.|53...|57014|25P0[34])$/
/** The driver and its pool have no code for these. */
const outageMessages =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection/i

/** Deeper causes say nothing to a reader. */
const maxCauses = 8

/**
 * Whether the record (Postgres) could not be reached or broke off: the same call may succeed later. Sources report their
 * outages as a ConnectorError, with a code of its own: that is for the caller to look at first.
 */
export function isRecordOutage(error: unknown, depth = maxCauses): boolean {
  if (!(error instanceof Error) || depth === 0) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (outageCodes.test(code) || outageMessages.test(error.message)) return true
  const inner: unknown[] = error instanceof AggregateError ? [...error.errors, error.cause] : [error.cause]
  return inner.some((one) => isRecordOutage(one, depth - 1))
}
