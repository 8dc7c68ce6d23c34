import { setTimeout as sleep } from 'node:timers/promises'
import { log, type Context } from '@temporalio/activity'
import { codeOf } from './failures.ts'

/** Between two tries. */
const pauseMs = 1_000
/** Left of the attempt's time when the wait is given up, so that the reason is told and not a timeout. */
const reserveMs = 5_000

/**
 * Repeats work for as long as the record is away, within the time of this attempt. Heartbeats go on meanwhile, so a cancel and
 * a stop of the worker still arrive. Work must therefore be repeatable, as every activity is.
 */
export async function waitingOutTheRecord<T>(activity: Context, work: () => Promise<T>): Promise<T> {
  const { cancellationSignal, info } = activity
  const until = Date.now() + info.startToCloseTimeoutMs - reserveMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (codeOf(error) !== 'record-unreachable' || cancellationSignal.aborted || Date.now() > until) throw error
      log.warn('the record is away; waiting for it', { reason: String(error) })
      await sleep(pauseMs, undefined, { signal: cancellationSignal })
    }
  }
}
