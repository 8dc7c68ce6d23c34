import type { FreshnessMethod, TableCounters } from '@plumbline/workflows'

/** What two looks at the counters of a table say about the time between them. */
export type CounterChange =
  | { kind: 'unchanged'; evidence: string[] }
  | { kind: 'changed'; method: FreshnessMethod; confidence: number; evidence: string[] }
  /** Something was counted, but it may all have been rolled back. */
  | { kind: 'unsure'; evidence: string[] }
  /** The counters began anew, and say nothing about the time before. */
  | { kind: 'lost'; evidence: string[] }

const sure = 0.9
/** Rows were counted, and nothing bears out that they were committed. */
const likely = 0.6
const zero = { inserted: 0, updated: 0, deleted: 0, live: 0, dead: 0, upkeep: 0 }

/**
 * Compares the counters of a table with those of the check before. What fools them, and how it is told apart:
 *
 * - rolled-back rows are counted as inserted, updated and deleted, but only committed ones move the number of live rows;
 *   vacuum and analyze set that number anew, so that it says nothing across them;
 * - TRUNCATE counts no row, but gives the table a new file and leaves no live row; VACUUM FULL and ALTER TABLE give a new file
 *   and leave the rows, which is no update;
 * - a reset, or a crash, sets all to zero: what is counted afterwards happened after the last look all the same. The time of the
 *   reset is that of the whole database, so only a counter that went back tells that it was this table's.
 */
export function counterChange(before: TableCounters, after: TableCounters): CounterChange {
  const wasReset = after.inserted < before.inserted || after.updated < before.updated || after.deleted < before.deleted
  const base = wasReset ? { ...before, ...zero } : before
  const delta = {
    inserted: after.inserted - base.inserted,
    updated: after.updated - base.updated,
    deleted: after.deleted - base.deleted,
  }
  const counted = delta.inserted + delta.updated + delta.deleted
  const evidence = wasReset ? ['The row counters began anew since the check before (a reset or a crash)'] : []
  if (after.storage !== before.storage) return storageChange(before, after, { counted, wasReset, evidence })
  if (counted === 0) return wasReset ? { kind: 'lost', evidence } : { kind: 'unchanged', evidence }
  evidence.push(spelled(delta))
  const comparable = base.upkeep === after.upkeep && (wasReset || before.since === after.since)
  return comparable ? comparedWithLive(delta, after.live - base.live, evidence) : unborne(evidence)
}

interface Delta {
  inserted: number
  updated: number
  deleted: number
}

/** The number of live rows moves by what was inserted and deleted, and committed. */
function comparedWithLive(delta: Delta, live: number, evidence: string[]): CounterChange {
  if (live !== 0) {
    evidence.push(`The number of live rows ${live > 0 ? 'grew' : 'fell'} by ${Math.abs(live)}: they were committed`)
    return { kind: 'changed', method: 'counters', confidence: sure, evidence }
  }
  if (delta.updated > 0) {
    evidence.push('Updates are counted also when they are rolled back')
    return { kind: 'changed', method: 'counters', confidence: likely, evidence }
  }
  if (delta.inserted > 0 && delta.deleted > 0) {
    evidence.push(
      'The number of live rows is the same: either as many were deleted as inserted, or all was rolled back',
    )
    return { kind: 'unsure', evidence }
  }
  evidence.push('The number of live rows is the same: they were rolled back')
  return { kind: 'unchanged', evidence }
}

function unborne(evidence: string[]): CounterChange {
  evidence.push('Vacuum, analyze or a reset came in between: whether they were committed cannot be told')
  return { kind: 'changed', method: 'counters', confidence: likely, evidence }
}

function storageChange(
  before: TableCounters,
  after: TableCounters,
  { counted, wasReset, evidence }: { counted: number; wasReset: boolean; evidence: string[] },
): CounterChange {
  if (after.live === 0 && (before.live > 0 || before.rows > 0) && !wasReset) {
    evidence.push('The table was emptied: its file was replaced and no row is left (TRUNCATE)')
    return { kind: 'changed', method: 'storage', confidence: 0.8, evidence }
  }
  if (counted > 0) {
    evidence.push(`The file of the table was replaced and ${counted} rows were written (a reload)`)
    return { kind: 'changed', method: 'storage', confidence: after.live > 0 ? sure : likely, evidence }
  }
  evidence.push('The file of the table was replaced, its rows were not (VACUUM FULL, CLUSTER, ALTER TABLE)')
  return wasReset ? { kind: 'lost', evidence } : { kind: 'unchanged', evidence }
}

const spelled = ({ inserted, updated, deleted }: Delta): string =>
  `Counted since the check before: ${inserted} inserted, ${updated} updated, ${deleted} deleted`
