import { errorCodes, type ConnectionCheck } from '@plumbline/workflows'
import { ConnectorError } from './connector-error.ts'

/** How a connection of one kind is tried. */
export interface CheckRun {
  /** Of the caller. */
  signal: AbortSignal
  /** Of all checks together. */
  limitMs: number
  /** Adds each check that passes, or that fails without an error, and ends with the first that cannot go on. */
  tryAll: (signal: AbortSignal, checks: ConnectionCheck[]) => Promise<void>
  errorOf: (error: unknown) => ConnectorError
  /** The check that failed, after those that had passed by then without being told; `done` were told. */
  failedChecks: (done: number, failure: ConnectorError) => ConnectionCheck[]
}

/** Checks in their order, up to the first that fails. @throws only the signal's reason */
export async function runChecks({
  signal,
  limitMs,
  tryAll,
  errorOf,
  failedChecks,
}: CheckRun): Promise<ConnectionCheck[]> {
  const deadline = AbortSignal.timeout(limitMs)
  const checks: ConnectionCheck[] = []
  try {
    await tryAll(AbortSignal.any([signal, deadline]), checks)
  } catch (error) {
    signal.throwIfAborted()
    const failure = deadline.aborted
      ? new ConnectorError('connection-timeout', `no answer within ${limitMs / 1000} s`, { cause: error })
      : errorOf(error)
    checks.push(...failedChecks(checks.length, failure))
  }
  return checks
}

export const passedCheck = (name: string, message: string): ConnectionCheck => ({ name, ok: true, message })

/** @param hint what to do, where more is known than the error's code tells */
export function failedCheck(name: string, { code, message }: ConnectorError, hint?: string): ConnectionCheck {
  const { title, hint: usual } = errorCodes[code]
  return { name, ok: false, message: message.startsWith(title) ? message : `${title}: ${message}`, hint: hint ?? usual }
}
