import type { Deps } from '../deps.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'

/** Tells jobs that they got a slot. One that is not reached asks by itself, behind its timer. */
export async function wakeAdmitted({ engine, log }: Pick<Deps, 'engine' | 'log'>, jobIds: string[]): Promise<void> {
  try {
    await engine.grantSlots(jobIds)
  } catch (error) {
    if (!(error instanceof EngineUnreachable)) throw error
    log.warn({ jobIds, err: error }, 'jobs that got a slot could not be woken; they ask by themselves')
  }
}
