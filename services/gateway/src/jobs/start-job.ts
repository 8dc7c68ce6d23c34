import type { StartJob } from '@plumbline/api'
import { connectionKind, supports, type ConnectionKind } from '@plumbline/connectors/kinds'
import {
  createJob,
  findAsset,
  findConnection,
  findJob,
  goneText,
  markUnreachable,
  type Actor,
  type AssetRecord,
  type Database,
  type JobRow,
} from '@plumbline/store'
import { jobDefinition, type JobType } from '@plumbline/workflows'
import type { Deps } from '../deps.ts'
import { fieldErrors, invalidField, invalidInput, notFound, ProblemError } from '../http/problem.ts'
import { deliver } from '../temporal/deliver.ts'
import type { RunToStart } from '../temporal/job-runs.ts'

type StartDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** @returns the new job, which is on its way, or will be when Temporal is back */
export async function startJob(deps: StartDeps, actor: Actor, request: StartJob): Promise<JobRow> {
  const { type, assetId } = request
  const config = parseConfig(type, request.config)
  const created = await createJob(deps.db, actor, { type, assetId, config, trigger: 'manual' })
  if (created.kind === 'not-found') throw await whyNot(deps.db, actor, request)
  if (created.kind === 'already-active') throw alreadyActive(created.existingJobId)
  const { job } = created
  const { organizationId } = actor
  const runId = await launch(deps, { id: job.id, type, organizationId, assetId, config, ...firstStepOf(job) })
  return runId === undefined ? ((await findJob(deps.db, organizationId, job.id)) ?? job) : job
}

/** A job that has a slot begins with its first step, without asking for one. */
function firstStepOf({ type, slot_kept: slotKept }: JobRow): Pick<RunToStart, 'opens'> {
  const [first] = jobDefinition(type).steps
  return slotKept && first ? { opens: first.name } : {}
}

/** Asked only after the insert wrote nothing: most requests are right. */
async function whyNot(db: Database, actor: Actor, { type, assetId }: StartJob): Promise<ProblemError> {
  const asset = await findAsset(db, actor.organizationId, assetId)
  const { label, assetKinds } = jobDefinition(type)
  if (!asset) return notFound('asset', assetId)
  const connection = await findConnection(db, actor.organizationId, asset.connectionId)
  // An asset of a deleted connection is as unknown as the connection is.
  if (connection && asset.removedAt) return assetGone(asset)
  if (connection && !supports(connection.kind, type)) return jobUnsupported(connection.kind, type)
  if (assetKinds.includes(asset.kind)) return notFound('asset', assetId)
  return invalidField('assetId', `${label} runs on ${assetKinds.join(', ')}, not on a ${asset.kind}`)
}

/** For what is known of a kind of warehouse, but not yet done on it. */
export const jobUnsupported = (kind: ConnectionKind, type: JobType) =>
  new ProblemError(
    'job-type-unsupported',
    `${jobDefinition(type).label} does not run on ${connectionKind(kind).label} yet. It runs: ${connectionKind(kind)
      .jobTypes.map((one) => jobDefinition(one).label)
      .join(', ')}`,
  )

const assetGone = ({ qualifiedName }: AssetRecord) => new ProblemError('asset-gone', goneText(qualifiedName))

/** @throws ProblemError 422 with paths below `config` */
export function parseConfig(type: JobType, config: Record<string, unknown> = {}): Record<string, unknown> {
  const parsed = jobDefinition(type).config.safeParse(config)
  if (parsed.success) return parsed.data
  throw invalidInput(fieldErrors(parsed.error, ['config']))
}

export const alreadyActive = (existingJobId: string) =>
  new ProblemError('job-already-active', `Job ${existingJobId} of this type is active on this asset`, { existingJobId })

/**
 * Brings a pending job to Temporal. Idempotent by the fixed workflow id. The job is accepted already, so a start that did not
 * get through, whatever the reason, is noted and tried again by the reconciler.
 * @returns its run, which notes itself when it asks for its slot; undefined when it was not started
 */
export async function launch({ db, engine, log }: StartDeps, job: RunToStart): Promise<string | undefined> {
  const start = await deliver(log, { jobId: job.id }, 'the start of a job did not reach Temporal', () =>
    engine.startRun(job),
  )
  if (start.kind === 'delivered') return start.answer
  await markUnreachable(db, job.id)
  return undefined
}
