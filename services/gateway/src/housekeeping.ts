import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from './deps.ts'
import { repeat, type Repeating } from './repeat.ts'
import { retentionTasks, type RetentionTask } from './retention-tasks.ts'

const everyMs = 3_600_000
/** Between two batches: what people wait for goes first. */
const pauseMs = 50

/**
 * Removes, once an hour and in the background, what is kept for a time only. Several gateways may do it: each takes what the other
 * does not hold. A failure is made good by the next hour.
 */
export function startHousekeeping({ db, log, config }: Pick<Deps, 'db' | 'log' | 'config'>): Repeating {
  const stopping = new AbortController()
  const tasks = retentionTasks(db, config.retention)
  const repeating = repeat(
    everyMs,
    async () => {
      for (const task of tasks) await carryOut(task, log, stopping.signal)
    },
    (error) => log.warn({ err: error }, 'housekeeping broke off'),
  )
  return {
    stop() {
      stopping.abort()
      return repeating.stop()
    },
  }
}

async function carryOut({ name, walk }: RetentionTask, log: Deps['log'], stopping: AbortSignal): Promise<void> {
  let removed = 0
  try {
    for await (const rows of walk()) {
      removed += rows
      if (stopping.aborted) return
      if (rows > 0) await sleep(pauseMs)
    }
    if (removed > 0) log.info({ what: name, removed }, 'what was kept long enough was removed')
  } catch (error) {
    log.warn({ err: error, what: name, removed }, 'what was kept long enough could not be removed')
  }
}
