import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import { lookedBy, schemaWasLookedFor, wasLookedFor } from './looked-before.ts'
import { findBaseline } from './snapshots.ts'

/**
 * True of a change `c` of an asset `a`, whose schema is `s`, that the accepted snapshot settled: it was there when the snapshot was
 * taken, however much later that was accepted, and the snapshot looked for the asset.
 */
export async function settledByBaseline(
  db: Database,
  organizationId: string,
  connectionId: string,
): Promise<RawBuilder<boolean>> {
  const baseline = await findBaseline(db, organizationId, connectionId)
  if (!baseline) return sql<boolean>`false`
  const looked = await lookedBy(db, sql`job_id = ${baseline.jobId}::uuid`)
  const relation = {
    schema: sql`s.name`,
    name: sql`a.name`,
    partition: sql`coalesce(a.document ->> 'partitionOf' is not null, false)`,
  }
  return sql<boolean>`(c.detected_at <= ${baseline.takenAt}::timestamptz and case a.kind
    when 'database' then true
    when 'schema' then ${schemaWasLookedFor(looked, sql`a.name`)}
    else ${wasLookedFor(looked, relation)} end)`
}
