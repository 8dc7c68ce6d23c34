import type { SchedulePreview, UpdateSchedule, zCreateSchedule } from '@plumbline/api'
import { supports } from '@plumbline/connectors/kinds'
import {
  createSchedule,
  deleteSchedule,
  findAsset,
  findConnection,
  findSchedule,
  newId,
  pauseSchedule,
  triggerSchedule,
  updateSchedule,
  type Actor,
  type Database,
  type ScheduleRecord,
  type ScheduleSaved,
  type ScheduleSettings,
} from '@plumbline/store'
import type { JobType } from '@plumbline/workflows'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { alreadyActive, jobUnsupported, launch, parseConfig } from '../jobs/start-job.ts'
import { checkedTiming, checkJitter, checkTarget } from './check-schedule.ts'
import { describeTiming } from './describe-timing.ts'
import { pushSchedule } from './push-schedule.ts'
import { nextRuns } from './timing.ts'

type ScheduleDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** Every change is in the record, with its audit entry, before Temporal is told. */
export async function createNewSchedule(
  deps: ScheduleDeps,
  actor: Actor,
  request: z.output<typeof zCreateSchedule>,
): Promise<string> {
  const asset = await findAsset(deps.db, actor.organizationId, request.assetId)
  if (!asset || asset.removedAt) throw notFound('asset', request.assetId)
  const { timing, timezone } = checkedTiming(request)
  const { name, type, assetId, overlap, paused, target = null, jitter = null } = request
  checkJitter(jitter, timing)
  checkTarget(type, asset, target)
  await checkSupported(deps.db, actor, asset.connectionId, type)
  const saved = await createSchedule(deps.db, actor, {
    id: actor.resourceId ?? newId(),
    name,
    type,
    assetId,
    target,
    config: parseConfig(type, request.config),
    cron: request.cron ?? null,
    every: request.interval ?? null,
    timezone,
    overlap,
    jitter,
    paused,
  })
  return pushed(deps, saved, () => notFound('asset', assetId))
}

/** What is not given stays. One of cron and interval takes the place of the other. */
export async function changeSchedule(
  deps: ScheduleDeps,
  actor: Actor,
  id: string,
  change: UpdateSchedule,
): Promise<string> {
  const before = await existing(deps, actor.organizationId, id)
  const { cron, interval } = changedTiming(before, change)
  const { timing, timezone } = checkedTiming({ cron, interval, timezone: change.timezone ?? before.timezone })
  const jitter = change.jitter === undefined ? before.jitter : change.jitter
  const target = change.target === undefined ? before.target : change.target
  checkJitter(jitter, timing)
  checkTarget(before.type, before.asset, target)
  const settings: Partial<ScheduleSettings> = {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.config && { config: parseConfig(before.type, change.config) }),
    ...(change.overlap && { overlap: change.overlap }),
    cron: cron ?? null,
    every: interval ?? null,
    timezone,
    jitter,
    target,
  }
  return pushed(deps, await updateSchedule(deps.db, actor, id, settings), () => notFound('schedule', id))
}

function changedTiming({ cron, every }: ScheduleRecord, change: UpdateSchedule) {
  if (change.cron && change.interval === undefined) return { cron: change.cron, interval: null }
  if (change.interval && change.cron === undefined) return { cron: null, interval: change.interval }
  return {
    cron: change.cron === undefined ? cron : change.cron,
    interval: change.interval === undefined ? every : change.interval,
  }
}

export async function setPaused(
  deps: ScheduleDeps,
  actor: Actor,
  id: string,
  pause: { paused: boolean; reason?: string | undefined },
): Promise<string> {
  return pushed(deps, await pauseSchedule(deps.db, actor, id, pause), () => notFound('schedule', id))
}

export async function removeSchedule(deps: ScheduleDeps, actor: Actor, id: string): Promise<void> {
  if (!(await deleteSchedule(deps.db, actor, id))) throw notFound('schedule', id)
  await pushSchedule(deps, id)
}

/** Starts what a tick would start, now, whatever of it is active: also while paused, and also while Temporal is away. */
export async function trigger(deps: ScheduleDeps, actor: Actor, id: string): Promise<void> {
  const triggered = await triggerSchedule(deps.db, actor, id)
  switch (triggered.kind) {
    case 'not-found':
      throw notFound('schedule', id)
    case 'skipped':
      if (triggered.blockingJobId !== null) throw alreadyActive(triggered.blockingJobId)
      throw new ProblemError('nothing-to-start', 'There is no asset that this schedule could start a job on')
    case 'started': {
      const { type, config } = triggered.jobs
      const { organizationId } = actor
      await Promise.all(triggered.first.map((job) => launch(deps, { ...job, type, config, organizationId })))
    }
  }
}

/** What a timing comes to, for whoever is typing it. */
export function previewSchedule(request: {
  cron?: string | undefined
  interval?: string | undefined
  timezone: string
  count: number
}): SchedulePreview {
  const { timing } = checkedTiming(request)
  const runs = nextRuns(timing, new Date(), request.count)
  return { description: describeTiming(timing), nextRuns: runs.map((run) => run.toISOString()) }
}

async function existing({ db }: ScheduleDeps, organizationId: string, id: string): Promise<ScheduleRecord> {
  const schedule = await findSchedule(db, organizationId, id)
  if (!schedule) throw notFound('schedule', id)
  return schedule
}

async function pushed(deps: ScheduleDeps, saved: ScheduleSaved, missing: () => ProblemError): Promise<string> {
  switch (saved.kind) {
    case 'not-found':
      throw missing()
    case 'name-taken':
      throw new ProblemError('name-taken', 'Another schedule of the organization has this name already')
    case 'saved':
      if (!saved.schedule.synced) await pushSchedule(deps, saved.schedule.id)
      return saved.schedule.id
  }
}

async function checkSupported(db: Database, actor: Actor, connectionId: string, type: JobType): Promise<void> {
  const connection = await findConnection(db, actor.organizationId, connectionId)
  if (connection && !supports(connection.kind, type)) throw jobUnsupported(connection.kind, type)
}
