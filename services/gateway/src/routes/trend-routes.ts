import { zJobTrends, zJobTrendsQuery } from '@plumbline/api'
import type { UsualDuration } from '@plumbline/analysis'
import { jobTrends, listRegressions, type Database, type TrendRequest } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { organizationOf } from '../http/identity.ts'
import { ProblemError } from '../http/problem.ts'
import { filterFromQuery } from '../jobs/filter-from-query.ts'
import { trendTimes } from '../trends/trend-request.ts'
import { trendsView } from '../trends/trend-view.ts'
import { usualBefore } from '../trends/usual-before.ts'
import type { App } from './app.ts'
import { tagged } from './route-schema.ts'

const schemaOf = tagged('Jobs')

/** How jobs went over time: counts, durations, what became slow. */
export function trendRoutes({ db }: Pick<Deps, 'db'>) {
  return async (app: App): Promise<void> => {
    app.get(
      '/jobs/trends',
      {
        schema: schemaOf('Show how jobs went over time', {
          querystring: zJobTrendsQuery,
          response: { 200: zJobTrends },
        }),
      },
      async (request) => {
        const { from, to, bucket, timezone, ...query } = request.query
        const organizationId = organizationOf(request)
        const filter = await filterFromQuery(db, organizationId, query)
        const asked = { filter, timezone, ...trendTimes({ from: timeOf(from), to: timeOf(to), bucket }, new Date()) }
        const trends = await jobTrends(db, organizationId, asked)
        if (!trends) throw tooMuch()
        const regressions = await listRegressions(db, organizationId, asked)
        const baseline = await baselineOf(db, organizationId, asked)
        return trendsView(asked, trends, { baseline, regressions })
      },
    )
  }
}

const timeOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text))

const tooMuch = () =>
  new ProblemError(
    'invalid-input',
    'There are too many jobs in this time to be gone through while you wait: ask for a shorter time, one type or one asset',
  )

/** What is usual now of one type of job on one asset; of several nothing is. */
async function baselineOf(
  db: Database,
  organizationId: string,
  { filter: { asset, types }, to }: TrendRequest,
): Promise<UsualDuration | undefined> {
  const [type, ...more] = types ?? []
  if (!asset || type === undefined || more.length > 0) return undefined
  return usualBefore(db, organizationId, { assetId: asset.id, type, before: to })
}
