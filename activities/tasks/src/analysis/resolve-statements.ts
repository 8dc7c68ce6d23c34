import { readTracedStatement, resolveStatement } from '@plumbline/analysis'
import {
  collectedStatements,
  stageStatementEdges,
  type CollectedStatement,
  type Database,
  type StatementEdgeRecord,
} from '@plumbline/store'
import type { StepContext } from '../in-step.ts'
import { breathe } from './breathe.ts'
import { dialectOf } from './dialect-of.ts'
import { lookUpNames } from './look-up-names.ts'

const pageSize = 100

/** Turns what statements say of names into edges between relations of the catalog. */
export async function resolveStatements(
  db: Database,
  { job, lease, signal }: StepContext,
): Promise<{ edges: number; unresolved: number; selfLoops: number }> {
  const counts = { edges: 0, unresolved: 0, selfLoops: 0 }
  const source = { connectionId: job.connectionId, dialect: await dialectOf(db, job.connectionId) }
  for (let after = ''; ;) {
    const page = await collectedStatements(db, job.jobId, { after, limit: pageSize, traced: true })
    const last = page.at(-1)
    if (!last) return counts
    const traced = page.map((statement) => ({ statement, ...flowsOf(statement) }))
    const written = new Set(traced.flatMap(({ flows }) => flows.flatMap(({ from, to }) => [from, to])))
    const names = await lookUpNames(db, source, written)
    const edges: StatementEdgeRecord[] = []
    for (const { statement, flows, selfLoops } of traced) {
      const resolved = resolveStatement(statement.origin, flows, (name) => names.choose(name, statement.searchPath))
      edges.push(
        ...resolved.edges.map((edge) => ({ ...edge, evidence: statement.origin, statementKey: keyOfEdges(statement) })),
      )
      counts.unresolved += resolved.unresolved
      counts.selfLoops += resolved.selfLoops + selfLoops
    }
    await stageStatementEdges(db, lease, edges)
    counts.edges += edges.length
    after = last.key
    await breathe(signal)
  }
}

/** The edges of a view are by its definition, as those of a view that is kept as a tree. */
const keyOfEdges = ({ origin, key }: CollectedStatement): string => (origin === 'view' ? '' : key)

/**
 * The rows of a model go to the model, and those of a view to the view, whatever it was called when it was written; those of any other query
 * to nobody.
 */
function flowsOf({ target, result }: CollectedStatement) {
  const { flows, selfLoops } = readTracedStatement(result ?? '{"flows":[],"selfLoops":0}')
  if (target === null) return { flows: flows.filter(({ to }) => to !== ''), selfLoops }
  const into = target.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
  return { flows: flows.map((flow) => ({ ...flow, to: into })), selfLoops }
}
