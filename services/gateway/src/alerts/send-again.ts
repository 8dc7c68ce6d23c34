import { findDelivery, queueTest, replayDelivery, type Actor, type DeliveryRow } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { launchDelivery } from './launch-deliveries.ts'

type SendDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** @returns a delivery that is kept and will be tried, once, also where Temporal is away right now */
export async function testChannel(deps: SendDeps, actor: Actor, channelId: string): Promise<DeliveryRow> {
  const id = await queueTest(deps.db, actor, channelId)
  if (id === undefined) throw notFound('alert channel', channelId)
  return queued(deps, actor, id)
}

export async function replay(deps: SendDeps, actor: Actor, deliveryId: string): Promise<DeliveryRow> {
  const replayed = await replayDelivery(deps.db, actor, deliveryId)
  if (replayed.kind === 'not-found') throw notFound('delivery', deliveryId)
  if (replayed.kind === 'under-way')
    throw new ProblemError('delivery-under-way', 'It is still tried, or held for later: there is nothing to repeat yet')
  return queued(deps, actor, replayed.id)
}

async function queued(deps: SendDeps, actor: Actor, id: string): Promise<DeliveryRow> {
  await launchDelivery(deps, id)
  const row = await findDelivery(deps.db, actor.organizationId, id)
  if (!row) throw notFound('delivery', id)
  return row
}
