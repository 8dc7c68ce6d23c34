import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { parseAlertsSearch } from './alerts/alerts-search.ts'
import { parseAskSearch } from './ask/ask-search.ts'
import { parseAssetSearch, parseAssetsSearch } from './assets/asset-search.ts'
import { parseAuditSearch } from './audit/audit-search.ts'
import { parseConnectionsSearch } from './connections/connections-search.ts'
import { parseJobSearch } from './jobs/job-search.ts'
import { parseSchedulesSearch } from './schedules/schedules-search.ts'
import { parseSearch, stringifySearch } from './search-params.ts'
import { CrashPage } from './shell/crash-page.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { PageLoading } from './shell/page-loading.tsx'
import { SignedIn } from './shell/signed-in.tsx'
import { parseTrendSearch } from './trends/trend-search.ts'

const root = createRootRoute({ component: SignedIn, notFoundComponent: NotFoundPage })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/jobs' })
  },
})

/** The list stays mounted while a job's details lie over it: the child route only says which job. */
const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: parseJobSearch,
  component: lazyRouteComponent(() => import('./jobs/jobs-page.tsx'), 'JobsPage'),
})
const job = createRoute({ getParentRoute: () => jobs, path: '/$jobId', component: () => null })

const assets = createRoute({
  getParentRoute: () => root,
  path: '/assets',
  validateSearch: parseAssetsSearch,
  component: lazyRouteComponent(() => import('./assets/assets-page.tsx'), 'AssetsPage'),
})
const asset = createRoute({
  getParentRoute: () => assets,
  path: '/$assetId',
  validateSearch: parseAssetSearch,
  component: lazyRouteComponent(() => import('./assets/asset-page.tsx'), 'AssetPage'),
})
/** Links of the API name a tab as the last part of the path. */
const assetTab = createRoute({
  getParentRoute: () => assets,
  path: '/$assetId/$tab',
  beforeLoad: ({ params, search }) => {
    throw redirect({
      to: '/assets/$assetId',
      params: { assetId: params.assetId },
      search: { ...search, ...parseAssetSearch({ ...search, tab: params.tab }) },
      replace: true,
    })
  },
})

const connections = createRoute({
  getParentRoute: () => root,
  path: '/connections',
  validateSearch: parseConnectionsSearch,
  component: lazyRouteComponent(() => import('./connections/connections-page.tsx'), 'ConnectionsPage'),
})

const schedules = createRoute({
  getParentRoute: () => root,
  path: '/schedules',
  validateSearch: parseSchedulesSearch,
  component: lazyRouteComponent(() => import('./schedules/schedules-page.tsx'), 'SchedulesPage'),
})
const schedule = createRoute({
  getParentRoute: () => root,
  path: '/schedules/$scheduleId',
  component: lazyRouteComponent(() => import('./schedules/detail/schedule-page.tsx'), 'SchedulePage'),
})

const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  validateSearch: parseAlertsSearch,
  component: lazyRouteComponent(() => import('./alerts/alerts-page.tsx'), 'AlertsPage'),
})
const incident = createRoute({
  getParentRoute: () => root,
  path: '/alerts/$incidentId',
  component: lazyRouteComponent(() => import('./alerts/incidents/incident-page.tsx'), 'IncidentPage'),
})

const ask = createRoute({
  getParentRoute: () => root,
  path: '/ask',
  validateSearch: parseAskSearch,
  component: lazyRouteComponent(() => import('./ask/ask-page.tsx'), 'AskPage'),
})

const trends = createRoute({
  getParentRoute: () => root,
  path: '/trends',
  validateSearch: parseTrendSearch,
  component: lazyRouteComponent(() => import('./trends/trends-page.tsx'), 'TrendsPage'),
})

const tagRules = createRoute({
  getParentRoute: () => root,
  path: '/tag-rules',
  component: lazyRouteComponent(() => import('./tag-rules/tag-rules-page.tsx'), 'TagRulesPage'),
})

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
})

const tokens = createRoute({
  getParentRoute: () => root,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./tokens/tokens-page.tsx'), 'TokensPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    jobs.addChildren([job]),
    assets.addChildren([asset, assetTab]),
    connections,
    schedules,
    schedule,
    alerts,
    incident,
    ask,
    trends,
    tagRules,
    audit,
    tokens,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: CrashPage,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface HistoryState {
    /** The job's details lie over the list that they were opened from. */
    overList?: boolean
  }
}
