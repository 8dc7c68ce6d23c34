import type { zBulk } from '@plumbline/api'
import {
  countUpTo,
  createOperation,
  isUuid,
  listJobs,
  markOperationStarted,
  type Actor,
  type JobFilter,
  type JobRow,
} from '@plumbline/store'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { invalidField } from '../http/problem.ts'
import { filterFromQuery } from '../jobs/filter-from-query.ts'
import { deliver } from '../temporal/deliver.ts'

type BulkRequest = z.output<typeof zBulk>
type OperationDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** A request does not count further; the operation itself does. */
const maxCounted = 10_000
const sampleSize = 20

/** The jobs that a request would act on now. */
export async function previewOperation(
  { db }: Pick<Deps, 'db'>,
  organizationId: string,
  request: BulkRequest,
): Promise<{ count: number; capped: boolean; sample: JobRow[] }> {
  const filter = { ...(await jobsOf(db, organizationId, request)), allows: request.action }
  const [count, sample] = await Promise.all([
    countUpTo(db, organizationId, filter, maxCounted + 1),
    listJobs(db, organizationId, filter, { sort: 'createdAt', order: 'desc', limit: sampleSize }),
  ])
  return { count: Math.min(count, maxCounted), capped: count > maxCounted, sample }
}

/** @returns the id of an operation that is kept and will be carried out, also where Temporal is away right now */
export async function startOperation(deps: OperationDeps, actor: Actor, request: BulkRequest): Promise<string> {
  const { action, reason, ids, mode } = request
  if (mode !== undefined && action !== 'retry') throw invalidField('mode', 'goes with the action retry only')
  const filter = await jobsOf(deps.db, actor.organizationId, request)
  const targets = ids ? ofIds(ids) : await ofFilter(deps.db, actor.organizationId, filter, request)
  const id = await createOperation(deps.db, actor, { action, reason, retryMode: mode, ...targets })
  await launchOperation(deps, id)
  return id
}

/** Of ids every single one is answered for, also where there is no such job. */
function ofIds(ids: readonly string[]) {
  const distinct = [...new Set(ids)]
  return { ids: distinct, total: distinct.length, totalCapped: false, asked: { ids: distinct.length } }
}

async function ofFilter(
  db: Deps['db'],
  organizationId: string,
  filter: JobFilter,
  { action, ...request }: BulkRequest,
) {
  const total = await countUpTo(db, organizationId, { ...filter, allows: action }, maxCounted + 1)
  return { filter, total, totalCapped: total > maxCounted, asked: { filter: request.filter } }
}

async function jobsOf(db: Deps['db'], organizationId: string, { filter, ids }: BulkRequest): Promise<JobFilter> {
  if ((filter === undefined) === (ids === undefined)) throw invalidField('body', 'takes either `filter` or `ids`')
  return filter ? filterFromQuery(db, organizationId, filter) : { ids: (ids ?? []).filter(isUuid) }
}

/** Brings an operation to Temporal; a start that did not get through is tried again by the reconciler. */
export async function launchOperation({ db, engine, log }: OperationDeps, operationId: string): Promise<void> {
  await deliver(log, { operationId }, 'the start of an operation did not reach Temporal', async () =>
    markOperationStarted(db, operationId, await engine.operations.start(operationId)),
  )
}
