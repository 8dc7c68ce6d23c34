import type { AssetKind, FreshnessState } from '@plumbline/workflows'
import type { Database } from '../database.ts'
import { countFreshness, listFreshness, type FreshnessRecord } from '../freshness/freshness-queries.ts'
import { withinTime } from '../within-time.ts'

const timeLimitMs = 2_000

export interface FreshnessIn {
  counts: Map<FreshnessState, number>
  checkedAt: Date | null
  /** The worst first. */
  tables: FreshnessRecord[]
}

/** How fresh the tables of a place, or of the organization, are. `undefined` when that takes too long to find out. */
export async function freshnessIn(
  db: Database,
  organizationId: string,
  place: { id: string; kind: AssetKind } | undefined,
  page: { states?: readonly FreshnessState[] | undefined; limit: number },
): Promise<FreshnessIn | undefined> {
  return withinTime(db, timeLimitMs, async (trx) => {
    const { states, checkedAt } = await countFreshness(trx, organizationId, place)
    return { counts: states, checkedAt, tables: await listFreshness(trx, organizationId, place, page) }
  })
}
