import type { AssetKind, JobStatus, JobType, TriggerKind } from '@plumbline/workflows'
import type { SaidTime } from './read-time.ts'

/** What is asked of the jobs that a question is about. */
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
] as const
export type Topic = (typeof topics)[number]

export type Grouping = 'type' | 'asset' | 'actor' | 'day'

/** An asset or connection that a question names. */
export interface NamedAsset {
  id: string
  kind: AssetKind
  /** Dotted, from the database down. */
  name: string
}

/** A question about jobs, as it was understood: every part narrows it. */
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
}
