import { cancelOperation, type Actor } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { deliver } from '../temporal/deliver.ts'

/** The jobs it has not acted on yet are left alone. A run that cannot be told sees it in the record at its next page. */
export async function stopOperation(
  { db, engine, log }: Pick<Deps, 'db' | 'engine' | 'log'>,
  actor: Actor,
  operationId: string,
  reason: string | undefined,
): Promise<void> {
  const outcome = await cancelOperation(db, actor, operationId, reason)
  if (outcome === 'not-found') throw notFound('operation', operationId)
  if (outcome === 'already-ended')
    throw new ProblemError('operation-already-ended', 'It is over and never changes again')
  await deliver(log, { operationId }, 'the cancel of an operation did not reach Temporal', () =>
    engine.operations.cancel(operationId),
  )
}
