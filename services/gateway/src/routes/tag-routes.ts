import {
  zColumnTags,
  zColumnTagsPage,
  zId,
  zSetColumnTags,
  zTagChangePage,
  zTagChangeQuery,
  zTagFilter,
  zTagListQuery,
  zTagReview,
  zTagReviewed,
  zTagSummary,
} from '@plumbline/api'
import {
  columnTags,
  listColumnTags,
  listTagChanges,
  reviewTags,
  setColumnTags,
  tagSummary,
  type TagChangeRecord,
} from '@plumbline/store'
import { z } from 'zod'
import { assetRef, columnTagsView, tagView } from '../assets/asset-view.ts'
import type { Deps } from '../deps.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { sendFile } from '../http/send-file.ts'
import { ProblemError } from '../http/problem.ts'
import { exportTags } from '../tags/export-tags.ts'
import type { App } from './app.ts'
import { existingAsset } from './asset-routes.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Tags')
const zTagKey = z.tuple([z.string(), z.uuid(), z.string()])
const zChangeKey = z.tuple([z.int()])

/** The tags of an asset and all below it: listed, summed up, exported, reviewed, and what runs changed. */
export function tagRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    listTags(app, deps)
    judgeTags(app, deps)
    showChanges(app, deps)
  }
}

function listTags(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    '/assets/:id/tags',
    {
      schema: schemaOf('Tags of columns', {
        params: idParams,
        querystring: zTagListQuery,
        response: { 200: zColumnTagsPage },
      }),
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const of = { asset: asset.id, ...filter }
      const after = decodeCursor(cursor, of, zTagKey)
      const rows = await listColumnTags(db, organizationOf(request), asset, {
        filter,
        after: after && { qualifiedName: after[0], assetId: after[1], column: after[2] },
        limit: limit + 1,
      })
      return pageOf(rows, limit, columnTagsView, (row) =>
        encodeCursor(of, [row.asset.qualifiedName, row.asset.id, row.column]),
      )
    },
  )

  app.get(
    '/assets/:id/tags/summary',
    { schema: schemaOf('How many columns carry which tag', { params: idParams, response: { 200: zTagSummary } }) },
    async (request) => {
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      return tagSummary(db, organizationOf(request), asset)
    },
  )

  app.get(
    '/assets/:id/tags/export',
    {
      schema: schemaOf('Every tag of a filter as CSV, streamed', {
        params: idParams,
        querystring: zTagFilter.extend({ format: z.enum(['csv']).default('csv') }),
        response: { 200: z.any().describe('CSV, a tag a line') },
      }),
    },
    async (request, reply) => {
      const { format: _csv, ...filter } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const lines = exportTags(db, organizationOf(request), asset, filter)
      return sendFile(reply, { type: 'text/csv; charset=utf-8', name: 'tags.csv' }, lines)
    },
  )
}

function judgeTags(app: App, deps: Deps): void {
  const { db } = deps
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

  app.post(
    '/tags/review',
    {
      config: { role: 'operator' },
      schema: schemaOf('Accept or reject tags that runs gave', { body: zTagReview, response: { 200: zTagReviewed } }),
    },
    async (request) => {
      const { verdict, tags } = request.body
      return reviewTags(db, actorOf(request), verdict, tags)
    },
  )
}

function showChanges(app: App, deps: Deps): void {
  app.get(
    '/assets/:id/tag-changes',
    {
      schema: schemaOf('What runs changed', {
        params: idParams,
        querystring: zTagChangeQuery,
        response: { 200: zTagChangePage },
      }),
    },
    async (request) => {
      const { limit, cursor, jobId, since } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const of = { asset: asset.id, jobId, since }
      const rows = await listTagChanges(deps.db, organizationOf(request), asset, {
        jobId,
        since: since === undefined ? undefined : new Date(since),
        before: decodeCursor(cursor, of, zChangeKey)?.[0],
        limit: limit + 1,
      })
      return pageOf(rows, limit, changeView, (row) => encodeCursor(of, [row.id]))
    },
  )
}

const changeView = ({ asset, changedAt, id: _id, ...change }: TagChangeRecord) => ({
  ...change,
  asset: assetRef(asset),
  changedAt: changedAt.toISOString(),
})
