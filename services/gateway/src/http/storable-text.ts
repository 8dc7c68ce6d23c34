import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { invalidField } from './problem.ts'

/** No request of the contract is nested deeper than a few levels. */
const maxDepth = 32

/**
 * Postgres stores neither NUL nor half a surrogate pair: text with one is refused here, wherever in a request it is, instead
 * of failing in the middle of a statement. Runs before validation.
 */
export async function refuseUnstorableText(request: FastifyRequest): Promise<void> {
  // A body that is streamed is looked at by who reads it, piece by piece.
  const body = request.body instanceof Readable ? undefined : request.body
  for (const part of [request.params, request.query, body]) requireStorable(part)
}

/**
 * @param at where the value is in the body; a path in the problem goes on from there
 * @throws ProblemError 422 that names the first text, or name, of the value that cannot be stored
 */
export function requireStorable(value: unknown, ...at: readonly string[]): void {
  const path = pathOfUnstorable(value)
  if (path === undefined) return
  throw invalidField(
    [...at, path].filter((part) => part !== '').join('.') || 'body',
    'holds a character that no text may hold (NUL or half a pair), or is nested too deep',
  )
}

/** Whether every text in a value can be stored. */
export const isStorable = (value: unknown): boolean => pathOfUnstorable(value) === undefined

/** The dotted path of the first text, or name, that cannot be stored; what is nested too deep cannot be either. */
function pathOfUnstorable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return isPlain(value) ? undefined : ''
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > maxDepth) return ''
  for (const [name, inner] of Object.entries(value)) {
    if (!isPlain(name)) return ''
    const below = pathOfUnstorable(inner, depth + 1)
    if (below !== undefined) return below === '' ? name : `${name}.${below}`
  }
  return undefined
}

const isPlain = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
