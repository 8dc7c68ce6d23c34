import type { ConnectionKind } from '@plumbline/connectors/kinds'
import { sql, type Selectable } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

type Named = Pick<Selectable<Tables['job']>, 'id' | 'connection_id' | 'schema_id'>

/** What is kept of some jobs beside their rows, by job, connection and schema. */
export interface ArchiveParts {
  steps: Map<string, Selectable<Tables['job_step']>[]>
  warnings: Map<string, Selectable<Tables['job_warning']>[]>
  connections: Map<string, { name: string; kind: ConnectionKind }>
  schemas: Map<string, string>
}

const any = (ids: Iterable<string | null>) => sql<string>`any(${[...new Set(ids)].filter((id) => id !== null)}::uuid[])`

/** One statement each, however many jobs. */
export async function archiveParts(db: Database, jobs: readonly Named[]): Promise<ArchiveParts> {
  const ids = any(jobs.map((job) => job.id))
  const [steps, warnings, connections, schemas] = await Promise.all([
    db.selectFrom('job_step').selectAll().where('job_id', '=', ids).orderBy('job_id').orderBy('position').execute(),
    db
      .selectFrom('job_warning')
      .selectAll()
      .where('job_id', '=', ids)
      .orderBy('job_id')
      .orderBy('code')
      .orderBy('object')
      .execute(),
    db
      .selectFrom('connection')
      .select(['id', 'name', 'kind'])
      .where('id', '=', any(jobs.map((job) => job.connection_id)))
      .execute(),
    db
      .selectFrom('asset')
      .select(['id', 'name'])
      .where('id', '=', any(jobs.map((job) => job.schema_id)))
      .execute(),
  ])
  return {
    steps: Map.groupBy(steps, (step) => step.job_id),
    warnings: Map.groupBy(warnings, (warning) => warning.job_id),
    connections: new Map(connections.map(({ id, name, kind }) => [id, { name, kind }])),
    schemas: new Map(schemas.map(({ id, name }) => [id, name])),
  }
}
