import { Table } from '@mantine/core'
import { HeadedTable } from '../shell/headed-table.tsx'
import { numberText } from '../text/count.ts'
import { activeOf, bucketTitle, msText, rateText } from './bucket-text.ts'
import type { JobTrends } from '@plumbline/api'

const headers = [
  'From',
  'Completed',
  'Failed',
  'Cancelled',
  'Active',
  'Success',
  'Median',
  '95th',
  'Longest',
  'Waited (median)',
]

/** The numbers of both charts, newest first. */
export function BucketTable({ trends: { buckets, bucket, timezone } }: { trends: JobTrends }) {
  return (
    <HeadedTable label="Jobs over time" minWidth={760} headers={headers}>
      {buckets.toReversed().map((one) => (
        <Table.Tr key={one.start}>
          <Table.Th fw="normal">{bucketTitle(one.start, bucket, timezone)}</Table.Th>
          <Table.Td>{numberText(one.counts.completed)}</Table.Td>
          <Table.Td>{numberText(one.counts.failed)}</Table.Td>
          <Table.Td>{numberText(one.counts.cancelled)}</Table.Td>
          <Table.Td>{numberText(activeOf(one))}</Table.Td>
          <Table.Td>{rateText(one.successRate)}</Table.Td>
          <Table.Td>{msText(one.p50)}</Table.Td>
          <Table.Td>{msText(one.p95)}</Table.Td>
          <Table.Td>{msText(one.max)}</Table.Td>
          <Table.Td>{msText(one.queued?.p50 ?? null)}</Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}
