import { foreignKeyEdges, mentionedIn, resolveQuery, readQueryLineage, type ResolvedEdge } from '@plumbline/analysis'
import { documentsOf, resetEdges, selectedRelations, stagedQueries, stageEdges, type Database } from '@plumbline/store'
import type { StepContext } from '../in-step.ts'
import { breathe } from './breathe.ts'
import { resolveStatements } from './resolve-statements.ts'

const pageSize = 100

/** Turns identities into edges between relations of the catalog; what points out of it is counted. Starts over when retried. */
export async function resolveLineage(
  db: Database,
  context: StepContext,
): Promise<{ edges: number; unresolved: number; selfLoops: number }> {
  await resetEdges(db, context.lease)
  const views = await resolveViews(db, context)
  const keys = await resolveKeys(db, context)
  const statements = await resolveStatements(db, context)
  const edges = views.edges + keys + statements.edges
  const unresolved = views.unresolved + statements.unresolved
  const { selfLoops } = statements
  context.log('info', `Resolved ${edges} edges; ${unresolved} references point out of the catalog`, { selfLoops })
  context.progress({ done: edges, total: edges })
  return { edges, unresolved, selfLoops }
}

async function resolveViews(
  db: Database,
  { job, lease, signal }: StepContext,
): Promise<{ edges: number; unresolved: number }> {
  const counts = { edges: 0, unresolved: 0 }
  for (let after = ''; ;) {
    const page = await stagedQueries(db, job.jobId, { parsed: true, after, limit: pageSize })
    const last = page.at(-1)
    if (!last) return counts
    const queries = page.map(({ externalId, text }) => ({ externalId, query: readQueryLineage(text) }))
    const mentioned = queries.flatMap(({ externalId, query }) => [externalId, ...mentionedIn(query)])
    const named = await documentsOf(db, job.connectionId, [...new Set(mentioned)])
    const documents = new Map([...named].map(([externalId, { document }]) => [externalId, document]))
    const edges: ResolvedEdge[] = []
    for (const { externalId, query } of queries) {
      const document = documents.get(externalId)
      if (!document) continue
      const resolved = resolveQuery({ externalId, document }, query, documents)
      edges.push(...resolved.edges)
      counts.unresolved += resolved.unresolved
    }
    await stageEdges(db, lease, edges)
    counts.edges += edges.length
    after = last.externalId
    await breathe(signal)
  }
}

async function resolveKeys(db: Database, { job, lease, signal }: StepContext): Promise<number> {
  let edges = 0
  for (let after: string | undefined; ;) {
    const page = await selectedRelations(db, job.jobId, { after, limit: pageSize })
    const last = page.at(-1)
    if (!last) return edges
    const found = page.flatMap(foreignKeyEdges)
    await stageEdges(db, lease, found)
    edges += found.length
    after = last.assetId
    await breathe(signal)
  }
}
