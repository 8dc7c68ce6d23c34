import { Anchor, List, Table, Text } from '@mantine/core'
import { jobDefinition } from '@plumbline/workflows'
import { Link } from '@tanstack/react-router'
import { AssetName } from '../assets/asset-name.tsx'
import { JobLink } from '../jobs/job-link.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { counterLabel, numberText } from '../text/count.ts'
import { durationText } from '../text/duration.ts'
import type { DurationRegression, JobTrends } from '@plumbline/api'

/** With which jobs a type became slow on an asset, and what was different then. */
export function Regressions({ found }: { found: readonly DurationRegression[] }) {
  if (found.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No job took far longer than usual. One does above three times the median and one and a half times the 95th
        percentile of the 30 good runs before it, and by five seconds at least.
      </Text>
    )
  }
  return (
    <HeadedTable
      label="Jobs that became slow"
      minWidth={720}
      headers={['Job', 'On', 'When', 'Took', 'Usual', 'Around it']}
    >
      {found.map((one) => (
        <Table.Tr key={one.jobId}>
          <Table.Td>
            <JobLink size="sm" jobId={one.jobId}>
              {jobDefinition(one.type).label}
            </JobLink>
          </Table.Td>
          <Table.Td>
            <AssetName asset={one.asset} linked />
          </Table.Td>
          <Table.Td>
            <TimeAgo at={one.at} />
          </Table.Td>
          <Table.Td>{durationText(one.durationMs)}</Table.Td>
          <Table.Td>
            {durationText(one.usual.p50)} to {durationText(one.usual.p95)}
          </Table.Td>
          <Table.Td>
            <Changes changed={one.changed} />
          </Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}

function Changes({ changed }: Pick<DurationRegression, 'changed'>) {
  const { counts, configChanged, schemaChanges } = changed
  const nothing = counts.length === 0 && !configChanged && schemaChanges.all === 0
  if (nothing) return 'Nothing known: the source or the machine may have been busy'
  return (
    <List size="xs" listStyleType="none">
      {configChanged && <List.Item>Its options changed</List.Item>}
      {schemaChanges.all > 0 && (
        <List.Item>
          {numberText(schemaChanges.all)} schema changes, {numberText(schemaChanges.breaking)} breaking
        </List.Item>
      )}
      {counts.map(({ name, before, after }) => (
        <List.Item key={name}>
          {counterLabel(name)}: {countText(before)} → {countText(after)}
        </List.Item>
      ))}
    </List>
  )
}

const countText = (count: number | null): string => (count === null ? 'none' : numberText(count))

/** What takes longest; each leads to its own trend. */
export function SlowestAssets({ slowest }: Pick<JobTrends, 'slowest'>) {
  return (
    <HeadedTable label="Slowest assets" minWidth={560} headers={['Job', 'On', 'Runs', 'Median', '95th', 'Longest']}>
      {slowest.map(({ type, asset, runs, p50, p95, max }) => (
        <Table.Tr key={`${type} ${asset.id}`}>
          <Table.Td>
            <Anchor
              size="sm"
              renderRoot={(props) => (
                <Link {...props} to="/trends" search={(before) => ({ ...before, type, assetId: asset.id })} />
              )}
            >
              {jobDefinition(type).label}
            </Anchor>
          </Table.Td>
          <Table.Td>
            <AssetName asset={asset} linked />
          </Table.Td>
          <Table.Td>{numberText(runs)}</Table.Td>
          <Table.Td>{durationText(p50)}</Table.Td>
          <Table.Td>{durationText(p95)}</Table.Td>
          <Table.Td>{durationText(max)}</Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}
