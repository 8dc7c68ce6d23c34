import {
  mostLineageNodes,
  zImpact,
  zImpactQuery,
  zLineage,
  zLineageExportQuery,
  zLineageQuery,
  type LineageFormat,
} from '@plumbline/api'
import {
  assetDetail,
  lineageAround,
  lineageImpact,
  lineageOfColumn,
  type AssetRecord,
  type ImpactItem,
  type LineageGraph,
  type LineageRequest,
} from '@plumbline/store'
import { deepestLineage, lineageEvidenceKinds } from '@plumbline/workflows'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { organizationOf } from '../http/identity.ts'
import { invalidField } from '../http/problem.ts'
import { sendFile } from '../http/send-file.ts'
import { exportLineage } from '../lineage/export-lineage.ts'
import { impactItemView, lineageView, truncation } from '../lineage/lineage-view.ts'
import type { App } from './app.ts'
import { existingAsset } from './asset-routes.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Lineage')
const defaultDepth = 3
const files: Record<LineageFormat, { type: string; name: string }> = {
  openlineage: { type: 'application/x-ndjson; charset=utf-8', name: 'lineage.openlineage.ndjson' },
  mermaid: { type: 'text/vnd.mermaid; charset=utf-8', name: 'lineage.mmd' },
  csv: { type: 'text/csv; charset=utf-8', name: 'lineage.csv' },
}
const zImpactKey = z.tuple([z.number(), z.string(), z.string()])
/** Foreign keys are relationships, never flow. */
const flow = lineageEvidenceKinds.filter((kind) => kind !== 'foreign_key')

/** Where data comes from and goes to: as a graph, as a file, and as a list of what a change would reach. */
export function lineageRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    showLineage(app, deps)
    listImpact(app, deps)
  }
}

function showLineage(app: App, deps: Deps): void {
  app.get(
    '/assets/:id/lineage',
    {
      schema: schemaOf('Lineage around an asset, or of one column', {
        params: idParams,
        querystring: zLineageQuery,
        response: { 200: zLineage },
      }),
    },
    async (request) => {
      const { columns, sql, limit, ...query } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      return lineageView(
        await readLineage(deps, organizationOf(request), asset, {
          ...query,
          withColumns: columns === 'true',
          withSql: sql === 'true',
          maxNodes: limit,
        }),
      )
    },
  )

  app.get(
    '/assets/:id/lineage/export',
    {
      schema: schemaOf('Export the lineage around an asset', {
        params: idParams,
        querystring: zLineageExportQuery,
        response: { 200: z.any().describe('OpenLineage events, one a line; a Mermaid flowchart; or CSV') },
      }),
    },
    async (request, reply) => {
      const { format, ...query } = request.query
      const organizationId = organizationOf(request)
      const asset = await existingAsset(deps, organizationId, request.params.id)
      const whole = { withColumns: true, withSql: false, maxNodes: mostLineageNodes }
      const graph = await readLineage(deps, organizationId, asset, { ...query, ...whole })
      const text = await exportLineage(deps.db, organizationId, graph, format)
      if (graph.truncatedBy !== null) reply.header('x-truncated-by', graph.truncatedBy)
      return sendFile(reply, files[format], text)
    },
  )
}

function listImpact(app: App, deps: Deps): void {
  app.get(
    '/assets/:id/impact',
    {
      schema: schemaOf('List everything downstream of an asset, the nearest first', {
        params: idParams,
        querystring: zImpactQuery,
        response: { 200: zImpact },
      }),
    },
    async (request) => {
      const { limit, cursor, column, depth, kind } = request.query
      const organizationId = organizationOf(request)
      const asset = await existingAsset(deps, organizationId, request.params.id)
      if (column !== undefined) await existingColumn(deps, organizationId, asset, column)
      const of = { asset: asset.id, column, depth, kind }
      const after = decodeCursor(cursor, of, zImpactKey)
      const { items, truncatedBy } = await lineageImpact(deps.db, organizationId, asset, {
        column,
        depth,
        evidence: flow,
      })
      const asked = kind === undefined ? items : items.filter((item) => kind.includes(item.kind))
      const rest = after ? asked.filter((item) => isAfter(item, after)) : asked
      return {
        ...pageOf(rest, limit, impactItemView, (item) =>
          encodeCursor(of, [item.distance, item.qualifiedName, item.id]),
        ),
        total: asked.length,
        byKind: countsByKind(items),
        ...truncation(truncatedBy),
      }
    },
  )
}

type LineageScope = Omit<LineageRequest, 'depth' | 'evidence'> & {
  depth?: number | undefined
  column?: string | undefined
  relations: 'true' | 'false'
}

async function readLineage(
  deps: Deps,
  organizationId: string,
  asset: AssetRecord,
  { column, relations, depth, ...scope }: LineageScope,
): Promise<LineageGraph> {
  const evidence = relations === 'true' ? lineageEvidenceKinds : flow
  if (column === undefined) {
    return lineageAround(deps.db, organizationId, asset, { ...scope, evidence, depth: depth ?? defaultDepth })
  }
  await existingColumn(deps, organizationId, asset, column)
  const start = { assetId: asset.id, column }
  return lineageOfColumn(deps.db, organizationId, start, { ...scope, evidence: flow, depth: depth ?? deepestLineage })
}

/** @throws ProblemError 422 when the asset has no such column, or none at all */
async function existingColumn({ db }: Deps, organizationId: string, asset: AssetRecord, column: string): Promise<void> {
  const detail = await assetDetail(db, organizationId, asset.id)
  if (detail?.document?.columns.some(({ name }) => name === column) === true) return
  throw invalidField('column', `${asset.qualifiedName} has no column ${column}`)
}

function isAfter(item: ImpactItem, [distance, name, id]: z.infer<typeof zImpactKey>): boolean {
  if (item.distance !== distance) return item.distance > distance
  return item.qualifiedName === name ? item.id > id : item.qualifiedName > name
}

const countsByKind = (items: readonly ImpactItem[]) =>
  Object.fromEntries([...Map.groupBy(items, ({ kind }) => kind)].map(([kind, { length }]) => [kind, length]))
