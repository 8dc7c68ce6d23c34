import { checkMetricSql } from '@plumbline/analysis'
import type { UpdateMetric, zCreateMetric } from '@plumbline/api'
import {
  assetDetail,
  createMetric,
  deleteMetric,
  findMetric,
  newId,
  updateMetric,
  type Actor,
  type MetricDefinitionRecord,
  type MetricSaved,
} from '@plumbline/store'
import type { MetricSpec } from '@plumbline/workflows'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'

type MetricDeps = Pick<Deps, 'db'>

export async function defineMetric(
  { db }: MetricDeps,
  actor: Actor,
  request: z.output<typeof zCreateMetric>,
): Promise<MetricDefinitionRecord> {
  await checkSpec({ db }, actor.organizationId, request.assetId, request.spec)
  const saved = await createMetric(db, actor, { ...request, id: actor.resourceId ?? newId() })
  return unwrapped(saved, () => notFound('asset', request.assetId))
}

export async function changeMetric(
  { db }: MetricDeps,
  actor: Actor,
  id: string,
  change: UpdateMetric,
): Promise<MetricDefinitionRecord> {
  const before = await findMetric(db, actor.organizationId, id)
  if (!before) throw notFound('metric', id)
  if (change.spec) await checkSpec({ db }, actor.organizationId, before.assetId, change.spec)
  const { name, spec, direction, minPercent } = change
  const given = {
    ...(name !== undefined && { name }),
    ...(spec && { spec }),
    ...(direction && { direction }),
    ...(minPercent !== undefined && { minPercent }),
  }
  return unwrapped(await updateMetric(db, actor, id, given), () => notFound('metric', id))
}

export async function removeMetric({ db }: MetricDeps, actor: Actor, id: string): Promise<void> {
  if (!(await deleteMetric(db, actor, id))) throw notFound('metric', id)
}

/**
 * That a metric can be measured on a table, as far as it can be told without its database: a query does nothing but read, a key
 * is made of columns that there are.
 *
 * @throws ProblemError 404 for a table that is not there, 422 else
 */
export async function checkSpec(
  { db }: MetricDeps,
  organizationId: string,
  assetId: string,
  spec: MetricSpec,
): Promise<void> {
  const asset = await assetDetail(db, organizationId, assetId)
  if (!asset || asset.removedAt) throw notFound('asset', assetId)
  if (!asset.document) throw invalidField('assetId', 'is no table: a metric is defined on a table or view')
  if (spec.kind === 'sql') {
    const verdict = await checkMetricSql(spec.sql)
    if (!verdict.ok) throw invalidField('spec.sql', verdict.message)
    return
  }
  const columns = new Set(asset.document.columns.map(({ name }) => name))
  const missing = spec.columns.find((name) => !columns.has(name))
  if (missing !== undefined) throw invalidField('spec.columns', `${asset.qualifiedName} has no column ${missing}`)
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
