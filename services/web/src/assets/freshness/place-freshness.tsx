import { Button, Group, Table, Text } from '@mantine/core'
import { IconClockCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { freshnessTables } from '../../api/freshness-calls.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ShowMore } from '../../shell/show-more.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { numberText } from '../../text/count.ts'
import { durationText } from '../../text/duration.ts'
import { AssetName } from '../asset-name.tsx'
import { DueTime } from './due-time.tsx'
import { ExpectationSummary } from './expectation-summary.tsx'
import { FreshnessMark } from './freshness-mark.tsx'
import { confidenceText, methodLabels, stateLabels, statesByUrgency } from './freshness-labels.ts'
import type { AssetDetail, Freshness, TableFreshness } from '@plumbline/api'
import type { FreshnessState } from '@plumbline/workflows'

/** The tables of a database or schema by state, the worst first. */
export function PlaceFreshness({ asset, freshness }: { asset: AssetDetail; freshness: Freshness }) {
  const [state, setState] = useState<FreshnessState>()
  if (freshness.checkedAt === null) {
    return (
      <EmptyNote
        icon={IconClockCheck}
        title="Not checked yet"
        text="Check freshness, best by a schedule: each check compares with the one before, and learns how often updates come."
      />
    )
  }
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Group gap="xs" role="group" aria-label="States">
          {statesByUrgency.map((one) => {
            const count = freshness.below?.[one] ?? 0
            return (
              <Button
                key={one}
                size="compact-sm"
                variant={state === one ? 'light' : 'default'}
                aria-pressed={state === one}
                disabled={count === 0}
                onClick={() => setState(state === one ? undefined : one)}
              >
                {stateLabels[one]} {numberText(count)}
              </Button>
            )
          })}
        </Group>
        <Text size="sm" c="dimmed">
          Checked <TimeAgo at={freshness.checkedAt} />
        </Text>
      </Group>
      <ExpectationSummary asset={asset} freshness={freshness} />
      <TableList assetId={asset.id} state={state} />
    </>
  )
}

function TableList({ assetId, state }: { assetId: string; state: FreshnessState | undefined }) {
  const tables = useInfiniteQuery(freshnessTables(assetId, state))
  if (tables.isError) return <ProblemAlert error={tables.error} onRetry={() => void tables.refetch()} />
  if (tables.isPending) return <PageLoading />
  return (
    <>
      <HeadedTable
        label="Freshness of tables"
        minWidth={860}
        headers={['Table', 'State', 'Last update', 'Found by', 'Expected every', 'Due']}
        stickyHeader
      >
        {tables.data.pages
          .flatMap((page) => page.items)
          .map((table) => (
            <TableRow key={table.asset.id} table={table} />
          ))}
      </HeadedTable>
      <ShowMore list={tables} />
    </>
  )
}

function TableRow({ table }: { table: TableFreshness }) {
  const { lastUpdate, expected } = table
  return (
    <Table.Tr>
      <Table.Td>
        <AssetName asset={table.asset} linked />
      </Table.Td>
      <Table.Td>
        <FreshnessMark state={table.state} detail={table.detail} />
      </Table.Td>
      <Table.Td>{lastUpdate === null ? <Dash /> : <TimeAgo at={lastUpdate.at} />}</Table.Td>
      <Table.Td>
        {lastUpdate === null ? (
          <Dash />
        ) : (
          <Text span size="sm" title={lastUpdate.evidence.join('. ')}>
            {methodLabels[lastUpdate.method]}{' '}
            <Text span size="xs" c="dimmed">
              {confidenceText(lastUpdate.confidence)}
            </Text>
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {expected === null ? (
          <Dash />
        ) : (
          <Text span size="sm">
            {durationText(expected.intervalMs)}{' '}
            <Text span size="xs" c="dimmed">
              {expected.source === 'manual' ? 'set' : 'learned'}
            </Text>
          </Text>
        )}
      </Table.Td>
      <Table.Td>{expected === null ? <Dash /> : <DueTime at={expected.expectedBy} />}</Table.Td>
    </Table.Tr>
  )
}

const Dash = () => (
  <Text span size="sm" c="dimmed">
    –
  </Text>
)
