import { Readable } from 'node:stream'
import { zImportResult } from '@plumbline/api'
import type { Deps } from '../deps.ts'
import { actorOf } from '../http/identity.ts'
import { invalidField } from '../http/problem.ts'
import { importJobs } from '../jobs/import-jobs.ts'
import type { App } from './app.ts'
import { tagged } from './route-schema.ts'

const schemaOf = tagged('Jobs')

const ndjson = 'application/x-ndjson'
const wrongType = (given = 'nothing') =>
  invalidField(
    'headers.content-type',
    `must be ${ndjson}, not ${given}; with curl: -H 'Content-Type: ${ndjson}' --data-binary @jobs.ndjson`,
  )

export function jobImportRoutes({ db }: Pick<Deps, 'db'>) {
  return async (app: App): Promise<void> => {
    // Not parsed: the body is read as it comes, so its size has no limit. What is of another type is not read at all.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(ndjson, (_request, body, done) => done(null, body))
    app.addContentTypeParser('*', (request, _body, done) => done(wrongType(request.headers['content-type'])))
    app.post(
      '/jobs/import',
      {
        config: { role: 'admin' },
        schema: schemaOf('Import what an export wrote (application/x-ndjson)', { response: { 200: zImportResult } }),
      },
      async (request) => {
        if (!(request.body instanceof Readable)) throw wrongType(request.headers['content-type'])
        return importJobs(db, actorOf(request), request.body)
      },
    )
  }
}
