import { forgetOldKeys } from '@plumbline/store'
import type { Deps } from './deps.ts'

const everyMs = 3_600_000

/** Removes, once an hour, what is kept for a time only. Several gateways may do it; a failure is made good by the next hour. */
export function startHousekeeping({ db, log }: Pick<Deps, 'db' | 'log'>): { stop(): Promise<void> } {
  const clean = async () => {
    try {
      const forgotten = await forgetOldKeys(db)
      log.debug({ forgotten }, 'answers that are too old to be repeated were removed')
    } catch (error) {
      log.warn({ err: error }, 'old answers could not be removed')
    }
  }
  let running = clean()
  const timer = setInterval(() => {
    running = clean()
  }, everyMs)
  return {
    stop() {
      clearInterval(timer)
      return running
    },
  }
}
