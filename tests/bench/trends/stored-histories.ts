import {
  createConnection,
  ensureAdmin,
  identify,
  newId,
  openDatabase,
  type Database,
  type Tables,
} from '@plumbline/store'
import type { Selectable } from 'kysely'
import { pastJobRow } from '../../support/past-job-row.ts'
import type { PlantedHistory } from './planted-durations.ts'

type Root = Selectable<Tables['asset']>

/** A history as jobs of the record, on an asset of its own. */
export interface StoredHistory {
  history: PlantedHistory
  root: Root
  /** Of its runs, by their places. */
  jobIds: string[]
}

const begun = Date.now() - 60 * 86_400_000
const everyMs = 4 * 3_600_000
const rowsAtOnce = 1_000

/** A connection for each history, with nothing in it yet. */
export async function prepareHistories(db: Database, histories: readonly PlantedHistory[]): Promise<StoredHistory[]> {
  await ensureAdmin(db, { organization: 'local', tokenName: 'bench', token: 'generated' })
  const organizationId = (await identify(db, 'generated'))?.organizationId ?? ''
  const stored: StoredHistory[] = []
  for (const [index, history] of histories.entries()) {
    const root = await connect(db, organizationId, `history ${index}`)
    stored.push({ history, root, jobIds: history.durationsMs.map(() => newId()) })
  }
  return stored
}

async function connect(db: Database, organizationId: string, name: string): Promise<Root> {
  const saved = await createConnection(
    db,
    { organizationId, name: 'bench', requestId: 'bench' },
    {
      id: newId(),
      name,
      kind: 'postgres',
      settings: { host: '127.0.0.1', port: 5432, database: 'past', user: 'reader' },
      sealedCredentials: Buffer.from('sealed'),
      maxConcurrentJobs: 4,
      database: 'past',
    },
  )
  if (saved.kind !== 'saved') throw new Error(saved.kind)
  return db.selectFrom('asset').selectAll().where('id', '=', saved.connection.rootAssetId).executeTakeFirstOrThrow()
}

/** Ends the runs from a place on, up to another, of every history: they are there at once, with the events that say so. */
export async function endRuns(db: Database, stored: readonly StoredHistory[], from: number, to: number): Promise<void> {
  const rows = stored.flatMap(({ history, root, jobIds }) =>
    jobIds.slice(from, to).map((id, place) => rowOf(root, id, from + place, history.durationsMs[from + place] ?? 0)),
  )
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce)
    await db.insertInto('job').values(some).execute()
    // What is compared has settled: what took place a moment ago waits.
    const earlier = new Date(Date.now() - 60_000)
    await db
      .insertInto('job_event')
      .values(some.map((job) => ({ organization_id: job.organization_id, job_id: job.id, at: earlier })))
      .execute()
  }
}

function rowOf(root: Root, id: string, run: number, durationMs: number) {
  const createdAt = begun + run * everyMs
  return pastJobRow(root, {
    id,
    status: 'completed',
    percent: 100,
    created_at: new Date(createdAt),
    started_at: new Date(createdAt),
    ended_at: new Date(createdAt + durationMs),
  })
}

export const openRecord = (databaseUrl: string): Database =>
  openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'bench' })
