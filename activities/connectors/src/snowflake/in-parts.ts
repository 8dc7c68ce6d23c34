import { isTooMuchData } from './driver-error.ts'
import type { SnowflakeLink } from './link.ts'
import type { SchemaPart } from './catalog-statements.ts'

/** For one statement of one page; the first page of a large catalog includes its sort. */
const timeoutMs = 300_000

/**
 * The rows of a statement over the whole database, in its order; schema by schema where Snowflake says that this is too much data.
 *
 * @param schemas in the order of the statement
 */
export async function* inParts<Row>(
  link: SnowflakeLink,
  schemas: readonly string[],
  statement: (part: SchemaPart) => string,
): AsyncGenerator<Row[]> {
  try {
    yield* link.pages<Row>(statement(null), { timeoutMs })
    return
  } catch (error) {
    // It is said before the first row.
    if (!isTooMuchData(error)) throw error
  }
  for (const schema of schemas) yield* link.pages<Row>(statement(schema), { timeoutMs })
}

/** Rows that are ordered by their relation, taken relation by relation: one page is held. */
export class RowsByRelation<Row> {
  readonly #pages: AsyncIterator<Row[]>
  readonly #keyOf: (row: Row) => string
  #page: Row[] = []
  #at = 0

  constructor(pages: AsyncIterable<Row[]>, keyOf: (row: Row) => string) {
    this.#pages = pages[Symbol.asyncIterator]()
    this.#keyOf = keyOf
  }

  /** Of the relation with this key. Keys are asked for in the order of the rows; rows before them are passed over. */
  async of(key: string): Promise<Row[]> {
    const rows: Row[] = []
    for (let row = await this.#peek(); row !== undefined; row = await this.#peek()) {
      const order = compareText(this.#keyOf(row), key)
      if (order > 0) break
      if (order === 0) rows.push(row)
      this.#at += 1
    }
    return rows
  }

  /** Lets go of what was not read. */
  async close(): Promise<void> {
    await this.#pages.return?.()
  }

  async #peek(): Promise<Row | undefined> {
    while (this.#at >= this.#page.length) {
      const next = await this.#pages.next()
      if (next.done) return undefined
      this.#page = next.value
      this.#at = 0
    }
    return this.#page[this.#at]
  }
}

/** As Snowflake orders texts: by their bytes. JavaScript orders by halves of characters beyond the first 65,536. */
export const compareText = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right))
