import {
  zDocumentation,
  zDocumentationExport,
  zDocumentationHistoryPage,
  zDocumentationHistoryQuery,
  zDocumentationListQuery,
  zDocumentationPage,
  zDocumentationReview,
  zDocumentationReviewed,
  zDocumentationSummary,
  zSetDocumentation,
  type Documentation,
  type DocumentationFormat,
} from '@plumbline/api'
import {
  assetDetail,
  documentationHistory,
  documentationOf,
  documentationSummary,
  listDocumentation,
  reviewDocumentation,
} from '@plumbline/store'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { documentationView, listedView, versionView } from '../documentation/documentation-view.ts'
import { exportDocumentation } from '../documentation/export-documentation.ts'
import { writeDocumentation } from '../documentation/write-documentation.ts'
import { decodeCursor, encodeCursor, pageOf } from '../http/cursor.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { notFound } from '../http/problem.ts'
import { sendFile } from '../http/send-file.ts'
import type { App } from './app.ts'
import { existingAsset } from './asset-routes.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Documentation')
const zTextKey = z.tuple([z.string(), z.uuid(), z.string(), z.int32()])
const zVersionKey = z.tuple([z.int32()])
const files: Record<DocumentationFormat, { type: string; name: string }> = {
  markdown: { type: 'text/markdown; charset=utf-8', name: 'documentation.md' },
  csv: { type: 'text/csv; charset=utf-8', name: 'documentation.csv' },
}

/** What is said of an asset and its columns: shown, listed with all below it, written, reviewed, exported, and every version. */
export function documentationRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    readDocumentation(app, deps)
    listTexts(app, deps)
    decideDocumentation(app, deps)
    exportTexts(app, deps)
  }
}

/** @throws ProblemError 404 */
async function documentationOfAsset({ db }: Deps, organizationId: string, id: string): Promise<Documentation> {
  const asset = await assetDetail(db, organizationId, id)
  if (!asset) throw notFound('asset', id)
  return documentationView(asset, await documentationOf(db, organizationId, id))
}

function readDocumentation(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    '/assets/:id/documentation',
    {
      schema: schemaOf('What is said of an asset and of each of its columns', {
        params: idParams,
        response: { 200: zDocumentation },
      }),
    },
    async (request) => documentationOfAsset(deps, organizationOf(request), request.params.id),
  )

  app.get(
    '/assets/:id/documentation/history',
    {
      schema: schemaOf('Every version of a text, newest first', {
        params: idParams,
        querystring: zDocumentationHistoryQuery,
        response: { 200: zDocumentationHistoryPage },
      }),
    },
    async (request) => {
      const { limit, cursor, column = null } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const of = { asset: asset.id, column }
      const before = decodeCursor(cursor, of, zVersionKey)?.[0]
      const rows = await documentationHistory(db, organizationOf(request), asset.id, {
        column,
        before,
        limit: limit + 1,
      })
      return pageOf(rows, limit, versionView, ({ version }) => encodeCursor(of, [version]))
    },
  )
}

function listTexts(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    '/assets/:id/documentation/texts',
    {
      schema: schemaOf('The texts of an asset and all below it, as those that wait for review', {
        params: idParams,
        querystring: zDocumentationListQuery,
        response: { 200: zDocumentationPage },
      }),
    },
    async (request) => {
      const { limit, cursor, state, ...rest } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const of = { asset: asset.id, state, ...rest }
      const after = decodeCursor(cursor, of, zTextKey)
      const rows = await listDocumentation(db, organizationOf(request), asset, {
        filter: { ...rest, states: state },
        after: after && { qualifiedName: after[0], assetId: after[1], column: after[2], version: after[3] },
        limit: limit + 1,
      })
      return pageOf(rows, limit, listedView, ({ asset: { qualifiedName, id }, column, version }) =>
        encodeCursor(of, [qualifiedName, id, column ?? '', version]),
      )
    },
  )

  app.get(
    '/assets/:id/documentation/summary',
    { schema: schemaOf('How much is documented', { params: idParams, response: { 200: zDocumentationSummary } }) },
    async (request) => {
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      return documentationSummary(db, organizationOf(request), asset)
    },
  )
}

function decideDocumentation(app: App, deps: Deps): void {
  app.put(
    '/assets/:id/documentation',
    {
      schema: schemaOf('Write what a person says of an asset and its columns', {
        params: idParams,
        body: zSetDocumentation,
        response: { 200: zDocumentation },
      }),
    },
    async (request) => {
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      await writeDocumentation(deps, actorOf(request), asset, request.body)
      return documentationOfAsset(deps, organizationOf(request), asset.id)
    },
  )

  app.post(
    '/documentation/review',
    {
      schema: schemaOf('Accept or reject texts that runs wrote', {
        body: zDocumentationReview,
        response: { 200: zDocumentationReviewed },
      }),
    },
    async (request) => {
      const { verdict, texts } = request.body
      return reviewDocumentation(deps.db, actorOf(request), verdict, texts)
    },
  )
}

function exportTexts(app: App, deps: Deps): void {
  app.get(
    '/assets/:id/documentation/export',
    {
      schema: schemaOf('All that is said of an asset and of what lies below it, as one file, streamed', {
        params: idParams,
        querystring: zDocumentationExport,
        response: { 200: z.any().describe('Markdown, a section an asset; or CSV, a line an asset and a column') },
      }),
    },
    async (request, reply) => {
      const { format } = request.query
      const asset = await existingAsset(deps, organizationOf(request), request.params.id)
      const pieces = exportDocumentation(deps.db, organizationOf(request), asset, format)
      return sendFile(reply, files[format], pieces)
    },
  )
}
