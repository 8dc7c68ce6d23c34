import { redactor, toFailure } from './failures.ts'

const redact = redactor([])

/** A write to the record outside a step; what it throws is what Temporal understands. */
export async function written<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    throw toFailure(error, redact)
  }
}
