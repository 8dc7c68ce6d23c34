import type { MetricTrial } from '@plumbline/api'
import { appendAudit, beginTrial, newId, takeTrial, type Actor } from '@plumbline/store'
import type { MetricSpec } from '@plumbline/workflows'
import { WorkflowFailedError } from '@temporalio/client'
import type { Deps } from '../deps.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'
import { checkSpec } from './manage-metrics.ts'

/** Runs what somebody is about to define, once, on a worker. That it could not be run is an answer too. */
export async function tryMetric(
  { db, engine }: Pick<Deps, 'db' | 'engine'>,
  actor: Actor,
  { assetId, spec }: { assetId: string; spec: MetricSpec },
): Promise<MetricTrial> {
  await checkSpec({ db }, actor.organizationId, assetId, spec)
  await appendAudit(db, actor, {
    action: 'metric.try',
    target: { kind: 'asset', id: assetId },
    after: { ...spec },
  })
  const id = newId()
  await beginTrial(db, { id, organizationId: actor.organizationId, assetId, spec })
  try {
    await engine.tryMetric(id)
  } catch (error) {
    await takeTrial(db, id)
    if (error instanceof EngineUnreachable)
      return untried('Temporal cannot be reached, so nothing could try the metric')
    if (error instanceof WorkflowFailedError) return untried('No worker could try the metric in time')
    throw error
  }
  const result = await takeTrial(db, id)
  if (!result) return untried('The table is not there any more')
  if (!result.ok) return untried(result.message)
  return { ok: true, values: result.values, durationMs: result.durationMs, message: null }
}

const untried = (message: string): MetricTrial => ({ ok: false, values: [], durationMs: null, message })
