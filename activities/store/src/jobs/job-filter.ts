import {
  endedStatuses,
  jobStatuses,
  type AssetKind,
  type BulkAction,
  type JobStatus,
  type JobType,
  type TriggerKind,
} from '@plumbline/workflows'
import { sql, type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool } from 'kysely'
import { isUuid } from '../ids.ts'
import { containing } from '../like-pattern.ts'
import type { Tables } from '../tables.ts'
import type { JobState } from './job-table.ts'

/** Which jobs: every given part must hold. */
export interface JobFilter {
  /** An empty list matches nothing. */
  statuses?: readonly JobStatus[]
  types?: readonly JobType[]
  /** The asset and all below it. */
  asset?: { id: string; kind: AssetKind }
  connectionId?: string
  trigger?: TriggerKind
  actor?: string
  /** The jobs it started itself. */
  scheduleId?: string
  createdAfter?: Date
  createdBefore?: Date
  /**
   * Part of qualified asset name, message or error text; or an id, its beginning, or its last eight characters. Case does not
   * matter. What holds no trigram (one or two letters, signs alone) is looked for among all active jobs, where only those are asked
   * for, else among the first thousand jobs of the other parts.
   */
  text?: string
  /** Failed, and not fixed by a later attempt. */
  unresolved?: boolean
  rootJobId?: string
  parentJobId?: string
  ids?: readonly string[]
  /** Only what this may be done with, by the rule of `allowedActions`. */
  allows?: BulkAction
}

export const jobStates: readonly JobState[] = [...jobStatuses, 'resolved']

type JobExpressions = ExpressionBuilder<Tables, 'job'>

/** The conditions of a filter, always within one organization. Uses one index column an asset level instead of an `or`. */
export function jobConditions(eb: JobExpressions, organizationId: string, filter: JobFilter): Expression<SqlBool> {
  const conditions: Expression<SqlBool>[] = [eb('job.organization_id', '=', organizationId)]
  const add = (condition: Expression<SqlBool> | undefined) => {
    if (condition) conditions.push(condition)
  }
  const states = statesOf(filter)
  add(states && isOneOf('state', states))
  add(filter.types && isOneOf('type', filter.types))
  add(filter.asset && assetCondition(eb, filter.asset))
  add(filter.connectionId === undefined ? undefined : eb('job.connection_id', '=', filter.connectionId))
  add(filter.trigger && eb('job.trigger_kind', '=', filter.trigger))
  add(filter.actor === undefined ? undefined : eb('job.actor', '=', filter.actor))
  add(filter.scheduleId === undefined ? undefined : eb('job.schedule_id', '=', filter.scheduleId))
  add(filter.createdAfter && eb('job.created_at', '>=', filter.createdAfter))
  add(filter.createdBefore && eb('job.created_at', '<', filter.createdBefore))
  add(filter.text === undefined ? undefined : textCondition(filter.text))
  add(filter.rootJobId === undefined ? undefined : eb('job.root_job_id', '=', filter.rootJobId))
  add(filter.parentJobId === undefined ? undefined : eb('job.parent_job_id', '=', filter.parentJobId))
  add(filter.ids && eb('job.id', '=', sql<string>`any(${[...filter.ids]}::uuid[])`))
  add(filter.allows && allowing[filter.allows](eb))
  return eb.and(conditions)
}

/** What the indexes tell apart: the status, and whether a failure was fixed. `undefined`: any. */
export function statesOf({ statuses, unresolved }: JobFilter): JobState[] | undefined {
  if (!statuses && !unresolved) return undefined
  const states = (statuses ?? jobStatuses).flatMap((status): JobState[] =>
    status === 'failed' ? ['failed', 'resolved'] : [status],
  )
  return unresolved ? states.filter((state) => state === 'failed') : states
}

/** Equality where one value is given: only then does an index that begins with the column give its order. */
export const isOneOf = (column: 'state' | 'type', values: readonly string[]): Expression<SqlBool> =>
  values.length === 1
    ? sql<SqlBool>`${sql.ref(`job.${column}`)} = ${values[0]}`
    : sql<SqlBool>`${sql.ref(`job.${column}`)} = any(${[...values]}::text[])`

function assetCondition(eb: JobExpressions, asset: { id: string; kind: AssetKind }): Expression<SqlBool> {
  if (asset.kind === 'database') return eb('job.database_id', '=', asset.id)
  if (asset.kind === 'schema') return eb('job.schema_id', '=', asset.id)
  return eb('job.asset_id', '=', asset.id)
}

/** `allowedActions`, as far as a row tells; the rule itself is asked again when the job is acted on. */
const allowing: Record<BulkAction, (eb: JobExpressions) => Expression<SqlBool>> = {
  cancel: (eb) => eb.and([eb('job.ended_at', 'is', null), eb('job.cancel_requested_at', 'is', null)]),
  retry: (eb) => eb.and([eb('job.status', 'in', retriable), eb('job.newest_attempt', '=', true)]),
}
const retriable = endedStatuses.filter((status) => status !== 'completed')

/** A `job` whose name, message, error or id holds a text, whatever its case. */
export function textCondition(text: string): RawBuilder<SqlBool> {
  const small = text.toLowerCase()
  if (isUuid(small)) return sql<SqlBool>`job.id = ${small}::uuid`
  const said = sql<SqlBool>`job.search like ${containing(small)}`
  const ids = idCondition(small)
  return ids ? sql<SqlBool>`(${said} or ${ids})` : said
}

/** The jobs whose id begins with a text, or ends with it as the page shows ids; `undefined` for a text that is no such part. */
export function idCondition(text: string): RawBuilder<SqlBool> | undefined {
  const [lowest, highest] = ['0', 'f'].map((digit) => text + idForm.replaceAll('x', digit).slice(text.length))
  if (text.length < endLength || !lowest || !/^[\da-f]{8}(-[\da-f]{4}){4}[\da-f]{8}$/.test(lowest)) return undefined
  const begins = sql<SqlBool>`job.id between ${lowest}::uuid and ${highest}::uuid`
  return text.length === endLength ? sql<SqlBool>`(${begins} or right(job.id::text, 8) = ${text})` : begins
}
const idForm = 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'
const endLength = 8

/**
 * Whether a trigram index can look a text up: some run of its letters and digits must be three characters long, where an
 * end that the text itself shows to be one counts as a character.
 */
export function hasTrigram(text: string): boolean {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].some(({ 0: run, index }) => {
    const ends = Number(index > 0) + Number(index + run.length < text.length)
    return run.length + ends > 2
  })
}
