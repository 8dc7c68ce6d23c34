import type { UpdateMetric, zCreateMetric } from '@plumbline/api'
import {
  createMetric,
  deleteMetric,
  findMetric,
  newId,
  updateMetric,
  type Actor,
  type Database,
  type MetricDefinitionRecord,
  type MetricSaved,
} from '@plumbline/store'
import type { MetricSpec } from '@plumbline/workflows'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { checkSpec } from './check-spec.ts'
import { runTrial } from './run-trial.ts'

type MetricDeps = Pick<Deps, 'db' | 'engine'>

/** `notTried` says why it was saved without a dry run. */
export interface SavedMetric {
  metric: MetricDefinitionRecord
  notTried: string | null
}

export async function defineMetric(
  deps: MetricDeps,
  actor: Actor,
  request: z.output<typeof zCreateMetric>,
): Promise<SavedMetric> {
  const notTried = await whyNotTried(deps, actor, request)
  const saved = await createMetric(deps.db, actor, { ...request, id: actor.resourceId ?? newId() })
  return { metric: unwrapped(saved, () => notFound('asset', request.assetId)), notTried }
}

/** Only what is to be measured from now on is tried: a name may be changed whatever the source is like. */
export async function changeMetric(
  deps: MetricDeps,
  actor: Actor,
  id: string,
  change: UpdateMetric,
): Promise<SavedMetric> {
  const before = await findMetric(deps.db, actor.organizationId, id)
  if (!before) throw notFound('metric', id)
  const { name, spec, direction, minPercent } = change
  const measuresOther = spec !== undefined && JSON.stringify(spec) !== JSON.stringify(before.spec)
  const notTried = measuresOther ? await whyNotTried(deps, actor, { assetId: before.assetId, spec }) : null
  const given = {
    ...(name !== undefined && { name }),
    ...(spec && { spec }),
    ...(direction && { direction }),
    ...(minPercent !== undefined && { minPercent }),
  }
  const saved = await updateMetric(deps.db, actor, id, given)
  return { metric: unwrapped(saved, () => notFound('metric', id)), notTried }
}

/**
 * Runs the metric once against its source.
 *
 * @returns why it could not be tried; null when it was measured
 * @throws ProblemError 404 or 422 where it can be told that it will never be measured
 */
async function whyNotTried(
  deps: MetricDeps,
  { organizationId }: Actor,
  { assetId, spec }: { assetId: string; spec: MetricSpec },
): Promise<string | null> {
  await checkSpec(deps.db, organizationId, { assetId, spec })
  const trial = await runTrial(deps, { organizationId, assetId, spec })
  if (trial.kind === 'measured') return null
  if (trial.kind === 'untried') return trial.message
  const path = spec.kind === 'sql' ? 'spec.sql' : 'spec.columns'
  const errors = [{ path, message: trial.message }]
  throw new ProblemError('metric-refused', `The database refused it: ${trial.message}`, { errors })
}

export async function removeMetric(db: Database, actor: Actor, id: string): Promise<void> {
  if (!(await deleteMetric(db, actor, id))) throw notFound('metric', id)
}

function unwrapped(saved: MetricSaved, missing: () => ProblemError): MetricDefinitionRecord {
  switch (saved.kind) {
    case 'not-found':
      throw missing()
    case 'name-taken':
      throw new ProblemError('name-taken', 'Another metric of this table has this name already')
    case 'saved':
      return saved.metric
  }
}
