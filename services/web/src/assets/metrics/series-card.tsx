import { Badge, Card, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { MetricChart } from './metric-chart.tsx'
import { methodTexts, noDataTexts, seriesTitle, valueText } from './metric-texts.ts'
import type { MetricPoint, MetricSeries } from '@plumbline/api'

interface SeriesCardProps {
  series: MetricSeries
  onPick: (point: MetricPoint) => void
}

/** One metric: what it was last, whether that is unusual, and how it was before. */
export function SeriesCard({ series, onPick }: SeriesCardProps) {
  const last = series.points.at(-1)
  const title = seriesTitle(series)
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={500} truncate title={title}>
          {title}
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
      {series.points.some(({ value }) => value !== null) && <MetricChart series={series} onPick={onPick} />}
      {series.points.length === 0 && (
        <Text size="xs" c="dimmed">
          Nothing was measured in this time.
        </Text>
      )}
    </Card>
  )
}
