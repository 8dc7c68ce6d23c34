import {
  failedReasons,
  type FreshnessFinding,
  type FreshnessReason,
  type LastUpdate,
  type TableObservation,
} from '@plumbline/workflows'

export interface PartFinding {
  observation: TableObservation
  finding: FreshnessFinding
}

/**
 * What holds for a partitioned table: the newest update of any of its partitions, which is named. One that could not be read does
 * not hide what the others show, but is told.
 */
export function rollUp(parts: readonly PartFinding[]): FreshnessFinding {
  const held = parts.filter(({ observation }) => observation.storage !== 'partitioned')
  const newest = held
    .flatMap(({ observation, finding }) => (finding.last ? [inPartition(finding.last, observation)] : []))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.confidence - a.confidence)[0]
  const failed = held.map(({ finding }) => finding.reason).find(isFailure)
  return {
    last: newest ?? null,
    quietSince: latestOf(held.map(({ finding }) => finding.quietSince)),
    reason: failed ?? (newest ? null : reasonOfAll(held)),
    partitions: held.length,
  }
}

/** The latest of some times; null where one is not known, or there is none. */
function latestOf(times: readonly (string | null)[]): string | null {
  let latest: string | null = null
  for (const time of times) {
    if (time === null) return null
    if (latest === null || Date.parse(time) > Date.parse(latest)) latest = time
  }
  return latest
}

const inPartition = (last: LastUpdate, { schema, name }: TableObservation): LastUpdate => ({
  ...last,
  partition: `${schema}.${name}`,
})

const failures: ReadonlySet<FreshnessReason> = new Set(failedReasons)
const isFailure = (reason: FreshnessReason | null): reason is FreshnessReason => reason !== null && failures.has(reason)

/** What the next check may show comes before what it will not: one partition seen for the first time may be the one written to. */
const reasonOrder: readonly FreshnessReason[] = [
  'first-check',
  'counters-reset',
  'no-change-seen',
  'standby',
  'foreign-table',
  'empty',
]

function reasonOfAll(held: readonly PartFinding[]): FreshnessReason {
  const reasons = new Set(held.map(({ finding }) => finding.reason))
  return reasonOrder.find((reason) => reasons.has(reason)) ?? 'no-partitions'
}
