import type { QueryResultRow } from 'pg'
import type { PostgresLink } from './link.ts'

/**
 * A cursor in the server over rows ordered by their relation's oid, of which one page is held here. Reading several side
 * by side merges them relation by relation in constant memory.
 */
export class CatalogCursor<Row extends QueryResultRow & { relation: number }> {
  readonly #link: PostgresLink
  readonly #fetch: string
  readonly #pageSize: number
  #page: Row[] = []
  #at = 0
  #atEnd = false

  private constructor(link: PostgresLink, name: string, pageSize: number) {
    this.#link = link
    this.#fetch = `fetch ${pageSize} from ${name}`
    this.#pageSize = pageSize
  }

  /** Lives as long as the transaction, or the savepoint, it is declared in. */
  static async declare<Row extends QueryResultRow & { relation: number }>(
    link: PostgresLink,
    name: string,
    query: string,
    pageSize: number,
  ): Promise<CatalogCursor<Row>> {
    await link.query(`declare ${name} no scroll cursor for ${query}`)
    return new CatalogCursor<Row>(link, name, pageSize)
  }

  /** The next row, whatever relation it belongs to; undefined at the end. */
  async next(): Promise<Row | undefined> {
    const row = await this.#peek()
    this.#at += 1
    return row
  }

  /** The rows of the next page; none at the end. */
  async page(): Promise<Row[]> {
    await this.#peek()
    const rows = this.#page.slice(this.#at)
    this.#at = this.#page.length
    return rows
  }

  /** All rows of one relation. Relations are asked for in ascending order; rows before them are passed over. */
  async rowsOf(relation: number): Promise<Row[]> {
    const rows: Row[] = []
    let row = await this.#peek()
    while (row !== undefined && row.relation <= relation) {
      if (row.relation === relation) rows.push(row)
      this.#at += 1
      row = this.#page[this.#at] ?? (await this.#peek())
    }
    return rows
  }

  async #peek(): Promise<Row | undefined> {
    if (this.#at >= this.#page.length && !this.#atEnd) {
      this.#page = await this.#link.query<Row>(this.#fetch)
      this.#at = 0
      this.#atEnd = this.#page.length < this.#pageSize
    }
    return this.#page[this.#at]
  }
}
