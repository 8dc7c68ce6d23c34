import { canonicalJson, diffRelation, diffSchema, fingerprintOf, onlyFollows, verdictOf } from '@plumbline/analysis'
import {
  compareCatalog,
  createJobLedger,
  resetDiscovery,
  stageRelations,
  stageSchemas,
  stageUnread,
  storeCatalog,
  type DiscoveryScope,
} from '@plumbline/store'
import {
  wholeCatalog,
  type CatalogScope,
  type DiscoveredRelation,
  type RelationDocument,
  type StoredCatalog,
  type UnreadRelation,
} from '@plumbline/workflows'
import { relationDocument } from '@plumbline/workflows/testing/relation-document'
import { completed, openStep, type Arrangement } from '../jobs/arrange.ts'

/** A table as a connector would report it; `oid` is its identity. */
export function table(
  oid: number,
  path: string,
  columns: string[],
  more: Partial<RelationDocument> = {},
): DiscoveredRelation {
  const [schema = '', name = ''] = path.split('/')
  const document = relationDocument(columns, more)
  return {
    externalId: `r:${oid}`,
    schema,
    name,
    kind: 'table',
    document,
    sourceFingerprint: fingerprintOf('table', canonicalJson(document)),
    readable: true,
  }
}

export interface Snapshot {
  /** By name; the identity is the name with `n:` unless given. */
  schemas?: Record<string, { oid?: string; complete?: boolean; comment?: string }>
  relations: DiscoveredRelation[]
  /** What is there and was not read. */
  unread?: UnreadRelation[]
  /** What the job was told to look at. */
  scope?: Partial<CatalogScope>
  maxRemovedShare?: number
}

export interface Source {
  connectionId: string
  databaseId: string
  /** Reads, compares and stores a snapshot as a job would; the job is completed. */
  discover(snapshot: Snapshot): Promise<{ jobId: string; counts: StoredCatalog; changes: string[] }>
  /** What is there by now: qualified name → id. */
  present(): Promise<Record<string, string>>
}

const { signal } = new AbortController()
const diff = { relation: diffRelation, schema: diffSchema, verdict: verdictOf, onlyFollows }
const hooks = { signal, onProgress: () => undefined }

export async function addSource(at: Arrangement): Promise<Source> {
  const { connectionId, assetId: databaseId } = await at.addConnection()
  return {
    connectionId,
    databaseId,
    discover: (snapshot) => discover(at, { connectionId, databaseId }, snapshot),
    async present() {
      const rows = await at.db
        .selectFrom('asset')
        .select(['id', 'qualified_name'])
        .where('connection_id', '=', connectionId)
        .where('removed_at', 'is', null)
        .execute()
      return Object.fromEntries(rows.map((row) => [row.qualified_name, row.id]))
    },
  }
}

async function discover(at: Arrangement, source: { connectionId: string; databaseId: string }, snapshot: Snapshot) {
  const jobId = await at.addJob(source.databaseId)
  await createJobLedger(at.db).begin(jobId)
  const scope = scopeOf(at, source, jobId, snapshot.scope)
  await stage(at, jobId, snapshot)
  await compare(at, scope, snapshot.maxRemovedShare)
  const counts = await store(at, scope)
  await createJobLedger(at.db).end(jobId, completed)
  const changes = await at.db
    .selectFrom('schema_change as c')
    .innerJoin('asset as a', 'a.id', 'c.asset_id')
    .select(['c.kind', 'a.qualified_name', 'c.column_name', 'c.breaking'])
    .where('c.job_id', '=', jobId)
    .orderBy('c.id')
    .execute()
  return {
    jobId,
    counts,
    changes: changes.map(
      ({ kind, qualified_name, column_name, breaking }) =>
        `${kind} ${qualified_name}${column_name === null ? '' : `#${column_name}`}${breaking ? ' !' : ''}`,
    ),
  }
}

/** As the step that compares does. */
export const compare = async (at: Arrangement, scope: DiscoveryScope, maxRemovedShare = 0.5): Promise<number> =>
  compareCatalog(at.db, await openStep(at.db, scope.jobId, 'compare'), scope, diff, { ...hooks, maxRemovedShare })

/** As the step that stores does. */
export const store = async (at: Arrangement, scope: DiscoveryScope): Promise<StoredCatalog> =>
  storeCatalog(at.db, await openStep(at.db, scope.jobId, 'store'), scope, signal)

export const scopeOf = (
  at: Arrangement,
  source: { connectionId: string; databaseId: string },
  jobId: string,
  looked: Partial<CatalogScope> = {},
): DiscoveryScope => ({
  jobId,
  organizationId: at.actor.organizationId,
  connectionId: source.connectionId,
  databaseId: source.databaseId,
  looked: { ...wholeCatalog, ...looked },
})

export async function stage(at: Arrangement, jobId: string, snapshot: Snapshot): Promise<void> {
  const lease = await openStep(at.db, jobId, 'read_catalog')
  await resetDiscovery(at.db, lease)
  const names = new Set([...Object.keys(snapshot.schemas ?? {}), ...snapshot.relations.map(({ schema }) => schema)])
  const schemas = [...names].map((name) => {
    const { oid = name, complete = true, comment = null } = snapshot.schemas?.[name] ?? {}
    return { externalId: `n:${oid}`, name, comment, complete }
  })
  await stageSchemas(at.db, lease, schemas)
  const staged = snapshot.relations.map(({ document, ...relation }) => {
    const documentJson = canonicalJson(document)
    const fingerprint = fingerprintOf(relation.kind, documentJson)
    return { ...relation, documentJson, fingerprint, comment: document.comment, columns: document.columns.length }
  })
  await stageRelations(at.db, lease, staged)
  await stageUnread(at.db, lease, snapshot.unread ?? [])
}
