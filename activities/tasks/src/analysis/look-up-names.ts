import {
  catalogSpellings,
  chooseRelation,
  partsOfName,
  type Choice,
  type NamedRelation,
  type SqlDialect,
} from '@plumbline/analysis'
import { databaseNameOf, relationsNamed, type Database, type LookedUpName } from '@plumbline/store'

/** What the catalog has under the names of some statements. */
export interface KnownNames {
  /** In the order of preference. */
  relations(name: string): readonly NamedRelation[]
  choose(name: string, searchPath: readonly string[] | null): Choice | null
}

/** Looks names up as statements write them, in one go; a name of another database is none of this connection. */
export async function lookUpNames(
  db: Database,
  { connectionId, dialect }: { connectionId: string; dialect: SqlDialect },
  names: Iterable<string>,
): Promise<KnownNames> {
  const database = await databaseNameOf(db, connectionId)
  const parsed = new Map([...names].map((name) => [name, lookedUp(name, database, dialect)]))
  const wanted = [...parsed.values()].flat()
  const distinct = new Map(wanted.map((name) => [keyOf(name), name]))
  const found = await relationsNamed(db, connectionId, [...distinct.values()])
  const byName = new Map<string, NamedRelation[]>()
  for (const { externalId, schema, name, columns } of found) {
    for (const key of [keyOf({ schema, name }), keyOf({ schema: null, name })]) {
      const known = byName.get(key) ?? []
      // A relation is found twice where it is asked for with its schema and without.
      if (!known.some((one) => one.externalId === externalId)) known.push({ externalId, schema, columns })
      byName.set(key, known)
    }
  }
  const relations = (written: string): readonly NamedRelation[] =>
    parsed
      .get(written)
      ?.map((name) => byName.get(keyOf(name)) ?? [])
      .find((some) => some.length > 0) ?? []
  return { relations, choose: (name, searchPath) => chooseRelation(name, relations(name), searchPath) }
}

const keyOf = ({ schema, name }: LookedUpName): string => JSON.stringify([schema, name])

/** `@db.schema.stage/path/of.csv`: the stage, whose asset is called `@stage`. */
function stageParts(written: string): string[] {
  const [name = '', ...before] = partsOfName(written.slice(1).split('/', 1)[0] ?? '').toReversed()
  return [...before.toReversed(), `@${name}`]
}

/** In the order of preference. */
function lookedUp(written: string, database: string | null, dialect: SqlDialect): LookedUpName[] {
  const parts = written.startsWith('@') ? stageParts(written) : partsOfName(written)
  const [name, schema, catalog] = parts.toReversed()
  const spelled = (part: string) => catalogSpellings(dialect, part)
  if (name === undefined || parts.length > 3) return []
  if (catalog !== undefined && !spelled(catalog).some((one) => one === database)) return []
  const schemas = schema === undefined ? [null] : spelled(schema)
  return schemas.flatMap((one) => spelled(name).map((other) => ({ schema: one, name: other })))
}
