/** `message` says what is wrong in a way that its author can mend. */
export type SqlVerdict = { ok: true } | { ok: false; message: string }

/** Thrown on the way through a tree, where `judged` waits for it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** A node of a parser's tree. */
export type Node = Record<string, unknown>

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

export const refused = (message: string): SqlVerdict => ({ ok: false, message })

/**
 * The verdict on a text that was parsed: it must be one statement, and that a query.
 * @param key under which the parser puts a query
 * @param check throws a RefusedError for what is not allowed
 */
export function judged(statements: readonly unknown[], key: string, check: (query: Node) => void): SqlVerdict {
  const [first, ...more] = statements
  if (first === undefined) return refused('It holds no statement')
  if (more.length > 0) return refused('Only one statement is allowed')
  const query = isNode(first) ? first[key] : undefined
  if (!isNode(query)) return refused('Only a SELECT is allowed')
  try {
    check(query)
    return { ok: true }
  } catch (error) {
    if (error instanceof RefusedError) return refused(error.message)
    throw error
  }
}
