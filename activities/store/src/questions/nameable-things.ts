import type { AssetKind } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'

/** Things of an organization that a person may call by name. */
export interface NameableThings {
  assets: { id: string; kind: AssetKind; name: string; connectionId: string }[]
  connections: { id: string; name: string }[]
  schedules: { id: string; name: string }[]
  actors: string[]
}

const mostNamed = 1_000
const mostAssets = 50
/** Of a mistyped name: the share of its trigrams that a name must hold. */
const likeness = 0.5

/**
 * The connections, schedules and people that started jobs or may, and those assets whose own name is the last part of a phrase, or of which jobs have
 * a name like one.
 */
export async function nameableThings(
  db: Database,
  organizationId: string,
  phrases: readonly string[],
): Promise<NameableThings> {
  const named = (table: 'connection' | 'schedule') =>
    db
      .selectFrom(table)
      .select(['id', 'name'])
      .where('organization_id', '=', organizationId)
      .where('deleted_at', 'is', null)
      .orderBy('name')
      .limit(mostNamed)
      .execute()
  const [assets, connections, schedules, tokens, starters] = await Promise.all([
    phrases.length === 0 ? [] : assetsLike(db, organizationId, phrases),
    named('connection'),
    named('schedule'),
    db.selectFrom('token').select('name').where('organization_id', '=', organizationId).limit(mostNamed).execute(),
    actorsOfJobs(db, organizationId),
  ])
  return { assets, connections, schedules, actors: [...new Set([...tokens.map(({ name }) => name), ...starters])] }
}

/** Who ever started a job, also under tokens that are gone: one look into the index for each of them. */
async function actorsOfJobs(db: Database, organizationId: string): Promise<string[]> {
  const next = (after: RawBuilder<unknown>) => sql`
    (select actor from job where organization_id = ${organizationId}::uuid and ${after} order by actor limit 1)`
  const { rows } = await sql<{ actor: string }>`
    with recursive found as (
      ${next(sql`true`)}
      union all select ${next(sql`actor > found.actor`)} from found where found.actor is not null
    )
    select actor from found where actor is not null limit ${mostNamed}`.execute(db)
  return rows.map(({ actor }) => actor)
}

async function assetsLike(
  db: Database,
  organizationId: string,
  phrases: readonly string[],
): Promise<NameableThings['assets']> {
  const small = phrases.map((phrase) => phrase.toLowerCase())
  const own = small.flatMap((phrase) => formsOf(phrase.split('.').at(-1) ?? phrase))
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(likeness)}, true)`.execute(trx)
    const { rows } = await sql<NameableThings['assets'][number]>`
      select distinct a.id, a.kind, a.qualified_name as name, a.connection_id as "connectionId"
      from asset a join connection c on c.id = a.connection_id and c.deleted_at is null
      where a.organization_id = ${organizationId}::uuid and a.id in (
        (select id from asset where organization_id = ${organizationId}::uuid and lower(name) = any(${own}::text[])
          order by removed_at desc nulls first, qualified_name limit ${mostAssets})
        union all
        (select n.asset_id from unnest(${small}::text[]) phrase join job_asset_name n on phrase <% n.name
          where n.organization_id = ${organizationId}::uuid order by word_similarity(phrase, n.name) desc limit ${mostAssets})
      )
      order by a.qualified_name`.execute(trx)
    return rows
  })
}

/** A name in the singular and in the plural, since people say `invoice` of invoices. */
const formsOf = (word: string): string[] => [word, `${word}s`, word.replace(/s$/, ''), word.replace(/ies$/, 'y')]
