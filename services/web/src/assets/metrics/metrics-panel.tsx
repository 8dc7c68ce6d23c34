import { Group, SegmentedControl, Stack, Switch } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { metricDays } from '../asset-search.ts'
import { DefinedMetrics } from './defined-metrics.tsx'
import { SeriesList } from './series-list.tsx'
import type { PanelProps } from '../detail/asset-panel.tsx'

const defaultDays = 30

/**
 * What was measured of the asset, a chart a metric. Of a database or schema what is unusual, then its tables: their columns are looked at
 * on the page of each.
 */
export function MetricsPanel({ asset, search, onSearch }: PanelProps) {
  const below = asset.kind === 'database' || asset.kind === 'schema'
  const days = search.days ?? defaultDays
  const anomalous = search.show === 'anomalies'
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          data={metricDays.map((one) => ({ value: String(one), label: `${one} days` }))}
          value={String(days)}
          onChange={(value) => onSearch({ days: metricDays.find((one) => String(one) === value) })}
        />
        <Switch
          size="xs"
          label="Only what is unusual now"
          checked={anomalous}
          onChange={({ currentTarget }) => onSearch({ show: currentTarget.checked ? 'anomalies' : undefined })}
        />
      </Group>
      {!below && <DefinedMetrics asset={asset} />}
      {anomalous && <SeriesList asset={asset} query={{ days, anomalous }} nothing={<NothingUnusual />} />}
      {!anomalous && below && (
        <>
          <SeriesList asset={asset} query={{ days, anomalous: true }} heading="Unusual now" nothing={null} />
          <SeriesList asset={asset} query={{ days, of: 'table' }} heading="Tables" nothing={<NoMetrics />} />
        </>
      )}
      {!anomalous && !below && <SeriesList asset={asset} query={{ days }} nothing={<NoMetrics />} />}
    </Stack>
  )
}

const NothingUnusual = () => (
  <EmptyNote
    icon={IconChartLine}
    title="Nothing unusual"
    text="The newest value of every metric lies where it was expected, or has too little history."
  />
)

const NoMetrics = () => (
  <EmptyNote
    icon={IconChartLine}
    title="No metrics"
    text="Capture metrics to see rows, nulls, different values and more of each column over time; schedule it to have every value judged by those before it."
  />
)
