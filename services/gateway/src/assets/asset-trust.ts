import type { AssetTrust, Job, TrustReason } from '@plumbline/api'
import type { TrustSignals } from '@plumbline/store'
import type { AssetKind } from '@plumbline/workflows'

/** Changes that break are a reason for so long, unless the schema is accepted before. */
export const breakingChangeDays = 7

/**
 * Whether an asset can be relied on now, with every reason for and against. One reason against is a problem where what people
 * read is old for sure, else a doubt; without either it is trusted where it was seen to be fresh, a database or schema where most
 * of its tables were. That no metric is unusual says too little alone.
 */
export function assetTrust(
  { kind, lastJobs }: { kind: AssetKind; lastJobs: readonly Pick<Job, 'type' | 'status'>[] },
  signals: TrustSignals,
): AssetTrust {
  const reasons = [
    ...freshnessReasons(kind, signals),
    ...metricReasons(kind, signals),
    ...schemaReasons(kind, signals),
    ...failedJobs(lastJobs),
  ]
  return { verdict: verdictOf(reasons, signals), reasons }
}

function verdictOf(reasons: readonly TrustReason[], { freshness }: TrustSignals): AssetTrust['verdict'] {
  if (reasons.some(({ weight }) => weight === 'problem')) return 'broken'
  if (reasons.some(({ weight }) => weight === 'doubt')) return 'doubtful'
  const { fresh = 0, learning = 0, unknown = 0 } = freshness
  return fresh > learning + unknown ? 'trusted' : 'unknown'
}

function freshnessReasons(kind: AssetKind, { freshness }: TrustSignals): TrustReason[] {
  const counted = (count: number | undefined, weight: TrustReason['weight'], one: string, many: string) =>
    count === undefined
      ? []
      : [reason('freshness', weight, isPlace(kind) ? `${tables(count)} ${count === 1 ? one : many}` : `It ${one}`)]
  const known = [
    ...counted(freshness.stale, 'problem', 'is stale', 'are stale'),
    ...counted(freshness.late, 'doubt', 'is late', 'are late'),
    ...counted(freshness.error, 'doubt', 'could not be checked for freshness', 'could not be checked for freshness'),
    ...counted(freshness.fresh, 'good', 'is fresh', 'are fresh'),
    ...counted(freshness.learning, 'unknown', 'has a rhythm still to be learned', 'have a rhythm still to be learned'),
    ...counted(freshness.unknown, 'unknown', 'is of unknown freshness', 'are of unknown freshness'),
  ]
  return known.length > 0 ? known : [reason('freshness', 'unknown', 'How fresh it is was never checked')]
}

function metricReasons(
  kind: AssetKind,
  { series, unusual, unmeasured, unmeasuredMetrics }: TrustSignals,
): TrustReason[] {
  const missed = (what: string) => reason('metrics', 'doubt', `${what} could not be measured at the last capture`)
  const missing = [
    ...(unmeasured === 0 ? [] : [missed(whole(kind, unmeasured))]),
    ...(unmeasuredMetrics === 0 ? [] : [missed(metrics(unmeasuredMetrics))]),
  ]
  if (unusual > 0) {
    const text = `${metrics(unusual)} ${unusual === 1 ? 'is' : 'are'} unusual`
    return [...missing, { ...reason('metrics', 'doubt', text), only: 'anomalies' }]
  }
  // Of a table that could not be measured, what was measured before says nothing of now.
  if (missing.length > 0 && (series === 0 || (unmeasured > 0 && !isPlace(kind)))) return missing
  return [
    ...missing,
    series === 0
      ? reason('metrics', 'unknown', 'No metrics are captured')
      : reason('metrics', 'good', missing.length > 0 ? 'No other metric is unusual' : 'No metric is unusual'),
  ]
}

function schemaReasons(kind: AssetKind, { breakingChanges, unreadable, unread }: TrustSignals): TrustReason[] {
  const whose = isPlace(kind) ? `Rows of ${tables(unreadable)}` : 'Its rows'
  const doubt = (text: string) => reason('schema-changes', 'doubt', text)
  const changes = `${breakingChanges} breaking schema ${breakingChanges === 1 ? 'change' : 'changes'}`
  return [
    ...(breakingChanges === 0 ? [] : [doubt(`${changes} within ${breakingChangeDays} days`)]),
    ...(unreadable === 0 ? [] : [doubt(`${whose} may not be read`)]),
    ...(unread === 0 ? [] : [doubt(`${whole(kind, unread)} could not be read at the last discovery`)]),
  ]
}

/** What the newest job of a type failed to find out is not known now. */
const failedJobs = (jobs: readonly Pick<Job, 'type' | 'status'>[]): TrustReason[] =>
  jobs
    .filter(({ status }) => status === 'failed')
    .map(({ type }) => reason('jobs', 'doubt', `The last ${type.replaceAll('_', ' ')} failed`))

const reason = (about: TrustReason['about'], weight: TrustReason['weight'], text: string): TrustReason => ({
  about,
  weight,
  text,
})

const isPlace = (kind: AssetKind): boolean => kind === 'database' || kind === 'schema'
const tables = (count: number): string => (count === 1 ? '1 table' : `${count} tables`)
const metrics = (count: number): string => (count === 1 ? '1 metric' : `${count} metrics`)
/** The table itself, or how many tables there are of a kind. */
const whole = (kind: AssetKind, count: number): string => (isPlace(kind) ? tables(count) : 'It')
