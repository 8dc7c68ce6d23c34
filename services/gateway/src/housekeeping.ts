import { forgetOldKeys, forgetOldStaging } from '@plumbline/store'
import type { Deps } from './deps.ts'

const everyMs = 3_600_000

/** Removes, once an hour, what is kept for a time only. Several gateways may do it; a failure is made good by the next hour. */
export function startHousekeeping({ db, log }: Pick<Deps, 'db' | 'log'>): { stop(): Promise<void> } {
  const clean = async () => {
    try {
      const forgotten = await forgetOldKeys(db)
      const staging = await forgetOldStaging(db)
      log.debug({ forgotten, staging }, 'what is kept for a time only was removed')
    } catch (error) {
      log.warn({ err: error }, 'what is kept for a time only could not be removed')
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
