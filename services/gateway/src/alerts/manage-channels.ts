import { randomBytes } from 'node:crypto'
import type { SavedAlertChannel, zCreateAlertChannel, zUpdateAlertChannel } from '@plumbline/api'
import {
  createChannel,
  deleteChannel,
  findChannel,
  newId,
  updateChannel,
  type Actor,
  type ChannelSaved,
} from '@plumbline/store'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'
import { channelView } from './alert-view.ts'

type ChannelDeps = Pick<Deps, 'db' | 'sealer'>
type Target = z.output<typeof zCreateAlertChannel>['target']

/** Of a signing secret; Standard Webhooks asks for 24 to 64. */
const secretBytes = 32

export async function addChannel(
  { db, sealer }: ChannelDeps,
  actor: Actor,
  { target, ...settings }: z.output<typeof zCreateAlertChannel>,
): Promise<SavedAlertChannel> {
  const id = actor.resourceId ?? newId()
  const { address, secret, parts } = sealable(target)
  const saved = await createChannel(db, actor, {
    ...settings,
    id,
    kind: target.kind,
    address,
    sealed: sealer.seal(id, parts),
  })
  return unwrapped(saved, id, secret)
}

/** Without a target the sealed one stays, with its secret. */
export async function changeChannel(
  { db, sealer }: ChannelDeps,
  actor: Actor,
  id: string,
  { target, ...change }: z.output<typeof zUpdateAlertChannel>,
): Promise<SavedAlertChannel> {
  const before = await findChannel(db, actor.organizationId, id)
  if (!before) throw notFound('alert channel', id)
  if (target && target.kind !== before.kind)
    throw invalidField('target.kind', `must stay ${before.kind}: add another channel instead`)
  const sealed = target && sealable(target)
  const { name, address, enabled, maxPerHour, quietHours } = before
  const saved = await updateChannel(db, actor, id, {
    name: change.name ?? name,
    enabled: change.enabled ?? enabled,
    maxPerHour: change.maxPerHour ?? maxPerHour,
    quietHours: change.quietHours === undefined ? quietHours : change.quietHours,
    address: sealed?.address ?? address,
    ...(sealed && { sealed: sealer.seal(id, sealed.parts) }),
  })
  return unwrapped(saved, id, sealed?.secret ?? null)
}

export async function removeChannel({ db }: Pick<Deps, 'db'>, actor: Actor, id: string): Promise<void> {
  if (!(await deleteChannel(db, actor, id))) throw notFound('alert channel', id)
}

/** What is sealed, and what may be shown of it: a path or a query may be a secret. */
function sealable(target: Target): { address: string; secret: string | null; parts: Record<string, string> } {
  switch (target.kind) {
    case 'webhook': {
      const secret = `whsec_${randomBytes(secretBytes).toString('base64')}`
      return { address: new URL(target.url).origin, secret, parts: { url: target.url, secret } }
    }
    case 'slack':
      return { address: new URL(target.url).origin, secret: null, parts: { url: target.url } }
    case 'email':
      return { address: target.to.join(', '), secret: null, parts: { to: target.to.join(',') } }
  }
}

function unwrapped(saved: ChannelSaved, id: string, secret: string | null): SavedAlertChannel {
  switch (saved.kind) {
    case 'not-found':
      throw notFound('alert channel', id)
    case 'name-taken':
      throw new ProblemError('name-taken', 'Another alert channel has this name already')
    case 'saved':
      return { ...channelView(saved.channel), secret }
  }
}
