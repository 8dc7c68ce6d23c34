import { zJobFilter } from '@plumbline/api'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { organizationOf } from '../http/identity.ts'
import { sendFile } from '../http/send-file.ts'
import { exportFormats, exportJobs } from '../jobs/export-jobs.ts'
import { filterFromQuery } from '../jobs/filter-from-query.ts'
import type { ViewContext } from '../jobs/job-view.ts'
import type { App } from './app.ts'
import { tagged } from './route-schema.ts'

const contentTypes = { ndjson: 'application/x-ndjson; charset=utf-8', csv: 'text/csv; charset=utf-8' }
const schemaOf = tagged('Jobs')

export function jobExportRoutes({ db }: Deps, context: () => ViewContext) {
  return async (app: App): Promise<void> => {
    app.get(
      '/jobs/export',
      {
        schema: schemaOf('Export every job of a filter, streamed', {
          querystring: zJobFilter.extend({ format: z.enum(exportFormats).default('ndjson') }),
          response: { 200: z.any().describe('NDJSON, one job a line with all that is kept of it, or CSV') },
        }),
      },
      async (request, reply) => {
        const { format, ...query } = request.query
        const organizationId = organizationOf(request)
        const filter = await filterFromQuery(db, organizationId, query)
        const lines = exportJobs(db, organizationId, filter, format, context())
        return sendFile(reply, { type: contentTypes[format], name: `jobs.${format}` }, lines)
      },
    )
  }
}
