import { zAssetDetail, zAssetListQuery, zAssetPage } from '@plumbline/api'
import { supports } from '@plumbline/connectors/kinds'
import {
  assetDetail,
  columnTags,
  documentationText,
  findAsset,
  findConnection,
  lastJobsOf,
  listAssets,
  trustSignals,
  type AssetRecord,
} from '@plumbline/store'
import { z } from 'zod'
import { assetTrust, breakingChangeDays } from '../assets/asset-trust.ts'
import { assetDetailView, assetView } from '../assets/asset-view.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import { jobView, type ViewContext } from '../jobs/job-view.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const zCursorKey = z.tuple([z.string(), z.uuid()])
const schemaOf = tagged('Assets')
const recently = () => new Date(Date.now() - breakingChangeDays * 86_400_000)

/** The asset of a route's id; one that was removed is still shown. */
export async function existingAsset(
  { db }: Pick<Deps, 'db'>,
  organizationId: string,
  id: string,
): Promise<AssetRecord> {
  const asset = await findAsset(db, organizationId, id)
  if (!asset) throw notFound('asset', id)
  return asset
}

export function assetRoutes(deps: Deps, context: () => ViewContext) {
  const { db } = deps
  return async (app: App): Promise<void> => {
    app.get(
      '/assets',
      { schema: schemaOf('List assets', { querystring: zAssetListQuery, response: { 200: zAssetPage } }) },
      async (request) => {
        const { limit, cursor, ...list } = request.query
        const after = decodeCursor(cursor, list, zCursorKey)
        const rows = await listAssets(db, organizationOf(request), {
          ...list,
          removed: list.removed === 'true',
          after: after && { qualifiedName: after[0], id: after[1] },
          limit: limit + 1,
        })
        return pageOf(rows, limit, assetView, (row) => encodeCursor(list, [row.qualifiedName, row.id]))
      },
    )

    app.get(
      '/assets/:id',
      { schema: schemaOf('Show an asset', { params: idParams, response: { 200: zAssetDetail } }) },
      async (request) => {
        const organizationId = organizationOf(request)
        const asset = await assetDetail(db, organizationId, request.params.id)
        if (!asset) throw notFound('asset', request.params.id)
        const itself = [asset.id, asset.schemaId, asset.databaseId].filter((id) => id !== null)
        const [connection, tags, documentation, jobs, signals] = await Promise.all([
          findConnection(db, organizationId, asset.connectionId),
          columnTags(db, organizationId, asset.id),
          documentationText(db, organizationId, asset.id),
          lastJobsOf(db, organizationId, itself),
          asset.removedAt ? undefined : trustSignals(db, organizationId, asset, recently()),
        ])
        const now = context()
        const lastJobs = jobs.map((job) => jobView(job, now))
        return {
          ...assetDetailView(asset, {
            tags,
            documentation,
            runs: (type) => connection !== undefined && supports(connection.kind, type),
          }),
          lastJobs,
          trust: signals ? assetTrust({ kind: asset.kind, lastJobs }, signals) : null,
        }
      },
    )
  }
}
