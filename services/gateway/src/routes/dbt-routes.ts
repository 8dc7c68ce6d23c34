import { Readable } from 'node:stream'
import { zDbtManifest } from '@plumbline/api'
import { findConnection, replaceManifest } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { invalidField, notFound } from '../http/problem.ts'
import { readManifest } from '../lineage/read-manifest.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Lineage')
/** As long as a slow line takes for a large one: the transaction is open that long. */
const uploadLimitMs = 300_000

const wrongType = (given = 'nothing') =>
  invalidField(
    'headers.content-type',
    `must be application/json, not ${given}; with curl: -X PUT -H 'Content-Type: application/json' --data-binary @target/manifest.json`,
  )

export function dbtRoutes({ db }: Pick<Deps, 'db'>) {
  return async (app: App): Promise<void> => {
    // Not parsed: the body is read as it comes, and its limit is its own.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', (_request, body, done) => done(null, body))
    app.addContentTypeParser('*', (request, _body, done) => done(wrongType(request.headers['content-type'])))
    app.put(
      '/connections/:id/dbt-manifest',
      {
        config: { role: 'admin' },
        schema: schemaOf('Give the dbt manifest of a connection', {
          params: idParams,
          response: { 200: zDbtManifest },
        }),
      },
      async (request) => {
        const { body } = request
        if (!(body instanceof Readable)) throw wrongType(request.headers['content-type'])
        const connection = await findConnection(db, organizationOf(request), request.params.id)
        if (!connection) throw notFound('connection', request.params.id)
        const late = setTimeout(() => body.destroy(new Error('the upload took too long')), uploadLimitMs)
        try {
          const manifest = await replaceManifest(db, actorOf(request), connection.id, (write) =>
            readManifest(body, write),
          )
          return {
            ...manifest,
            connectionId: connection.id,
            generatedAt: manifest.generatedAt?.toISOString() ?? null,
            uploadedAt: manifest.uploadedAt.toISOString(),
          }
        } finally {
          clearTimeout(late)
        }
      },
    )
  }
}
