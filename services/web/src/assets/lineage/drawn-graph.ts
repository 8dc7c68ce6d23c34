import type { Lineage } from '@plumbline/api'

export type LineageNode = Lineage['nodes'][number]
export type LineageEdge = Lineage['edges'][number]

/** A relation, or all relations of a schema that is drawn as one. */
export interface DrawnNode {
  id: string
  /** What its name is written as. */
  label: string
  schema: string
  /** One, except in a schema. */
  members: LineageNode[]
  isSchema: boolean
  /** The columns that are listed, in the order of the table; none while columns are not shown. */
  columns: string[]
  /** How many more take part in some flow. */
  moreColumns: number
}

/** All that leads from one drawn node to another. */
export interface DrawnEdge {
  id: string
  from: string
  to: string
  fromLabel: string
  toLabel: string
  parts: LineageEdge[]
}

export interface DrawnGraph {
  nodes: DrawnNode[]
  edges: DrawnEdge[]
}

export interface DrawOptions {
  rootId: string
  columns: boolean
  /** The schemas that are drawn as one node each, as `schemaKey`s. */
  collapsed: ReadonlySet<string>
  /** The nodes that list all their columns. */
  unfolded: ReadonlySet<string>
}

/** Of a node that is not unfolded. */
export const listedColumns = 10

export const schemaKey = ({ connectionId, database, schema }: LineageNode): string =>
  `schema:${connectionId}:${database}:${schema ?? ''}`

export const schemaLabel = ({ schema, database }: LineageNode): string => schema ?? database

/** The schemas that more than one drawn relation lies in. */
export function collapsibleSchemas(lineage: Lineage, rootId: string): string[] {
  const bySchema = Map.groupBy(drawnNodes(lineage, rootId), schemaKey)
  return [...bySchema].flatMap(([key, members]) => (members.length > 1 ? [key] : []))
}

/** The nodes worth drawing: those that are connected, and the asset in question. */
export function drawnNodes(lineage: Lineage, rootId: string): LineageNode[] {
  const connected = new Set(lineage.edges.flatMap(({ from, to }) => [from, to]))
  return lineage.nodes.filter(({ id }) => connected.has(id) || id === rootId)
}

/** What is drawn of a lineage: relations, or schemas in their place, and one edge between each two of them. */
export function drawnGraph(lineage: Lineage, options: DrawOptions): DrawnGraph {
  const shown = drawnNodes(lineage, options.rootId)
  const idOf = new Map(
    shown.map((node) => [node.id, options.collapsed.has(schemaKey(node)) ? schemaKey(node) : node.id]),
  )
  const flowing = options.columns ? columnsInFlow(lineage) : new Map<string, string[]>()
  const nodes = [...Map.groupBy(shown, (node) => idOf.get(node.id) ?? node.id)].flatMap(([id, members]) => {
    const [first] = members
    return first === undefined ? [] : [drawnNode(id, first, members, flowing, options)]
  })
  const labels = new Map(nodes.map(({ id, label }) => [id, label]))
  const edges = new Map<string, DrawnEdge>()
  for (const part of lineage.edges) {
    const from = idOf.get(part.from)
    const to = idOf.get(part.to)
    if (from === undefined || to === undefined || from === to) continue
    const id = `${from}>${to}`
    const edge = edges.get(id)
    if (edge !== undefined) edge.parts.push(part)
    else
      edges.set(id, { id, from, to, fromLabel: labels.get(from) ?? '', toLabel: labels.get(to) ?? '', parts: [part] })
  }
  return { nodes, edges: [...edges.values()] }
}

function drawnNode(
  id: string,
  first: LineageNode,
  members: LineageNode[],
  flowing: ReadonlyMap<string, string[]>,
  { unfolded }: DrawOptions,
): DrawnNode {
  const isSchema = id !== first.id
  const schema = schemaLabel(first)
  if (isSchema) return { id, label: schema, schema, members, isSchema, columns: [], moreColumns: 0 }
  const all = flowing.get(id) ?? []
  const columns = unfolded.has(id) ? all : all.slice(0, listedColumns)
  return { id, label: first.name, schema, members, isSchema, columns, moreColumns: all.length - columns.length }
}

/** The columns of each node that an edge mentions. */
export function columnsInFlow(lineage: Lineage): Map<string, string[]> {
  const mentioned = new Map<string, Set<string>>()
  const mention = (assetId: string, column: string): void => {
    const columns = mentioned.get(assetId) ?? new Set<string>()
    mentioned.set(assetId, columns.add(column))
  }
  for (const edge of lineage.edges) {
    for (const pair of edge.columns) {
      mention(edge.from, pair.from)
      mention(edge.to, pair.to)
    }
    for (const column of edge.indirect) mention(edge.from, column)
  }
  return new Map(
    lineage.nodes.map((node) => [
      node.id,
      node.columns.filter((column) => mentioned.get(node.id)?.has(column) === true),
    ]),
  )
}
