import type { ErrorCode } from '@plumbline/workflows'

/**
 * What went wrong with a source, as data: the code decides status, hint and retry (`errors.ts` of workflows).
 * The message never holds a credential; the driver's own error stays behind it as the cause.
 */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
