import type { UpdateConnection, zCreateConnection } from '@plumbline/api'
import { connectionKind, type KindDefinition } from '@plumbline/connectors/kinds'
import {
  createConnection,
  deleteConnection,
  findConnection,
  newId,
  updateConnection,
  type Actor,
  type ConnectionRecord,
  type Database,
  type Saved,
} from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { fieldErrors, invalidInput, notFound, ProblemError } from '../http/problem.ts'
import { wakeAdmitted } from '../jobs/wake-admitted.ts'

type ConnectionDeps = Pick<Deps, 'db' | 'sealer'>

/** Credentials are sealed here, at the door, and opened only by a worker. */
export async function createNewConnection(
  { db, sealer }: ConnectionDeps,
  actor: Actor,
  { name, kind, settings, credentials, maxConcurrentJobs }: z.output<typeof zCreateConnection>,
): Promise<ConnectionRecord> {
  const id = actor.resourceId ?? newId()
  const sealedCredentials = sealer.seal(id, textsOf(credentials))
  const database = connectionKind(kind).databaseOf(settings)
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
  { name, maxConcurrentJobs, paused, ...described }: UpdateConnection,
): Promise<ConnectionRecord> {
  const { settings, credentials } = await parsedChange(db, actor, id, described)
  const saved = await updateConnection(db, actor, id, {
    ...(name !== undefined && { name }),
    ...(maxConcurrentJobs !== undefined && { maxConcurrentJobs }),
    ...(settings && { settings }),
    ...(credentials && { sealedCredentials: sealer.seal(id, credentials) }),
    ...(paused !== undefined && { paused }),
  })
  if (saved.kind === 'saved') await wakeAdmitted({ engine, log }, saved.admitted)
  return savedOrProblem(saved, id)
}

type Described = Pick<UpdateConnection, 'settings' | 'credentials'>
interface ParsedChange {
  settings?: Record<string, unknown>
  credentials?: Record<string, string>
}

/** What is given, by the schemas of the connection's kind: each setting is judged together with those that stay. */
async function parsedChange(db: Database, actor: Actor, id: string, given: Described): Promise<ParsedChange> {
  if (!given.settings && !given.credentials) return {}
  const connection = await findConnection(db, actor.organizationId, id)
  if (!connection) throw notFound('connection', id)
  const kind = connectionKind(connection.kind)
  const settings = parsedPart(kind.settings, { ...connection.settings, ...given.settings }, 'settings')
  const changed = given.settings && Object.keys(given.settings).map((name) => [name, settings[name] ?? null])
  const credentials = given.credentials && parsedCredentials(kind, settings, given.credentials)
  return { ...(changed && { settings: Object.fromEntries(changed) }), ...(credentials && { credentials }) }
}

function parsedCredentials(kind: KindDefinition, settings: Record<string, unknown>, given: Record<string, unknown>) {
  const credentials = parsedPart(kind.credentials, given, 'credentials')
  const problems = kind.credentialProblems(settings, credentials)
  if (problems.length > 0)
    throw invalidInput(problems.map(({ path, message }) => ({ path: `credentials.${path}`, message })))
  return textsOf(credentials)
}

function parsedPart(schema: z.ZodObject, given: Record<string, unknown>, part: string): Record<string, unknown> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw invalidInput(fieldErrors(parsed.error, [part]))
}

/** Every credential is a text, by the schema of its kind. */
const textsOf = (credentials: Record<string, unknown>): Record<string, string> => zTexts.parse(credentials)
const zTexts = z.record(z.string(), z.string())

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
