import { Group, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { backTest } from '../../api/freshness-calls.ts'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { durationText } from '../../text/duration.ts'
import { fullTime } from '../../text/time.ts'
import { sensitivityLabels } from './freshness-labels.ts'
import { sensitivities, type Sensitivity } from '@plumbline/workflows'
import type { BackTestAnswer, Freshness } from '@plumbline/api'

type Tried = 'given' | Sensitivity

interface BackTestSectionProps {
  assetId: string
  expectation: Freshness['expectation']
}

/** Which alarms each sensitivity would have raised over the history, before somebody relies on one. */
export function BackTestSection({ assetId, expectation }: BackTestSectionProps) {
  const interval = expectation?.interval ?? null
  const [tried, setTried] = useState<Tried>(interval === null ? (expectation?.sensitivity ?? 'medium') : 'given')
  const { data, error, isPending, refetch } = useQuery(
    backTest(assetId, tried === 'given' ? { learned: false } : { learned: true, sensitivity: tried }),
  )
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Title order={2}>Alarms it would have raised</Title>
        <SegmentedControl
          size="xs"
          aria-label="What is tried"
          data={[
            ...(interval === null ? [] : [{ value: 'given' as const, label: `Every ${interval}` }]),
            ...sensitivities.map((one) => ({ value: one, label: `Learned, ${sensitivityLabels[one].toLowerCase()}` })),
          ]}
          value={tried}
          onChange={setTried}
        />
      </Group>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {isPending && <PageLoading />}
      {data !== undefined && <Outcome test={data} />}
    </Stack>
  )
}

function Outcome({ test }: { test: BackTestAnswer }) {
  const { alarms, judged, learning, from } = test
  if (from === null) {
    return (
      <Text size="sm" c="dimmed">
        No update was seen yet: there is nothing to try it on.
      </Text>
    )
  }
  return (
    <>
      <Text size="sm">
        {counted(alarms.length, 'alarm')} in {counted(judged, 'judged interval')} since {fullTime(from)}
        {learning > 0 && `; ${counted(learning, 'interval')} before that only taught it`}.
      </Text>
      {alarms.length > 0 && <AlarmTable alarms={alarms} />}
    </>
  )
}

function AlarmTable({ alarms }: { alarms: BackTestAnswer['alarms'] }) {
  return (
    <HeadedTable label="Alarms" minWidth={640} headers={['Raised', 'Last update before', 'Update was due', 'Lasted']}>
      {alarms.toReversed().map((alarm) => (
        <Table.Tr key={alarm.from}>
          <Table.Td>{fullTime(alarm.from)}</Table.Td>
          <Table.Td>{fullTime(alarm.lastUpdate)}</Table.Td>
          <Table.Td>{fullTime(alarm.expectedBy)}</Table.Td>
          <Table.Td>
            {alarm.until === null ? 'It is on' : durationText(Date.parse(alarm.until) - Date.parse(alarm.from))}
          </Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}
