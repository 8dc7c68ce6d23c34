import { Badge, Card, Group, SegmentedControl, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconChartLine } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { metricSeries } from '../../api/metric-calls.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ShowMore } from '../../shell/show-more.tsx'
import { AssetName } from '../asset-name.tsx'
import { metricDays } from '../asset-search.ts'
import { DefinedMetrics } from './defined-metrics.tsx'
import { MetricChart } from './metric-chart.tsx'
import { methodTexts, noDataTexts, seriesTitle, valueText } from './metric-texts.ts'
import { PointDialog } from './point-dialog.tsx'
import type { PanelProps } from '../detail/asset-panel.tsx'
import type { MetricPoint, MetricSeries } from '@plumbline/api'

const defaultDays = 30

/** What was measured of the asset, and of all below it: a chart a metric, by table and column. */
export function MetricsPanel({ asset, search, onSearch }: PanelProps) {
  const below = asset.kind === 'database' || asset.kind === 'schema'
  const [picked, setPicked] = useState<{ series: MetricSeries; point: MetricPoint } | null>(null)
  const query = { days: search.days ?? defaultDays, anomalous: search.show === 'anomalies' }
  const metrics = useInfiniteQuery(metricSeries(asset.id, query))
  const series = metrics.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          data={metricDays.map((days) => ({ value: String(days), label: `${days} days` }))}
          value={String(query.days)}
          onChange={(value) => onSearch({ days: metricDays.find((days) => String(days) === value) })}
        />
        <Switch
          size="xs"
          label="Only what is unusual now"
          checked={query.anomalous}
          onChange={({ currentTarget }) => onSearch({ show: currentTarget.checked ? 'anomalies' : undefined })}
        />
      </Group>
      {!below && <DefinedMetrics asset={asset} />}
      {metrics.isError && <ProblemAlert error={metrics.error} onRetry={() => void metrics.refetch()} />}
      {metrics.isPending && <PageLoading />}
      {metrics.isSuccess && series.length === 0 && <NoMetrics anomalous={query.anomalous} />}
      {groupsOf(series).map(({ key, asset: measured, column, members }) => (
        <Stack key={key} gap="xs" component="section">
          <Group gap="xs">
            {below && <AssetName asset={measured} linked />}
            <Title order={2}>{column ?? 'The table'}</Title>
          </Group>
          <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="sm">
            {members.map((one) => (
              <SeriesCard key={one.id} series={one} onPick={(point) => setPicked({ series: one, point })} />
            ))}
          </SimpleGrid>
        </Stack>
      ))}
      <ShowMore list={metrics} />
      {picked && <PointDialog {...picked} onClose={() => setPicked(null)} />}
    </Stack>
  )
}

/** By table and column, in the order they come; what is of the whole table first. */
function groupsOf(series: readonly MetricSeries[]) {
  const groups = Map.groupBy(series, ({ asset, column }) => JSON.stringify([asset.id, column]))
  return [...groups].flatMap(([key, members]) => {
    const [first] = members
    return first ? [{ key, asset: first.asset, column: first.column, members }] : []
  })
}

function SeriesCard({ series, onPick }: { series: MetricSeries; onPick: (point: MetricPoint) => void }) {
  const last = series.points.at(-1)
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={500} truncate>
          {seriesTitle(series)}
        </Text>
        {last?.anomaly && !last.knownBad && (
          <Badge
            color="red"
            variant="light"
            tt="none"
            leftSection={<IconAlertTriangle size={12} aria-hidden />}
            style={{ flexShrink: 0 }}
          >
            {last.anomaly === 'high' ? 'More than expected' : 'Less than expected'}
          </Badge>
        )}
      </Group>
      {last && (
        <Text size="xs" c="dimmed" mb={6}>
          {last.value === null ? (
            `No data: ${noDataTexts[last.noData ?? 'no_rows']}`
          ) : (
            <>
              <b>{valueText(series.metric, last.value)}</b>, {methodTexts[last.method]}
            </>
          )}
        </Text>
      )}
      {series.points.some(({ value }) => value !== null) ? (
        <MetricChart series={series} onPick={onPick} />
      ) : (
        <Text size="xs" c="dimmed">
          {series.points.length === 0 ? 'Nothing was measured in this time.' : 'No value in this time.'}
        </Text>
      )}
    </Card>
  )
}

function NoMetrics({ anomalous }: { anomalous: boolean }) {
  return (
    <EmptyNote
      icon={IconChartLine}
      title={anomalous ? 'Nothing unusual' : 'No metrics'}
      text={
        anomalous
          ? 'The newest value of every metric lies where it was expected, or has too little history.'
          : 'Capture metrics to see rows, nulls, different values and more of each column over time; schedule it to have every value judged by those before it.'
      }
    />
  )
}
