import { actOnIncident, findIncident, type Actor, type IncidentAction, type IncidentRecord } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { launchDeliveries } from './launch-deliveries.ts'

/** @returns the incident as it is then */
export async function act(
  deps: Pick<Deps, 'db' | 'engine' | 'log'>,
  actor: Actor,
  id: string,
  action: IncidentAction,
): Promise<IncidentRecord> {
  const acted = await actOnIncident(deps.db, actor, id, action)
  if (acted === 'resolved')
    throw new ProblemError('incident-resolved', 'It is over: there is nothing to acknowledge or to mute')
  const incident = acted === 'done' ? await findIncident(deps.db, actor.organizationId, id) : undefined
  if (!incident) throw notFound('incident', id)
  if (action.action === 'resolve') await launchDeliveries(deps)
  return incident
}
