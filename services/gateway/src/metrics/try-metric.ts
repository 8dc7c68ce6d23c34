import type { MetricTrial } from '@plumbline/api'
import { appendAudit, type Actor } from '@plumbline/store'
import type { MetricSpec } from '@plumbline/workflows'
import type { Deps } from '../deps.ts'
import { checkSpec } from './check-spec.ts'
import { runTrial } from './run-trial.ts'

/** Runs what somebody is about to define, once, on a worker. That it could not be run is an answer too. */
export async function tryMetric(
  deps: Pick<Deps, 'db' | 'engine'>,
  actor: Actor,
  wanted: { assetId: string; spec: MetricSpec },
): Promise<MetricTrial> {
  const { organizationId } = actor
  await checkSpec(deps.db, organizationId, wanted)
  await appendAudit(deps.db, actor, {
    action: 'metric.try',
    target: { kind: 'asset', id: wanted.assetId },
    after: { ...wanted.spec },
  })
  const trial = await runTrial(deps, { organizationId, ...wanted })
  if (trial.kind !== 'measured') return { ok: false, values: [], durationMs: null, message: trial.message }
  return { ok: true, values: trial.values, durationMs: trial.durationMs, message: null }
}
