import { Anchor, Button, Stack, Text } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { jobTrends } from '../api/trend-calls.ts'
import { Section } from '../jobs/detail/section.tsx'
import { serverNow } from '../live/server-clock.ts'
import { EmptyNote } from '../shell/empty-note.tsx'
import { Facts } from '../shell/facts.tsx'
import { PageBody } from '../shell/page-body.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { counted } from '../text/count.ts'
import { durationText } from '../text/duration.ts'
import { readersZone } from '../text/time.ts'
import { BucketTable } from './bucket-table.tsx'
import { msText, rateText } from './bucket-text.ts'
import { DurationChart } from './duration-chart.tsx'
import { Regressions, SlowestAssets } from './slow-jobs.tsx'
import { StepShares } from './step-shares.tsx'
import { TrendFilters } from './trend-filters.tsx'
import { trendQuery, type TrendSearch } from './trend-search.ts'
import { VolumeChart } from './volume-chart.tsx'
import type { JobTrends } from '@plumbline/api'

const route = getRouteApi('/trends')

/** How jobs went over time, and what became slow. */
export function TrendsPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(jobTrends(trendQuery(search, serverNow(), readersZone())))
  const change = (next: Partial<TrendSearch>): void => {
    void navigate({ to: '/trends', search: { ...search, ...next }, replace: true })
  }
  return (
    <>
      <PageHeader title="Trends">
        <Button
          size="xs"
          variant="default"
          onClick={() => change({ numbers: search.numbers === undefined ? 'shown' : undefined })}
        >
          {search.numbers === undefined ? 'Show numbers' : 'Show charts'}
        </Button>
      </PageHeader>
      <PageBody>
        <TrendFilters search={search} onSearch={change} />
        {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <PageLoading />}
        {error === null && data !== undefined && <Trends trends={data} search={search} />}
      </PageBody>
    </>
  )
}

function Trends({ trends, search }: { trends: JobTrends; search: TrendSearch }) {
  const jobs = Object.values(trends.total.counts).reduce((sum, count) => sum + count, 0)
  if (jobs === 0) {
    return <EmptyNote icon={IconChartBar} title="No jobs in this time" text="Choose a longer time, or other filters." />
  }
  return (
    <Stack gap="xl">
      <Total trends={trends} jobs={jobs} search={search} />
      {search.numbers === 'shown' ? (
        <Section title="Over time">
          <BucketTable trends={trends} />
        </Section>
      ) : (
        <>
          <Section title="Jobs, by what became of them" beside={<Legend texts={volumeLegend} />}>
            <VolumeChart trends={trends} />
          </Section>
          <Section title="How long completed jobs took" beside={<Legend texts={durationLegend} />}>
            <DurationChart trends={trends} />
          </Section>
        </>
      )}
      <Section title="Became slow">
        <Regressions found={trends.regressions} />
      </Section>
      {trends.slowest.length > 0 && (
        <Section title="Slowest assets">
          <SlowestAssets slowest={trends.slowest} />
        </Section>
      )}
      {trends.steps.length > 0 && (
        <Section title="Where the time goes">
          <StepShares steps={trends.steps} />
        </Section>
      )}
    </Stack>
  )
}

interface TotalProps {
  trends: JobTrends
  jobs: number
  search: TrendSearch
}

function Total({ trends: { total, baseline, from, to }, jobs, search }: TotalProps) {
  return (
    <Stack gap="xs">
      <Facts
        facts={[
          ['In this time', counted(jobs, 'job')],
          ['Success', rateText(total.successRate)],
          ['Median, 95th percentile', `${msText(total.p50)}, ${msText(total.p95)}`],
          ['Waited (median)', msText(total.queued?.p50 ?? null)],
          ['Of their time waiting', rateText(total.queuedShare)],
          [
            'Usual now',
            baseline === null
              ? 'Choose one type and one asset'
              : `${durationText(baseline.p50)} to ${durationText(baseline.p95)} (${baseline.runs} good runs)`,
          ],
        ]}
      />
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link {...props} to="/jobs" search={{ ...filtersOf(search), createdAfter: from, createdBefore: to }} />
        )}
      >
        Show these jobs
      </Anchor>
    </Stack>
  )
}

const filtersOf = (search: TrendSearch) => ({
  ...(search.type !== undefined && { type: [search.type] }),
  assetId: search.assetId,
  connectionId: search.connectionId,
})

const volumeLegend = ['green: completed', 'red: failed', 'grey: cancelled', 'blue: active']
const durationLegend = ['line: median', 'dashed: 95th percentile', 'grey dots: longest']

const Legend = ({ texts }: { texts: readonly string[] }) => (
  <Text size="xs" c="dimmed">
    {texts.join(' · ')}
  </Text>
)
