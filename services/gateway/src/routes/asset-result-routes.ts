import { zColumnTags, zColumnTagsPage, zId, zPageQuery, zSetColumnTags } from '@plumbline/api'
import { columnTags, listColumnTags, setColumnTags } from '@plumbline/store'
import { z } from 'zod'
import { assetRef, tagView } from '../assets/asset-view.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { ProblemError } from '../http/problem.ts'
import type { App } from './app.ts'
import { existingAsset } from './asset-routes.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Assets')
const zTagKey = z.tuple([z.string(), z.uuid(), z.string()])

/** The tags that jobs and people gave the columns of an asset and all below it. */
export function assetResultRoutes(deps: Deps) {
  const { db } = deps
  return async (app: App): Promise<void> => {
    app.get(
      '/assets/:id/tags',
      {
        schema: schemaOf('Tags of columns', {
          params: idParams,
          querystring: zPageQuery,
          response: { 200: zColumnTagsPage },
        }),
      },
      async (request) => {
        const { limit, cursor } = request.query
        const asset = await existingAsset(deps, organizationOf(request), request.params.id)
        const of = { asset: asset.id }
        const after = decodeCursor(cursor, of, zTagKey)
        const rows = await listColumnTags(db, organizationOf(request), asset, {
          after: after && { qualifiedName: after[0], assetId: after[1], column: after[2] },
          limit: limit + 1,
        })
        return pageOf(rows, limit, columnTagsView, (row) =>
          encodeCursor(of, [row.asset.qualifiedName, row.asset.id, row.column]),
        )
      },
    )

    app.put(
      '/assets/:id/columns/:name/tags',
      {
        schema: schemaOf('Decide the tags of a column', {
          params: idParams.extend({ name: zId }),
          body: zSetColumnTags,
          response: { 200: zColumnTags },
        }),
      },
      async (request) => {
        const { id, name } = request.params
        const asset = await existingAsset(deps, organizationOf(request), id)
        const saved = await setColumnTags(db, actorOf(request), id, name, request.body.tags)
        if (saved === 'not-found') throw new ProblemError('not-found', `${asset.qualifiedName} has no column ${name}`)
        const tags = (await columnTags(db, organizationOf(request), id)).get(name) ?? []
        return { asset: assetRef(asset), column: name, tags: tags.map(tagView) }
      },
    )
  }
}

const columnTagsView = ({ asset, column, tags }: Awaited<ReturnType<typeof listColumnTags>>[number]) => ({
  asset: assetRef(asset),
  column,
  tags: tags.map(tagView),
})
