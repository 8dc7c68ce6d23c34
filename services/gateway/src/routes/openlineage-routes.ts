import { zOpenLineageAnswer, zOpenLineageEvent } from '@plumbline/api'
import type { Deps } from '../deps.ts'
import { organizationOf } from '../http/identity.ts'
import { recordOpenLineage } from '../lineage/record-openlineage.ts'
import type { App } from './app.ts'
import { tagged } from './route-schema.ts'

const schemaOf = tagged('Lineage')

export function openLineageRoutes({ db }: Pick<Deps, 'db'>) {
  return async (app: App): Promise<void> => {
    app.post(
      '/lineage/openlineage',
      {
        schema: schemaOf('Report a run (OpenLineage)', {
          body: zOpenLineageEvent,
          response: { 200: zOpenLineageAnswer },
        }),
      },
      async (request) => recordOpenLineage(db, organizationOf(request), request.body),
    )
  }
}
