import type { ConnectionTest } from '@plumbline/api'
import { appendAudit, findConnection, newId, type Actor } from '@plumbline/store'
import { WorkflowFailedError } from '@temporalio/client'
import type { Deps } from '../deps.ts'
import { notFound } from '../http/problem.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'

/**
 * Tries a connection on a worker, where its credentials can be opened. That no worker could try it is a result too: the person
 * asked what is wrong.
 */
export async function testConnection(
  { db, engine }: Pick<Deps, 'db' | 'engine'>,
  actor: Actor,
  id: string,
): Promise<ConnectionTest> {
  if (!(await findConnection(db, actor.organizationId, id))) throw notFound('connection', id)
  await appendAudit(db, actor, { action: 'connection.test', target: { kind: 'connection', id } })
  try {
    return await engine.testConnection(id, newId())
  } catch (error) {
    if (error instanceof EngineUnreachable) {
      return untested(
        'Temporal cannot be reached, so nothing could try the connection',
        'Start Temporal and test again.',
      )
    }
    if (error instanceof WorkflowFailedError) {
      const why = [error.cause?.cause, error.cause].find((cause) => cause instanceof Error) ?? error
      return untested(
        `No worker could try the connection: ${why.message}`,
        'Check that a worker with the roles workflows and warehouse runs, then test again.',
      )
    }
    throw error
  }
}

const untested = (message: string, hint: string): ConnectionTest => ({
  ok: false,
  checks: [{ name: 'Plumbline', ok: false, message, hint }],
})
