import type { AssetKind, DocumentationSource, DocumentationState } from '@plumbline/workflows'
import { sql } from 'kysely'
import { assetReference, scopeColumn, type AssetReference } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { containing } from '../like-pattern.ts'
import type { DocumentationRecord } from './read-documentation.ts'

/** A text that stands, with what it is about. */
export interface ListedDocumentation extends DocumentationRecord {
  asset: AssetReference
  /** Of one that waits or was rejected: the text that a person stands behind, whose place it would take. */
  shownText: string | null
}

export interface DocumentationFilter {
  /** All where it is left out. */
  states?: readonly DocumentationState[] | undefined
  source?: DocumentationSource | undefined
  /** A person's texts have no confidence: a bound leaves them out. */
  minConfidence?: number | undefined
  maxConfidence?: number | undefined
  /** Part of the text, of the column's name or of the asset's qualified name; case does not matter. */
  q?: string | undefined
}

export interface DocumentationPageRequest {
  filter?: DocumentationFilter | undefined
  /** Of the last text of the page before; an empty column is the asset itself. */
  after?: { qualifiedName: string; assetId: string; column: string; version: number } | undefined
  limit: number
}

/** The texts that stand of an asset and all below it that is there, by qualified name and column. */
export async function listDocumentation(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  { after, filter = {}, limit }: DocumentationPageRequest,
): Promise<ListedDocumentation[]> {
  if (!isUuid(asset.id)) return []
  const { rows } = await sql<ListedDocumentation>`
    select ${assetReference} as asset, w.column_name as column, w.version, w.text, w.sentences, w.source, w.model,
      w.prompt_version as "promptVersion", w.confidence, w.state, w.job_id as "jobId", w.written_by as "writtenBy",
      w.written_at as "writtenAt", w.decided_by as "decidedBy", w.decided_at as "decidedAt", w.replaced_at as "replacedAt",
      k.text as "shownText"
    from asset a
    join asset d on d.id = a.database_id
    join documentation w on w.asset_id = a.id and w.replaced_at is null
    left join documentation k on k.asset_id = a.id and k.column_name is not distinct from w.column_name
      and k.replaced_at is null and k.state in ('accepted', 'edited') and w.state in ('proposed', 'rejected')
    where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
      and (a.removed_at is null or a.id = ${asset.id}::uuid)
      and ${matching(filter)}
      and ${after ? sql`(a.qualified_name, a.id, coalesce(w.column_name, ''), w.version) > (${after.qualifiedName}, ${after.assetId}::uuid, ${after.column}, ${after.version})` : sql`true`}
    order by a.qualified_name, a.id, coalesce(w.column_name, ''), w.version
    limit ${limit}`.execute(db)
  return rows
}

/** Which texts `w` of assets `a`. */
function matching({ states, source, minConfidence, maxConfidence, q }: DocumentationFilter) {
  const conditions = [sql<boolean>`true`]
  if (states !== undefined) conditions.push(sql`w.state = any(${states}::text[])`)
  if (source !== undefined) conditions.push(sql`w.source = ${source}`)
  if (minConfidence !== undefined) conditions.push(sql`w.confidence >= ${minConfidence}::real`)
  if (maxConfidence !== undefined) conditions.push(sql`w.confidence <= ${maxConfidence}::real`)
  if (q !== undefined) {
    const pattern = containing(q)
    conditions.push(
      sql`(w.text ilike ${pattern} or w.column_name ilike ${pattern} or a.qualified_name ilike ${pattern})`,
    )
  }
  return sql.join(conditions, sql` and `)
}
