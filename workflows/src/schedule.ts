import type { AssetKind } from './catalog.ts'

/** What happens at a tick of a schedule while the job of the tick before is still active; the names are the API's. */
export const overlapPolicies = ['skip', 'buffer_one', 'allow_all'] as const
export type OverlapPolicy = (typeof overlapPolicies)[number]

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Of a duration as the API takes it: `90s`, `15m`, `1h`, `2d`; undefined when it is none. */
export function durationMs(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? []
  if (count === undefined || unit === undefined) return undefined
  return unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? Number(count) * unitMs[unit] : undefined
}

/** Of what a schedule may start one job each. */
export const targetKinds = [
  'schema',
  'table',
  'view',
  'materialized_view',
  'external_table',
] as const satisfies readonly AssetKind[]
export type TargetKind = (typeof targetKinds)[number]

/** One job for every asset of a kind below the schedule's asset; without a target there is one, on the asset itself. */
export interface ScheduleTarget {
  each: TargetKind
  /** Only qualified names like this; `*` stands for any text. */
  matching?: string | undefined
}

/** More targets than this get no job at a tick; the tick says so. */
export const maxJobsOfTick = 1_000

/** Why a tick started nothing, as a person reads it. */
export const skipReasonTexts = {
  overlap: 'The job of the tick before was still active',
  'job-already-active': 'A job of this type was active on the asset already',
  missed: 'Temporal was not reachable, or no worker ran, at the time',
  'asset-removed': 'The asset is not there any more',
  'no-match': 'No asset matches its target',
} as const
export type SkipReason = keyof typeof skipReasonTexts
export const skipReasons = [
  'overlap',
  'job-already-active',
  'missed',
  'asset-removed',
  'no-match',
] as const satisfies readonly SkipReason[]
