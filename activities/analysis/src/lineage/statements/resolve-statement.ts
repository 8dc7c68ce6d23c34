import { confidenceOf, type LineageCertainty, type LineageEvidence } from '@plumbline/workflows'
import type { Choice, NamedRelation } from './name-choice.ts'
import type { WrittenFlow } from './written-flow.ts'

export interface StatementEdge {
  from: string
  to: string
  columns: WrittenFlow['columns']
  indirect: string[]
  certainty: LineageCertainty
  confidence: number
}

export interface ResolvedStatement {
  edges: StatementEdge[]
  /** Names that the catalog does not have. */
  unresolved: number
  /** Two names of one table. */
  selfLoops: number
}

const rank: Record<LineageCertainty, number> = { resolved: 0, inferred: 1, ambiguous: 2 }
const lessCertain = (one: LineageCertainty, other: LineageCertainty) => (rank[one] >= rank[other] ? one : other)

/** Turns written names into relations of the catalog; columns that a relation does not have are left out. */
export function resolveStatement(
  evidence: LineageEvidence,
  flows: readonly WrittenFlow[],
  choose: (name: string) => Choice | null,
): ResolvedStatement {
  const edges = new Map<string, StatementEdge>()
  const unknown = new Set<string>()
  let selfLoops = 0
  for (const flow of flows) {
    const [sources, targets] = [choose(flow.from), choose(flow.to)]
    if (!sources) unknown.add(flow.from)
    if (!targets) unknown.add(flow.to)
    if (!sources || !targets) continue
    const named = lessCertain(sources.certainty, targets.certainty)
    for (const source of sources.relations)
      for (const target of targets.relations) {
        if (source.externalId === target.externalId) selfLoops++
        else add(edges, edgeOf(evidence, flow, { source, target, named }))
      }
  }
  // Results of queries go to nobody: that is no name.
  unknown.delete('')
  return { edges: [...edges.values()], unresolved: unknown.size, selfLoops }
}

interface Ends {
  source: NamedRelation
  target: NamedRelation
  named: LineageCertainty
}

function edgeOf(evidence: LineageEvidence, flow: WrittenFlow, { source, target, named }: Ends): StatementEdge {
  const certainty = flow.told ? lessCertain(named, 'inferred') : named
  const nameIn = (relation: NamedRelation, name: string) =>
    relation.columns.find((column) => column === name) ??
    relation.columns.find((column) => column.toLowerCase() === name.toLowerCase())
  const columns = flow.columns.flatMap((pair) => {
    const [from, to] = [nameIn(source, pair.from), nameIn(target, pair.to)]
    return from === undefined || to === undefined ? [] : [{ ...pair, from, to }]
  })
  const indirect = flow.indirect.flatMap((name) => nameIn(source, name) ?? [])
  return {
    from: source.externalId,
    to: target.externalId,
    columns,
    indirect,
    certainty,
    confidence: confidenceOf(evidence, certainty, { isTold: flow.told }),
  }
}

/** The same table by two names in one statement. */
function add(edges: Map<string, StatementEdge>, edge: StatementEdge): void {
  const key = `${edge.from} ${edge.to}`
  const known = edges.get(key)
  if (!known) return void edges.set(key, edge)
  known.columns.push(...edge.columns)
  known.indirect.push(...edge.indirect)
}
