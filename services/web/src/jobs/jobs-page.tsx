import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouterState } from '@tanstack/react-router'
import { assetDetail } from '../api/asset-calls.ts'
import { AskPanel } from '../ask/ask-panel.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { JobDrawer } from './detail/job-drawer.tsx'
import { JobPage } from './detail/job-page.tsx'
import { ExportMenu } from './export/export-menu.tsx'
import { JobFilters } from './filters/job-filters.tsx'
import { JobTabs } from './filters/job-tabs.tsx'
import { JobList } from './list/job-list.tsx'
import type { JobSearch } from './job-search.ts'
import type { Job } from '@plumbline/api'

const route = getRouteApi('/jobs')

/** The list, with a job's details over it; or the details alone, when their address was opened by itself. */
export function JobsPage() {
  // Path and state are read from one place: taken from two they differ for a moment while one goes from one to the other,
  // and the list would be thrown away, with its scrolling and its focus.
  const { pathname, state } = useRouterState({
    select: ({ resolvedLocation, location }) => resolvedLocation ?? location,
  })
  const jobId = jobIdIn(pathname)
  if (jobId !== undefined && state.overList !== true) return <JobPage jobId={jobId} />
  return <JobsListPage openJobId={jobId} />
}

function jobIdIn(pathname: string): string | undefined {
  const id = /^\/jobs\/([^/]+)/.exec(pathname)?.[1]
  return id === undefined ? undefined : decodeURIComponent(id)
}

function JobsListPage({ openJobId }: { openJobId: string | undefined }) {
  const search = route.useSearch()
  const navigate = useNavigate()
  const scope = useQuery({ ...assetDetail(search.assetId ?? ''), enabled: search.assetId !== undefined }).data
  const change = (next: Partial<JobSearch>): void => {
    void navigate({ to: '/jobs', search: { ...search, ...next }, replace: true })
  }
  const open = (job: Job): void => {
    void navigate({ to: '/jobs/$jobId', params: { jobId: job.id }, search, state: { overList: true } })
  }
  const close = (): void => {
    void navigate({ to: '/jobs', search, replace: true })
  }
  return (
    <>
      <PageHeader title="Jobs" beside={<LiveMark />}>
        <AskPanel />
        <ExportMenu search={search} />
      </PageHeader>
      <JobTabs search={search} onSearch={change} />
      <JobFilters search={search} onSearch={change} />
      <JobList search={search} scope={scope} openJobId={openJobId} overList onOpen={open} onSearch={change} />
      <JobDrawer jobId={openJobId} onClose={close} />
    </>
  )
}
