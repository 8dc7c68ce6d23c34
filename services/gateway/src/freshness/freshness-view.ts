import type { Freshness, TableFreshness } from '@plumbline/api'
import type { AssetRecord, ExpectationRecord, FreshnessRecord } from '@plumbline/store'
import { freshnessReasonTexts, freshnessStateTexts, type FreshnessState } from '@plumbline/workflows'
import { assetRef } from '../assets/asset-view.ts'

const ofParent = 'A partition is checked with the table it belongs to, unless something is expected of it'
const never = 'No freshness check has looked at it yet'

export function tableFreshnessView(record: FreshnessRecord, now: Date): TableFreshness {
  const { asset, state, finding, verdict } = record
  return {
    asset: assetRef(asset),
    state,
    since: record.since.toISOString(),
    reason: finding.reason,
    detail: [freshnessStateTexts[state], finding.reason === null ? null : freshnessReasonTexts[finding.reason]]
      .filter((text) => text !== null)
      .join('. '),
    lastUpdate: finding.last,
    ageMs: finding.last === null ? null : Math.max(0, now.getTime() - Date.parse(finding.last.at)),
    expected: verdict.expected,
    learning: verdict.learning,
    partitions: finding.partitions,
    checkedAt: record.checkedAt.toISOString(),
    jobId: record.jobId,
  }
}

/** A relation that no check has looked at; a partition is looked at with the table it belongs to. */
export const uncheckedView = (asset: AssetRecord, { isPartition = false } = {}): TableFreshness => ({
  asset: assetRef(asset),
  state: 'unknown',
  since: null,
  reason: null,
  detail: isPartition ? ofParent : never,
  lastUpdate: null,
  ageMs: null,
  expected: null,
  learning: null,
  partitions: 0,
  checkedAt: null,
  jobId: null,
})

const noneBelow = { fresh: 0, learning: 0, late: 0, stale: 0, unknown: 0, error: 0 }

/** A database or schema is in the worst state of what lies in it. */
export function placeView(
  asset: AssetRecord,
  { states, checkedAt }: { states: ReadonlyMap<FreshnessState, number>; checkedAt: Date | null },
  worstFirst: readonly FreshnessState[],
): Omit<Freshness, 'expectation'> {
  const state = worstFirst.find((one) => (states.get(one) ?? 0) > 0) ?? 'unknown'
  return {
    ...uncheckedView(asset),
    state,
    detail: states.size === 0 ? never : freshnessStateTexts[state],
    checkedAt: checkedAt?.toISOString() ?? null,
    below: { ...noneBelow, ...Object.fromEntries(states) },
  }
}

export const expectationView = (record: ExpectationRecord | undefined): Freshness['expectation'] =>
  record
    ? {
        ...record.expectation,
        assetId: record.assetId,
        decidedBy: record.decidedBy,
        decidedAt: record.decidedAt.toISOString(),
      }
    : null
