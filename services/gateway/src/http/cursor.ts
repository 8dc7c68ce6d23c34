import { createHash } from 'node:crypto'
import { z } from 'zod'
import { invalidField } from './problem.ts'
import { isStorable } from './storable-text.ts'

/** Which list a cursor belongs to: everything that decides its order and content, without the page itself. */
const fingerprintOf = (list: unknown): string =>
  createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 12)

/** An opaque cursor: the sort key of the last row, tied to the filter it was made under. */
export function encodeCursor(list: unknown, key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([fingerprintOf(list), ...key])).toString('base64url')
}

/**
 * The key of a cursor.
 * @throws ProblemError 422 when it is damaged or belongs to another filter
 */
export function decodeCursor<Key extends z.core.$ZodTuple>(
  cursor: string | undefined,
  list: unknown,
  zKey: Key,
): z.output<Key> | undefined {
  if (cursor === undefined) return undefined
  const content = parseJson(Buffer.from(cursor, 'base64url').toString())
  const parsed = z.array(z.unknown()).safeParse(isStorable(content) ? content : undefined)
  const [fingerprint, ...key] = parsed.data ?? []
  const decoded = z.safeParse(zKey, key)
  if (!decoded.success) throw invalidField('cursor', 'is not a cursor of this list')
  if (fingerprint !== fingerprintOf(list))
    throw invalidField('cursor', 'belongs to another filter: begin again without it')
  return decoded.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One row more than the page was read: it tells whether another page follows. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(view), nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}
