import type { Deps } from '../deps.ts'
import { EngineUnreachable } from './engine-call.ts'

/** `refused`: Temporal answered, but not as it should; only whoever asked knows whether asking for something else makes sense. */
export type Delivery<T> = { kind: 'delivered'; answer: T } | { kind: 'unreachable' | 'refused' }

/**
 * Tells Temporal what the record holds already. That was accepted, so nothing is thrown whatever the reason: it is logged, and
 * what looks after the record tells it again.
 */
export async function deliver<T>(
  log: Deps['log'],
  about: Record<string, unknown>,
  failed: string,
  tell: () => Promise<T>,
): Promise<Delivery<T>> {
  try {
    return { kind: 'delivered', answer: await tell() }
  } catch (error) {
    const unreachable = error instanceof EngineUnreachable
    log[unreachable ? 'warn' : 'error']({ ...about, err: error }, failed)
    return { kind: unreachable ? 'unreachable' : 'refused' }
  }
}
