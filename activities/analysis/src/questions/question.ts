import type { AssetKind, FreshnessState, JobStatus, JobType, TriggerKind } from '@plumbline/workflows'
import type { SaidTime } from './read-time.ts'

/** What is asked: of jobs, or, in the last five, of what they found, of schedules and of connections. */
export const topics = [
  'list',
  'count',
  'duration',
  'slowest',
  'rate',
  'causes',
  'why',
  'waiting',
  'compare',
  'trend',
  'busiest',
  'who',
  'last',
  'retried',
  'freshness',
  'anomalies',
  'status',
  'schedules',
  'connections',
] as const
export type Topic = (typeof topics)[number]

/** What is asked of schedules: which there are, when they come next, which ticks started nothing, which are paused. */
export const scheduleAspects = ['all', 'next', 'skipped', 'paused'] as const
export type ScheduleAspect = (typeof scheduleAspects)[number]

export type Grouping = 'type' | 'asset' | 'actor' | 'day'

/** An asset or connection that a question names. */
export interface NamedAsset {
  id: string
  kind: AssetKind
  /** Dotted, from the database down. */
  name: string
}

/** A question as it was understood: every part narrows it. */
export interface Question {
  topic: Topic
  types: JobType[]
  statuses: JobStatus[]
  /** Failed, and no later attempt fixed it. */
  unresolved?: boolean
  time?: SaidTime
  /** Of `compare`: the time before that `time` is compared with. */
  before?: SaidTime
  asset?: NamedAsset
  connection?: { id: string; name: string }
  schedule?: { id: string; name: string }
  actor?: string
  trigger?: TriggerKind
  /** Of `busiest`: what is told apart. */
  by?: Grouping
  /** Of `who`: what was done. */
  action?: 'cancelled' | 'started'
  /** Of `duration`: what is asked first. */
  figure?: 'average' | 'median' | 'p95'
  /** How many jobs are asked for: `the last 5`. */
  limit?: number
  jobId?: string
  /** Of `freshness`: the tables in one of these states. */
  states?: FreshnessState[]
  /** Of `schedules`. */
  aspect?: ScheduleAspect
}
