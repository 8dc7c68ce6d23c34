import type { RelationRef } from '../connector.ts'
import { relationOid } from './catalog-rows.ts'

/** The parameters of `standingRelations`; null where none of the ids can be one of Postgres. */
export function standingParameters(relations: readonly RelationRef[]): [number[], string[], string[]] | null {
  const asked = relations.flatMap(({ externalId, schema, name }) => {
    const oid = relationOid(externalId)
    return oid === null ? [] : [{ oid, schema, name }]
  })
  if (asked.length === 0) return null
  return [asked.map(({ oid }) => oid), asked.map(({ schema }) => schema), asked.map(({ name }) => name)]
}

/**
 * What stands for each relation that is asked for: `known` is the oid it is asked by, `oid` the one it has. That is another where it
 * was created again under its name since the last discovery, by which a job that swaps tables is not taken for one that drops them.
 * A relation that is asked for by its own oid stands for no other: identities are followed first, as discovery does.
 */
export const standingRelations = `
select asked.oid as known, coalesce(same.oid, again.oid) as oid
from unnest($1::oid[], $2::name[], $3::name[]) asked(oid, schema, name)
left join pg_class same on same.oid = asked.oid and same.relkind in ('r','p','v','m','f')
left join pg_namespace place on same.oid is null and place.nspname = asked.schema
left join pg_class again on again.relnamespace = place.oid and again.relname = asked.name
  and again.relkind in ('r','p','v','m','f') and again.oid <> all($1::oid[])
where coalesce(same.oid, again.oid) is not null`
