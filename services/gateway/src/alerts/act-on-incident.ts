import { actOnIncident, findIncident, type Actor, type IncidentAction, type IncidentRecord } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'

/** @returns the incident as it is then */
export async function act(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  id: string,
  action: IncidentAction,
): Promise<IncidentRecord> {
  const acted = await actOnIncident(db, actor, id, action)
  if (acted === 'resolved')
    throw new ProblemError('incident-resolved', 'It is over: there is nothing to acknowledge or to mute')
  const incident = acted === 'done' ? await findIncident(db, actor.organizationId, id) : undefined
  if (!incident) throw notFound('incident', id)
  return incident
}
