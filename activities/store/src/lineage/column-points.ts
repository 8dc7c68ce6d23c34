/** How a column is used on the way: its values go on; it only decides which rows come; or nobody knows. */
export const columnUses = ['direct', 'indirect', 'unknown'] as const
export type ColumnUse = (typeof columnUses)[number]

/** The surest first: `rankOf` sorts by it, and a way is as sure as its least sure step. */
const ranks: Record<ColumnUse, number> = { direct: 2, indirect: 1, unknown: 0 }
export const rankOf = (use: ColumnUse): number => ranks[use]
export const useOfRank = (rank: number): ColumnUse => columnUses[ranks.direct - rank] ?? 'unknown'

/** One column of an asset that a trace has come to; without a column, its rows as a whole. */
export interface ColumnPoint {
  assetId: string
  column: string | null
  use: ColumnUse
}

/** What a trace has come to, each point with the surest use. */
export class ColumnPoints {
  readonly #uses = new Map<string, Map<string | null, ColumnUse>>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** @returns whether it was not known, or was known as less sure */
  add({ assetId, column, use }: ColumnPoint): boolean {
    const columns = this.#uses.get(assetId) ?? new Map<string | null, ColumnUse>()
    const before = columns.get(column)
    if (before !== undefined && rankOf(before) >= rankOf(use)) return false
    if (before === undefined) this.#size += 1
    this.#uses.set(assetId, columns.set(column, use))
    return true
  }

  useOf(assetId: string, column: string | null): ColumnUse | undefined {
    return this.#uses.get(assetId)?.get(column)
  }

  /** The columns that values come to, or from. */
  directColumns(assetId: string): string[] {
    const uses = [...(this.#uses.get(assetId) ?? [])]
    return uses.flatMap(([column, use]) => (column !== null && use === 'direct' ? [column] : []))
  }

  /** The surest of what is known of an asset. */
  bestUse(assetId: string): ColumnUse {
    const best = Math.max(0, ...[...(this.#uses.get(assetId)?.values() ?? [])].map(rankOf))
    return useOfRank(best)
  }
}
