import { hashOf, relationKey, traceOf, type NamedRelation } from './source-fingerprint.ts'

/**
 * An identity for each relation that survives a rename, where the catalog of the source gives none: what is called as before is
 * the same, also when `CREATE OR REPLACE` made it anew, as loads do every day; what has another name but was created in the same
 * millisecond as something that is gone was renamed. Anything else is new, and gets its time of creation as identity.
 *
 * Relations that were created in one moment, as by a clone of a schema, cannot be told apart by it: their identity has their
 * name, and a rename of one is a removal and an addition.
 *
 * @param known source fingerprints by identity, as an earlier reading gave them
 * @returns identities by `relationKey`
 */
export function identitiesOf(
  relations: readonly NamedRelation[],
  known: ReadonlyMap<string, string>,
): Map<string, string> {
  const before = tracesOf(known)
  const moments = Map.groupBy(relations, ({ created }) => created)
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  const give = (relation: NamedRelation, id: string): void => {
    ids.set(relationKey(relation), id)
    taken.add(id)
  }
  for (const relation of relations) {
    const id = before.byName.get(hashOf(relationKey(relation)))
    if (id !== undefined && !taken.has(id)) give(relation, id)
  }
  for (const relation of relations) {
    if (ids.has(relationKey(relation))) continue
    const isAlone = moments.get(relation.created)?.length === 1
    const renamed = isAlone ? before.byMoment.get(relation.created) : undefined
    const own = `t:${relation.created}`
    if (renamed !== undefined && !taken.has(renamed)) give(relation, renamed)
    else if (isAlone && !taken.has(own) && !known.has(own)) give(relation, own)
    else give(relation, `${own}:${hashOf(relationKey(relation))}`)
  }
  return ids
}

interface KnownTraces {
  byName: Map<string, string>
  /** Only where one relation was created in that moment. */
  byMoment: Map<number, string>
}

function tracesOf(known: ReadonlyMap<string, string>): KnownTraces {
  const byName = new Map<string, string>()
  const byMoment = new Map<number, string>()
  const crowded = new Set<number>()
  for (const [id, fingerprint] of known) {
    const trace = traceOf(fingerprint)
    if (trace === null) continue
    byName.set(trace.nameHash, id)
    if (byMoment.has(trace.created)) crowded.add(trace.created)
    byMoment.set(trace.created, id)
  }
  for (const moment of crowded) byMoment.delete(moment)
  return { byName, byMoment }
}
