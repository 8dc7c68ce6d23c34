import type { CreateConnection, UpdateConnection, zCreateConnection } from '@plumbline/api'
import {
  createConnection,
  deleteConnection,
  newId,
  updateConnection,
  type Actor,
  type ConnectionRecord,
  type Saved,
} from '@plumbline/store'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { wakeAdmitted } from '../jobs/wake-admitted.ts'

type ConnectionDeps = Pick<Deps, 'db' | 'sealer'>

/** Credentials are sealed here, at the door, and opened only by a worker. */
export async function createNewConnection(
  { db, sealer }: ConnectionDeps,
  actor: Actor,
  { name, kind, settings, credentials, maxConcurrentJobs }: z.output<typeof zCreateConnection>,
): Promise<ConnectionRecord> {
  const id = actor.resourceId ?? newId()
  const sealedCredentials = sealer.seal(id, given(credentials))
  const { database } = settings
  return savedOrProblem(
    await createConnection(db, actor, { id, name, kind, settings, sealedCredentials, maxConcurrentJobs, database }),
    id,
  )
}

/** Settings that are not given stay as they are; without credentials the sealed ones stay. */
export async function changeConnection(
  { db, sealer, engine, log }: ConnectionDeps & Pick<Deps, 'engine' | 'log'>,
  actor: Actor,
  id: string,
  { settings, credentials, name, maxConcurrentJobs, paused }: UpdateConnection,
): Promise<ConnectionRecord> {
  const saved = await updateConnection(db, actor, id, {
    ...(name !== undefined && { name }),
    ...(maxConcurrentJobs !== undefined && { maxConcurrentJobs }),
    ...(settings && { settings }),
    ...(credentials && { sealedCredentials: sealer.seal(id, given(credentials)) }),
    ...(paused !== undefined && { paused }),
  })
  if (saved.kind === 'saved') await wakeAdmitted({ engine, log }, saved.admitted)
  return savedOrProblem(saved, id)
}

const given = ({ password, sslKey }: CreateConnection['credentials']): Record<string, string> => ({
  password,
  ...(sslKey !== undefined && { sslKey }),
})

export async function removeConnection({ db }: ConnectionDeps, actor: Actor, id: string): Promise<void> {
  const outcome = await deleteConnection(db, actor, id)
  if (outcome === 'not-found') throw notFound('connection', id)
  if (outcome === 'in-use')
    throw new ProblemError('connection-in-use', 'Jobs of this connection are pending or running')
}

function savedOrProblem(saved: Saved, id: string): ConnectionRecord {
  switch (saved.kind) {
    case 'saved':
      return saved.connection
    case 'name-taken':
      throw new ProblemError('name-taken', 'Another connection of the organization has this name already')
    case 'not-found':
      throw notFound('connection', id)
  }
}
