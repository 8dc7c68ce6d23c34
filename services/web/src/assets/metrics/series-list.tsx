import { Anchor, Group, SimpleGrid, Stack, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { metricSeries, type SeriesQuery } from '../../api/metric-calls.ts'
import { GivenName } from '../../shell/given-name.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ShowMore } from '../../shell/show-more.tsx'
import { AssetName } from '../asset-name.tsx'
import { PointDialog } from './point-dialog.tsx'
import { SeriesCard } from './series-card.tsx'
import type { AssetDetail, MetricPoint, MetricSeries } from '@plumbline/api'

interface SeriesListProps {
  asset: AssetDetail
  query: SeriesQuery
  /** Written above it, where there is anything. */
  heading?: string
  /** Instead of it, where there is nothing. */
  nothing: ReactNode
}

/** Metrics of the asset and of all below it, by table and column, in the order of what matters. */
export function SeriesList({ asset, query, heading, nothing }: SeriesListProps) {
  const [picked, setPicked] = useState<{ series: MetricSeries; point: MetricPoint } | null>(null)
  const list = useInfiniteQuery(metricSeries(asset.id, query))
  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending) return <PageLoading />
  const series = list.data.pages.flatMap((page) => page.items)
  if (series.length === 0) return nothing
  return (
    <Stack component="section" aria-label={heading ?? 'Metrics'}>
      {heading !== undefined && <Title order={2}>{heading}</Title>}
      {groupsOf(series).map(({ key, members, ...group }) => (
        <Stack key={key} gap="xs">
          <GroupHeading asset={asset} {...group} />
          <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="sm">
            {members.map((one) => (
              <SeriesCard key={one.id} series={one} onPick={(point) => setPicked({ series: one, point })} />
            ))}
          </SimpleGrid>
        </Stack>
      ))}
      <ShowMore list={list} />
      {picked && <PointDialog {...picked} onClose={() => setPicked(null)} />}
    </Stack>
  )
}

interface GroupHeadingProps {
  asset: AssetDetail
  measured: MetricSeries['asset']
  column: string | null
}

/** Which column; in a list of several tables also of which, with the way to all that was measured of it. */
function GroupHeading({ asset, measured, column }: GroupHeadingProps) {
  const name = column === null ? 'The table' : <GivenName>{column}</GivenName>
  if (measured.id === asset.id)
    return (
      <Title order={3} fz="md">
        {name}
      </Title>
    )
  return (
    <Group gap="xs">
      <AssetName asset={measured} linked />
      {column !== null && (
        <Title order={3} fz="md">
          {name}
        </Title>
      )}
      <Anchor
        size="xs"
        renderRoot={(props) => (
          <Link {...props} to="/assets/$assetId" params={{ assetId: measured.id }} search={{ tab: 'metrics' }} />
        )}
      >
        All its metrics
      </Anchor>
    </Group>
  )
}

/** By table and column, in the order they come. */
function groupsOf(series: readonly MetricSeries[]) {
  const groups = Map.groupBy(series, ({ asset, column }) => JSON.stringify([asset.id, column]))
  return [...groups].flatMap(([key, members]) => {
    const [first] = members
    return first ? [{ key, measured: first.asset, column: first.column, members }] : []
  })
}
