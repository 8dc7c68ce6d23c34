import { facetHeads } from './vocabulary.ts'

/** How OpenLineage names a relation: its namespace is where its connection leads. */
export interface DatasetName {
  namespace: string
  name: string
}

interface InputField extends DatasetName {
  field: string
  transformations: { type: 'DIRECT' | 'INDIRECT' }[]
}

/** What feeds a relation. */
export interface IncomingEdge {
  /** The id of the relation that it comes from. */
  from: string
  /** Values of one column that come to another. */
  columns: readonly { from: string; to: string }[]
  /** Columns that only decide which rows come. */
  indirect: readonly string[]
}

/** The columns of a relation; what is not known of them is left out. */
export const schemaFacet = (fields: readonly { name: string; type?: string; description?: string | null }[]) => ({
  ...facetHeads.schema,
  fields: fields.map(({ name, type, description }) => ({
    name,
    ...(type !== undefined && { type }),
    ...(typeof description === 'string' && { description }),
  })),
})

/**
 * Where the columns of a relation come from; undefined where no edge says so.
 * @param nameOf undefined of a relation whose connection is gone
 */
export function columnLineageFacet(
  incoming: readonly IncomingEdge[],
  nameOf: (relationId: string) => DatasetName | undefined,
) {
  const fields = new Map<string, Map<string, InputField>>()
  const dataset = new Map<string, InputField>()
  for (const edge of incoming) {
    const source = nameOf(edge.from)
    if (source === undefined) continue
    for (const pair of edge.columns) {
      const inputs = fields.get(pair.to) ?? new Map<string, InputField>()
      const input = { ...source, field: pair.from, transformations: [{ type: 'DIRECT' as const }] }
      fields.set(pair.to, inputs.set(`${edge.from}\n${pair.from}`, input))
    }
    for (const field of edge.indirect) {
      dataset.set(`${edge.from}\n${field}`, { ...source, field, transformations: [{ type: 'INDIRECT' }] })
    }
  }
  if (fields.size === 0 && dataset.size === 0) return undefined
  return {
    ...facetHeads.columnLineage,
    fields: Object.fromEntries([...fields].map(([to, inputs]) => [to, { inputFields: [...inputs.values()] }])),
    ...(dataset.size > 0 && { dataset: [...dataset.values()] }),
  }
}
