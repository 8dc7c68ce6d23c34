import { ConnectorError, type Session } from '@plumbline/connectors'
import { endTrial, SealError, trialOf, type MetricTrial } from '@plumbline/store'
import { metricCapture, metricQueryTimeoutMs, mostMetricGroups, type MetricTrialResult } from '@plumbline/workflows'
import { Context } from '@temporalio/activity'
import { redactor, toFailure } from '../failures.ts'
import { interruptionOf } from '../in-step.ts'
import { sourceOf, type SourceDeps } from '../source.ts'
import { planOf } from './measure-table.ts'

const heartbeatEveryMs = 1000

/** Runs what somebody is about to define, as a job would, and leaves what came of it, or why not, in the record. */
export async function tryMetric(deps: SourceDeps, trialId: string): Promise<void> {
  const activity = Context.current()
  const secrets: string[] = []
  const beat = setInterval(() => activity.heartbeat(), heartbeatEveryMs)
  try {
    const trial = await trialOf(deps.db, trialId)
    if (!trial) return
    await endTrial(deps.db, trialId, await outcomeOf(deps, trial, activity.cancellationSignal, secrets))
  } catch (error) {
    throw interruptionOf(activity) ?? toFailure(error, redactor(secrets))
  } finally {
    clearInterval(beat)
  }
}

async function outcomeOf(
  deps: SourceDeps,
  trial: MetricTrial,
  signal: AbortSignal,
  secrets: string[],
): Promise<MetricTrialResult> {
  try {
    const { connector, target } = await sourceOf(deps, trial.connectionId, (values) => secrets.push(...values))
    const session = await connector.open(target, { label: 'plumbline metric trial', signal })
    try {
      const begun = performance.now()
      const values = await valuesOf(session, trial)
      return { ok: true, values, durationMs: Math.round(performance.now() - begun) }
    } finally {
      await session.close()
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof ConnectorError || error instanceof SealError)) throw error
    return { ok: false, code: error.code, message: redactor(secrets)(error.message) }
  }
}

async function valuesOf(session: Session, { spec, ...table }: MetricTrial) {
  const timeoutMs = metricQueryTimeoutMs
  if (spec.kind === 'sql') return session.measureQuery({ sql: spec.sql, maxRows: mostMetricGroups, timeoutMs })
  const [size] = await session.relationSizes([{ ...table, name: table.table }])
  if (!size) throw new ConnectorError('source-failed', `${table.schema}.${table.table} is not there any more`)
  // As much of a large table as a capture reads of it, unless that is told otherwise.
  const { read } = planOf(size, metricCapture.config.parse({}))
  const { duplicates } = await session.measure({ ...table, columns: [], keys: [spec.columns], read, timeoutMs })
  return duplicates.map(({ value }) => ({ group: null, value }))
}
