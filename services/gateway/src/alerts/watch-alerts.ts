import {
  failedJobs,
  foundRegressions,
  jobFindings,
  lateSchedules,
  lookForAlerts,
  recordSignals,
  recoverFailures,
  recoverFindings,
  recoverSlow,
} from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { repeat, type Repeating } from '../repeat.ts'
import { failureSignal } from './failure-signal.ts'
import { findingSignal } from './finding-signal.ts'
import { launchDeliveries } from './launch-deliveries.ts'
import { runningTooLong } from './long-running.ts'

/** How soon somebody is told. */
const everyMs = 2_000

/** Turns what happened into incidents, and brings their notices on the way, for as long as the gateway runs. */
export function startAlertWatch(deps: Pick<Deps, 'db' | 'engine' | 'log'>): Repeating {
  return repeat(
    everyMs,
    async () => {
      while (await lookForAlerts(deps.db, look));
      await launchDeliveries(deps)
    },
    (error) => deps.log.warn({ err: error }, 'could not look for alerts; trying again'),
  )
}

/** What began is recorded before what is over: of what did both in one round people are told nothing. */
const look: Parameters<typeof lookForAlerts>[1] = async (trx, span) => {
  const failures = await failedJobs(trx, span)
  const findings = [
    ...(await jobFindings(trx, span)),
    ...(await foundRegressions(trx)),
    ...(await lateSchedules(trx)),
    ...(await runningTooLong(trx)),
  ]
  await recordSignals(trx, [...failures.map(failureSignal), ...findings.map(findingSignal)])
  await recoverFailures(trx, span)
  await recoverFindings(trx, span)
  await recoverSlow(trx, span)
}
