import { isRecordOutage } from '@plumbline/store'
import { errorCodes, isErrorCode, type ErrorCode } from '@plumbline/workflows'
import { ApplicationFailure } from '@temporalio/common'

/** Takes secrets out of a text. */
export type Redact = (text: string) => string

/** A shorter secret is also part of ordinary words: cutting it out of them would tell what it is. */
const minRedacted = 6

/** Every given value, wherever it stands in a text, as it is or as a URL writes it. */
export function redactor(secrets: Iterable<string>): Redact {
  const values = [...new Set([...secrets].flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    .filter((secret) => secret.length >= minRedacted)
    .sort((a, b) => b.length - a.length)
  return (text) => values.reduce((shown, secret) => shown.replaceAll(secret, '[redacted]'), text)
}

/**
 * Any error as what Temporal records: its type is a code of the error table, which decides whether it is tried again.
 * Message, stack and causes are kept without secrets. The `last` of a number of tries is not tried again, whatever its code.
 */
export function toFailure(error: unknown, redact: Redact, { last = false } = {}): ApplicationFailure {
  const code = codeOf(error)
  const cause = error instanceof Error ? plainCause(error.cause, redact, maxCauses) : undefined
  const failure = ApplicationFailure.create({
    type: code,
    nonRetryable: last || !errorCodes[code].retryable,
    message: redact(messageOf(error)),
    ...(cause && { cause }),
  })
  if (error instanceof Error && error.stack !== undefined) failure.stack = redact(error.stack)
  return failure
}

/** What an error is called in the error table. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof ApplicationFailure && error.type && isErrorCode(error.type)) return error.type
  const code = propertyOf(error, 'code')
  if (code !== undefined && isErrorCode(code)) return code
  // Sources report their outages with a code of their own, so what is left is the record's.
  return isRecordOutage(error) ? 'record-unreachable' : 'internal'
}

/** An AggregateError (both addresses of a host refused) has no message of its own. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : error.name
}

/** Deeper causes say nothing to a reader. */
const maxCauses = 8

/** Drivers hang configuration on their errors: only message and stack are taken over. */
function plainCause(cause: unknown, redact: Redact, depth: number): Error | undefined {
  if (cause === undefined || depth === 0) return undefined
  const deeper = cause instanceof Error ? plainCause(cause.cause, redact, depth - 1) : undefined
  const plain = new Error(redact(messageOf(cause)), deeper && { cause: deeper })
  if (cause instanceof Error && cause.stack !== undefined) plain.stack = redact(cause.stack)
  return plain
}

function propertyOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined
  const property: unknown = Reflect.get(value, name)
  return typeof property === 'string' ? property : undefined
}
