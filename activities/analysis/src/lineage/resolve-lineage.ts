import type { RelationDocument } from '@plumbline/workflows'

/** What a query says of where its columns come from, by the identities of the source; every `attnum` is a column's id. */
export interface QueryLineage {
  outputs: { name: string; attnum: number; sources: { externalId: string; attnum: number }[] }[]
  /** All that the query reads, also what only decides which rows come out. */
  reads: { externalId: string; attnum: number | null }[]
}

export interface ResolvedEdge {
  from: string
  to: string
  evidence: 'view' | 'foreign_key'
  /** Value flow by column name; empty when only rows are decided by it. */
  columns: { from: string; to: string }[]
  /** Columns of `from` that only decide which rows come out: filters, joins, groups. */
  indirect: string[]
  /** The definition of the key; a view's own query is kept with the view. */
  sql: string | null
}

/**
 * The edges into a view: one a relation it reads, with the columns whose values flow. Output columns are told by number,
 * because a view's columns can be renamed without its query.
 *
 * @param documents of the relations that are in the catalog; one that is not there is counted as unresolved
 */
export function resolveQuery(
  to: { externalId: string; document: RelationDocument },
  query: QueryLineage,
  documents: ReadonlyMap<string, RelationDocument>,
): { edges: ResolvedEdge[]; unresolved: number } {
  const sources = new Set(mentionedIn(query))
  sources.delete(to.externalId)
  const known = [...sources].filter((externalId) => documents.has(externalId))
  const edges = known.map((from): ResolvedEdge => {
    const columns = flows(to.document, query, from, documents.get(from))
    const indirect = onlyDeciding(query, from, documents.get(from))
    return { from, to: to.externalId, evidence: 'view', columns, indirect, sql: null }
  })
  return { edges, unresolved: sources.size - known.length }
}

/** The relations that a query touches. */
export const mentionedIn = ({ outputs, reads }: QueryLineage): string[] =>
  [...reads, ...outputs.flatMap(({ sources }) => sources)].map(({ externalId }) => externalId)

function flows(
  target: RelationDocument,
  query: QueryLineage,
  externalId: string,
  source: RelationDocument | undefined,
): ResolvedEdge['columns'] {
  const nameIn = (document: RelationDocument | undefined) =>
    new Map(document?.columns.map((column) => [column.id, column.name]))
  const [sourceNames, targetNames] = [nameIn(source), nameIn(target)]
  const pairs = query.outputs.flatMap((output) => {
    const to = targetNames.get(String(output.attnum)) ?? output.name
    return output.sources.flatMap((from) => {
      const name = from.externalId === externalId ? sourceNames.get(String(from.attnum)) : undefined
      return name === undefined ? [] : [{ from: name, to }]
    })
  })
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()]
}

function onlyDeciding({ outputs, reads }: QueryLineage, externalId: string, source: RelationDocument | undefined) {
  const columnsIn = (list: QueryLineage['reads']) =>
    new Set(
      list.flatMap((read) => (read.externalId === externalId && read.attnum !== null ? [String(read.attnum)] : [])),
    )
  const read = columnsIn(reads)
  const flowing = columnsIn(outputs.flatMap(({ sources }) => sources))
  return (source?.columns ?? []).filter(({ id }) => read.has(id) && !flowing.has(id)).map(({ name }) => name)
}

/**
 * Declared relations as edges from the referenced to the referencing table; several keys between the same two become one. A
 * table that references itself has none.
 */
export function foreignKeyEdges(relation: { externalId: string; document: RelationDocument }): ResolvedEdge[] {
  const edges = new Map<string, ResolvedEdge>()
  for (const { references, columns, definition } of relation.document.keys) {
    if (!references || references.externalId === relation.externalId) continue
    const pairs = columns.flatMap((to, index) => {
      const from = references.columns[index]
      return from === undefined ? [] : [{ from, to }]
    })
    const known = edges.get(references.externalId)
    if (known) {
      known.columns.push(...pairs)
      known.sql = `${known.sql}\n${definition}`
    } else {
      edges.set(references.externalId, {
        from: references.externalId,
        to: relation.externalId,
        evidence: 'foreign_key',
        columns: pairs,
        indirect: [],
        sql: definition,
      })
    }
  }
  return [...edges.values()]
}
