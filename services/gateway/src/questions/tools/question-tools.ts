import { scheduleAspects, type Topic } from '@plumbline/analysis'
import { freshnessStates, jobStatuses, jobTypes } from '@plumbline/workflows'
import { z } from 'zod'

const zTime = z.iso.datetime({ offset: true })
const name = (what: string) => z.string().trim().min(1).max(200).optional().describe(what)

const place = { asset: name('Name or id of an asset (database, schema, table, view) or of a connection') }
const time = {
  from: zTime.optional().describe('From this moment on, RFC 3339'),
  to: zTime.optional().describe('Before this moment; without it now'),
}
const types = { types: z.array(z.enum(jobTypes)).max(jobTypes.length).optional().describe('Any where it is left out') }
const statuses = { statuses: z.array(z.enum(jobStatuses)).max(jobStatuses.length).optional() }
const limit = { limit: z.int().min(1).max(100).optional().describe('How many are listed; 10 where it is left out') }
const jobs = {
  ...types,
  ...place,
  ...time,
  schedule: name('Name or id of a schedule'),
  actor: name('Who started them: the name of a person or token'),
}

/** What a tool may be asked, all of them together. */
const inputs = {
  find_jobs: { ...jobs, ...statuses, ...limit },
  count_jobs: { ...jobs, ...statuses },
  job_durations: { ...jobs, ...statuses },
  slowest_jobs: { ...jobs, ...limit },
  success_rate: jobs,
  failures_by_cause: jobs,
  explain_failure: { ...jobs, jobId: z.uuid().optional().describe('This job, instead of the newest that failed') },
  compare_periods: {
    ...jobs,
    ...statuses,
    from: zTime.describe('The later time begins'),
    beforeFrom: zTime.describe('The earlier time begins'),
    beforeTo: zTime.describe('The earlier time ends'),
  },
  jobs_over_time: { ...jobs, ...statuses },
  most_jobs_by: { ...jobs, ...statuses, by: z.enum(['type', 'asset', 'actor', 'day']) },
  who_did: { ...jobs, ...statuses, action: z.enum(['started', 'cancelled']).default('started') },
  job_chain: { jobId: z.uuid().describe('Any job of the chain') },
  active_jobs: { ...types, ...place, ...limit },
  queue: { ...types, ...place },
  table_freshness: { ...place, states: z.array(z.enum(freshnessStates)).optional() },
  unusual_metrics: { ...place, ...time },
  asset_status: { asset: z.string().trim().min(1).max(200).describe('Name or id of an asset or connection') },
  schedules: {
    ...types,
    ...place,
    ...time,
    schedule: name('Name or id of one schedule'),
    aspect: z.enum(scheduleAspects).default('all').describe('`next`: what is to come, within the time if one is given'),
  },
  connections: {},
} as const
export type QuestionToolName = keyof typeof inputs

const zoneInput = {
  timezone: z.string().max(100).optional().describe('Times are shown on this clock; UTC where it is left out'),
}

/** All that any tool may be asked; each tool takes its part of it. */
export const zToolInput = z.object({
  ...jobs,
  ...statuses,
  ...limit,
  beforeFrom: zTime.optional(),
  beforeTo: zTime.optional(),
  by: inputs.most_jobs_by.by.optional(),
  action: z.enum(['started', 'cancelled']).optional(),
  jobId: z.uuid().optional(),
  states: inputs.table_freshness.states,
  aspect: z.enum(scheduleAspects).optional(),
})
export type ToolInput = z.output<typeof zToolInput>

interface Meaning {
  topic: Topic
  description: string
}

const meanings: Record<QuestionToolName, Meaning> = {
  find_jobs: {
    topic: 'list',
    description: 'The newest jobs of a filter, and how many there are. Ids are in the order of the rows.',
  },
  count_jobs: { topic: 'count', description: 'How many jobs there are, by status.' },
  job_durations: {
    topic: 'duration',
    description:
      'How long jobs took: average, median, 95th percentile, longest. Of completed jobs where no status is given.',
  },
  slowest_jobs: { topic: 'slowest', description: 'The completed jobs that took longest.' },
  success_rate: { topic: 'rate', description: 'Which share of the jobs completed, and which failed.' },
  failures_by_cause: {
    topic: 'causes',
    description: 'The errors that failed jobs have in common, the most frequent first.',
  },
  explain_failure: {
    topic: 'why',
    description:
      'Why the newest failed job of a filter failed: error, causes, what to do, whether it is new, whether it was fixed.',
  },
  compare_periods: { topic: 'compare', description: 'Jobs of two times beside each other.' },
  jobs_over_time: { topic: 'trend', description: 'Counts and durations of jobs over time.' },
  most_jobs_by: {
    topic: 'busiest',
    description: 'Which types, assets, people or days have the most jobs of a filter.',
  },
  who_did: { topic: 'who', description: 'Who started or cancelled jobs, and how many.' },
  job_chain: { topic: 'retried', description: 'The attempts of a job, and whether a retry fixed it.' },
  active_jobs: { topic: 'list', description: 'The jobs that are running or pending now.' },
  queue: { topic: 'waiting', description: 'The jobs that wait now, for what, and at which place.' },
  table_freshness: {
    topic: 'freshness',
    description: 'Whether a table is fresh, or how many tables of a database, a connection or all are in which state.',
  },
  unusual_metrics: { topic: 'anomalies', description: 'Metrics that are unusual now, or that were in a time.' },
  asset_status: {
    topic: 'status',
    description: 'Whether an asset can be relied on now, why, and what its last jobs came to.',
  },
  schedules: {
    topic: 'schedules',
    description: 'Which schedules there are, what comes next, what was skipped and why, what is paused.',
  },
  connections: {
    topic: 'connections',
    description: 'Which connections there are, what goes on under them, their last jobs.',
  },
}

/** A read-only question with typed parts, as assistants and language models ask it. */
export interface QuestionTool {
  name: QuestionToolName
  topic: Topic
  description: string
  /** Strict: what a tool does not know is refused. */
  input: z.ZodObject
}

const toolNames = Object.keys(inputs).filter((key): key is QuestionToolName => key in meanings)

export const questionTools: readonly QuestionTool[] = toolNames.map((key) => ({
  name: key,
  ...meanings[key],
  input: z.strictObject({ ...inputs[key], ...zoneInput }),
}))
