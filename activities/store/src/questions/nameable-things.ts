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
/** Of a mistyped name: the share of its trigrams that a name must hold; more of them where too many names hold as many. */
const likenesses = [0.5, 0.7, 0.85] as const
/** Names that are compared letter by letter: some microseconds each. */
const mostAlike = 500

/**
 * The connections, schedules and people that started jobs or may, and those assets whose own name is the last part of a phrase; for a
 * phrase that nothing bears, also those of which jobs have a name like it.
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
  const small = phrases.map((phrase) => phrase.toLowerCase())
  const [called, connections, schedules, tokens, starters] = await Promise.all([
    small.length === 0 ? [] : assetsCalled(db, organizationId, small),
    named('connection'),
    named('schedule'),
    db.selectFrom('token').select('name').where('organization_id', '=', organizationId).limit(mostNamed).execute(),
    actorsOfJobs(db, organizationId),
  ])
  const actors = [...new Set([...tokens.map(({ name }) => name), ...starters])]
  const borne = new Set([...connections, ...schedules].map(({ name }) => name.toLowerCase()))
  for (const actor of actors) borne.add(actor.toLowerCase())
  const isBorne = (phrase: string): boolean =>
    borne.has(phrase) || called.some(({ name }) => `.${name.toLowerCase()}`.endsWith(`.${phrase}`))
  const open = small.filter((phrase) => !isBorne(phrase))
  const alike = open.length === 0 ? [] : await assetsLike(db, organizationId, open)
  const assets = [...new Map([...called, ...alike].map((asset) => [asset.id, asset])).values()]
  return { assets: assets.toSorted((a, b) => (a.name < b.name ? -1 : 1)), connections, schedules, actors }
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

type NameableAsset = NameableThings['assets'][number]

const assetColumns = sql`a.id, a.kind, a.qualified_name as name, a.connection_id as "connectionId"`

async function assetsCalled(
  db: Database,
  organizationId: string,
  phrases: readonly string[],
): Promise<NameableAsset[]> {
  const own = phrases.flatMap((phrase) => formsOf(phrase.split('.').at(-1) ?? phrase))
  const { rows } = await sql<NameableAsset>`
    select ${assetColumns} from asset a join connection c on c.id = a.connection_id and c.deleted_at is null
    where a.organization_id = ${organizationId}::uuid and lower(a.name) = any(${own}::text[])
    order by a.removed_at desc nulls first, a.qualified_name limit ${mostAssets}`.execute(db)
  return rows
}

/** A part of a name that thousands have leads to any of them; one that is mistyped to the few that are likest. */
async function assetsLike(db: Database, organizationId: string, phrases: readonly string[]): Promise<NameableAsset[]> {
  return db.transaction().execute(async (trx) => {
    let found: { id: string; likeness: number }[] = []
    for (const likeness of likenesses) {
      await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(likeness)}, true)`.execute(trx)
      const { rows } = await sql<{ id: string; likeness: number }>`
        select n.asset_id as id, word_similarity(phrase, n.name) as likeness
        from unnest(${[...phrases]}::text[]) phrase join job_asset_name n on phrase <% n.name
        where n.organization_id = ${organizationId}::uuid limit ${mostAlike + 1}`.execute(trx)
      found = rows
      if (rows.length <= mostAlike) break
    }
    const likest = found.toSorted((a, b) => b.likeness - a.likeness).slice(0, mostAssets)
    const { rows } = await sql<NameableAsset>`
      select ${assetColumns} from asset a join connection c on c.id = a.connection_id and c.deleted_at is null
      where a.organization_id = ${organizationId}::uuid and a.id = any(${likest.map(({ id }) => id)}::uuid[])`.execute(
      trx,
    )
    return rows
  })
}

/** A name in the singular and in the plural, since people say `invoice` of invoices. */
const formsOf = (word: string): string[] => [word, `${word}s`, word.replace(/s$/, ''), word.replace(/ies$/, 'y')]
