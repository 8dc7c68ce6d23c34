import { Readable } from 'node:stream'
import { zDbtManifest } from '@plumbline/api'
import { findConnection, replaceManifest } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { actorOf, organizationOf } from '../http/identity.ts'
import { invalidField, notFound } from '../http/problem.ts'
import { spoolBody } from '../http/spool-body.ts'
import { readManifest } from '../lineage/read-manifest.ts'
import type { App } from './app.ts'
import { idParams, tagged } from './route-schema.ts'

const schemaOf = tagged('Lineage')
/** A manifest of some ten thousand models with their compiled SQL. */
const maxBytes = 256 * 1024 ** 2

const wrongType = (given = 'nothing') =>
  invalidField(
    'headers.content-type',
    `must be application/json, not ${given}; with curl: -X PUT -H 'Content-Type: application/json' --data-binary @target/manifest.json`,
  )

export function dbtRoutes({ db, config }: Pick<Deps, 'db' | 'config'>) {
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
        const limits = { bytes: maxBytes, timeMs: config.uploadLimitMs }
        const manifest = await spoolBody(body, limits, (whole) =>
          replaceManifest(db, actorOf(request), connection.id, (write) => readManifest(whole, write)),
        )
        if (!manifest) throw notFound('connection', connection.id)
        return {
          ...manifest,
          connectionId: connection.id,
          generatedAt: manifest.generatedAt?.toISOString() ?? null,
          uploadedAt: manifest.uploadedAt.toISOString(),
        }
      },
    )
  }
}
