import type { Budget, Connector, Session } from '@plumbline/connectors'
import { ConnectorError } from '@plumbline/connectors'
import { addSpending, openingOf, spentBy, type Database, type Opening, type Sealer } from '@plumbline/store'
import type { ConnectionKind } from '@plumbline/connectors/kinds'
import type { StepContext } from './in-step.ts'

export interface SourceDeps {
  db: Database
  sealer: Pick<Sealer, 'open'>
  connectorFor(kind: ConnectionKind): Promise<Connector>
}

export interface Source {
  connector: Connector
  target: { settings: Record<string, unknown>; credentials: Record<string, string> }
}

/**
 * A connection with its credentials opened: only here, and only for as long as the activity runs.
 *
 * @param hide is given every secret before anything can fail with it
 * @throws ConnectorError `not-found` when the connection was deleted; SealError
 */
export async function sourceOf(
  deps: SourceDeps,
  connectionId: string,
  hide: (secrets: string[]) => void,
): Promise<Source> {
  return opened(deps, connectionId, await openingOf(deps.db, connectionId), hide)
}

/** `sourceOf` for a step, which was given what opens its source with the begin of its attempt. */
export const sourceOfStep = (deps: SourceDeps, { job, opening, hide }: StepContext): Promise<Source> =>
  opened(deps, job.connectionId, opening, hide)

async function opened(
  deps: SourceDeps,
  connectionId: string,
  opening: Opening | undefined,
  hide: (secrets: string[]) => void,
): Promise<Source> {
  if (!opening) throw new ConnectorError('not-found', 'The connection was deleted')
  const credentials = deps.sealer.open(connectionId, opening.sealedCredentials)
  hide(Object.values(credentials))
  return { connector: await deps.connectorFor(opening.kind), target: { settings: opening.settings, credentials } }
}

export interface SessionOwner {
  jobId: string
  signal: AbortSignal
  budget: Budget
}

/** The step that is worked for: what its sessions spend is kept with it. */
export const ownerOf = (db: Database, { lease, signal }: Pick<StepContext, 'lease' | 'signal'>): SessionOwner => ({
  jobId: lease.jobId,
  signal,
  budget: { spent: () => spentBy(db, lease.jobId), add: (spending) => addSpending(db, lease, spending) },
})

/** How a source shows the sessions of a job to its owner; what is left of them is found by it. */
export const labelOf = (jobId: string): string => `plumbline job ${jobId}`

/** The caller closes it. */
export const openSession = ({ connector, target }: Source, { jobId, signal, budget }: SessionOwner): Promise<Session> =>
  connector.open(target, { label: labelOf(jobId), signal, budget })

/** Opens a session for a job, hands it out and closes it, however the work ends. */
export const withSession = <T>(
  source: Source,
  owner: SessionOwner,
  work: (session: Session) => Promise<T>,
): Promise<T> => withSessions(source, owner, 1, ([session]) => work(session))

/** At least one, which is the first. */
export type Sessions = [Session, ...Session[]]

/** As `withSession`, with up to `most` of them: where the source has not so many to give, with those that it gives. */
export async function withSessions<T>(
  source: Source,
  owner: SessionOwner,
  most: number,
  work: (sessions: Sessions) => Promise<T>,
): Promise<T> {
  const sessions: Sessions = [await openSession(source, owner)]
  try {
    while (sessions.length < most) {
      const more = await anotherSession(source, owner)
      if (!more) break
      sessions.push(more)
    }
    return await work(sessions)
  } finally {
    await Promise.allSettled(sessions.map((session) => session.close()))
  }
}

async function anotherSession(source: Source, owner: SessionOwner): Promise<Session | undefined> {
  try {
    return await openSession(source, owner)
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'too-many-connections') return undefined
    throw error
  }
}
