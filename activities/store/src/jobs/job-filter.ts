import {
  endedStatuses,
  type AssetKind,
  type BulkAction,
  type JobStatus,
  type JobType,
  type TriggerKind,
} from '@plumbline/workflows'
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { Tables } from '../tables.ts'

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
  createdAfter?: Date
  createdBefore?: Date
  /** Part of id, qualified asset name, message or error text; case does not matter. */
  text?: string
  /** Failed, and not fixed by a later attempt. */
  unresolved?: boolean
  rootJobId?: string
  parentJobId?: string
  ids?: readonly string[]
  /** Only what this may be done with, by the rule of `allowedActions`. */
  allows?: BulkAction
}

type JobExpressions = ExpressionBuilder<Tables, 'job'>

/** The conditions of a filter, always within one organization. Uses one index column an asset level instead of an `or`. */
export function jobConditions(eb: JobExpressions, organizationId: string, filter: JobFilter): Expression<SqlBool> {
  const conditions: Expression<SqlBool>[] = [eb('job.organization_id', '=', organizationId)]
  const add = (condition: Expression<SqlBool> | undefined) => {
    if (condition) conditions.push(condition)
  }
  add(filter.statuses && eb('job.status', '=', sql<JobStatus>`any(${[...filter.statuses]}::text[])`))
  add(filter.types && eb('job.type', '=', sql<JobType>`any(${[...filter.types]}::text[])`))
  add(filter.asset && assetCondition(eb, filter.asset))
  add(filter.connectionId === undefined ? undefined : eb('job.connection_id', '=', filter.connectionId))
  add(filter.trigger && eb('job.trigger_kind', '=', filter.trigger))
  add(filter.actor === undefined ? undefined : eb('job.actor', '=', filter.actor))
  add(filter.createdAfter && eb('job.created_at', '>=', filter.createdAfter))
  add(filter.createdBefore && eb('job.created_at', '<', filter.createdBefore))
  add(filter.text === undefined ? undefined : eb('job.search', 'like', `%${escapeLike(filter.text.toLowerCase())}%`))
  add(filter.unresolved ? unresolvedCondition(eb) : undefined)
  add(filter.rootJobId === undefined ? undefined : eb('job.root_job_id', '=', filter.rootJobId))
  add(filter.parentJobId === undefined ? undefined : eb('job.parent_job_id', '=', filter.parentJobId))
  add(filter.ids && eb('job.id', '=', sql<string>`any(${[...filter.ids]}::uuid[])`))
  add(filter.allows && allowing[filter.allows](eb))
  return eb.and(conditions)
}

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

export const unresolvedCondition = (eb: JobExpressions): Expression<SqlBool> =>
  eb.and([eb('job.status', '=', 'failed'), eb('job.resolved_by_job_id', 'is', null)])

/** The characters that `like` gives a meaning, taken literally. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)
