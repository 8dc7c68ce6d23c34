import { chooseRelation, partsOfName, type Choice, type NamedRelation } from '@plumbline/analysis'
import { databaseNameOf, relationsNamed, type Database, type LookedUpName } from '@plumbline/store'

/** What the catalog has under the names of some statements. */
export interface KnownNames {
  /** In the order of preference. */
  relations(name: string): readonly NamedRelation[]
  choose(name: string, searchPath: readonly string[] | null): Choice | null
}

/** Looks names up as statements write them, in one go; a name of another database is none of this connection. */
export async function lookUpNames(db: Database, connectionId: string, names: Iterable<string>): Promise<KnownNames> {
  const database = await databaseNameOf(db, connectionId)
  const parsed = new Map([...names].map((name) => [name, lookedUp(name, database)]))
  const wanted = [...parsed.values()].filter((name) => name !== null)
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
  const relations = (written: string): readonly NamedRelation[] => {
    const name = parsed.get(written)
    return name ? (byName.get(keyOf(name)) ?? []) : []
  }
  return { relations, choose: (name, searchPath) => chooseRelation(name, relations(name), searchPath) }
}

const keyOf = ({ schema, name }: LookedUpName): string => JSON.stringify([schema, name])

function lookedUp(written: string, database: string | null): LookedUpName | null {
  const parts = partsOfName(written)
  const [name, schema, catalog] = parts.toReversed()
  if (name === undefined || parts.length > 3 || (catalog !== undefined && catalog !== database)) return null
  return { schema: schema ?? null, name }
}
