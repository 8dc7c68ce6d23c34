import { beginTrial, newId, takeTrial } from '@plumbline/store'
import type { MetricSpec, MetricTrialResult } from '@plumbline/workflows'
import { WorkflowFailedError } from '@temporalio/client'
import type { Deps } from '../deps.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'

export type Trial =
  | { kind: 'measured'; values: { group: string | null; value: number | null }[]; durationMs: number }
  /** The source answered that the metric itself is wrong. */
  | { kind: 'refused'; message: string }
  /** Nothing is known of the metric: nobody could run it, or the source could not be reached. */
  | { kind: 'untried'; message: string }

interface ToTry {
  organizationId: string
  assetId: string
  spec: MetricSpec
}

/** Runs a metric once, on a worker, as a capture would; nothing of it is kept. Takes less than a minute. */
export async function runTrial({ db, engine }: Pick<Deps, 'db' | 'engine'>, metric: ToTry): Promise<Trial> {
  const id = newId()
  await beginTrial(db, { id, ...metric })
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
  return result ? trialOf(result, metric.spec) : untried('The table is not there any more')
}

function trialOf(result: MetricTrialResult, spec: MetricSpec): Trial {
  if (result.ok) return { kind: 'measured', values: result.values, durationMs: result.durationMs }
  const { code, message } = result
  return isOfMetric(code, spec) ? { kind: 'refused', message } : untried(message)
}

/**
 * Whether a code of a source tells of the metric, and not of how the source is now. A capture gives a query no more time than a
 * trial, but a table as much as its configuration says.
 */
function isOfMetric(code: string, { kind }: MetricSpec): boolean {
  if (code === 'statement-timeout') return kind === 'sql'
  return ['invalid-input', 'permission-denied', 'source-failed'].includes(code)
}

const untried = (message: string): Trial => ({ kind: 'untried', message })
