/**
 * Why a question has no answer. `limited`: too many questions, ask again after `retryAfterMs`. `transient`: the server failed, was
 * too slow, or the answer broke off. `rejected`: this question cannot be asked. `refused`: no question can (key, model, address).
 */
export type CallFailure = 'limited' | 'transient' | 'rejected' | 'refused'

export class ModelCallError extends Error {
  override readonly name = 'ModelCallError'
  readonly failure: CallFailure
  /** As the server asked for; undefined where it did not. */
  readonly retryAfterMs: number | undefined

  constructor(failure: CallFailure, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.failure = failure
    this.retryAfterMs = options.retryAfterMs
  }
}

/** A provider that asks for longer has run out of something that waiting does not bring back. */
const longestWaitMs = 600_000

/** Any error of a call as what is to be done about it, by the status that the server answered with. */
export function callErrorOf(error: unknown): ModelCallError {
  if (error instanceof ModelCallError) return error
  const status = statusOf(error)
  const failure = failureOf(status)
  const message = messageOf(error)
  const retryAfterMs = failure === 'limited' || failure === 'transient' ? retryAfterOf(headersOf(error)) : undefined
  return new ModelCallError(failure, status === undefined ? message : `${status}: ${message}`, {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

/** Without a status, nothing came back: a network that failed, a timeout, an answer that cannot be read. */
function failureOf(status: number | undefined): CallFailure {
  if (status === undefined || status >= 500 || status === 408 || status === 409) return 'transient'
  if (status === 429) return 'limited'
  return status === 401 || status === 403 || status === 404 ? 'refused' : 'rejected'
}

/** In seconds or as a date, or in milliseconds as some providers say beside it. */
export function retryAfterOf(headers: Record<string, unknown>, now = Date.now()): number | undefined {
  const inMs = Number(headers['retry-after-ms'] ?? Number.NaN)
  const given = headers['retry-after']
  const said = typeof given === 'string' ? given : ''
  const seconds = said === '' ? Number.NaN : Number(said)
  const waitMs = [inMs, seconds * 1000, Date.parse(said) - now].find((ms) => Number.isFinite(ms))
  return waitMs === undefined ? undefined : Math.min(Math.max(0, waitMs), longestWaitMs)
}

const longestMessage = 500

/** What the provider said; never the request, which has the key in its headers. */
function messageOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  return (said === '' ? 'The model could not be asked' : said).slice(0, longestMessage)
}

function statusOf(error: unknown): number | undefined {
  const status = property(error, 'statusCode')
  return typeof status === 'number' ? status : undefined
}

function headersOf(error: unknown): Record<string, unknown> {
  const headers = property(error, 'responseHeaders')
  return typeof headers === 'object' && headers !== null ? { ...headers } : {}
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
