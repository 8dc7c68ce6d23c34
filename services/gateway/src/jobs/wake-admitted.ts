import type { Deps } from '../deps.ts'
import { deliver } from '../temporal/deliver.ts'

/** Tells jobs that they got a slot. One that is not reached asks by itself, behind its timer. */
export async function wakeAdmitted({ engine, log }: Pick<Deps, 'engine' | 'log'>, jobIds: string[]): Promise<void> {
  await deliver(log, { jobIds }, 'jobs that got a slot could not be woken; they ask by themselves', () =>
    engine.grantSlots(jobIds),
  )
}
