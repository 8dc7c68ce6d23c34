import { Progress, Table } from '@mantine/core'
import { HeadedTable } from '../shell/headed-table.tsx'
import { durationText } from '../text/duration.ts'
import type { JobTrends } from '@plumbline/api'

/** Where the time of one type of job goes. */
export function StepShares({ steps }: Pick<JobTrends, 'steps'>) {
  return (
    <HeadedTable label="Time by step" minWidth={480} headers={['Step', 'Share', 'Median', '95th', 'Longest']}>
      {steps.map(({ name, label, share, p50, p95, max }) => {
        const percent = Math.round(share * 100)
        return (
          <Table.Tr key={name}>
            <Table.Th fw="normal">{label}</Table.Th>
            <Table.Td>
              {percent} %
              <Progress value={percent} size="xs" aria-label={`${label}: ${percent} %`} />
            </Table.Td>
            <Table.Td>{durationText(p50)}</Table.Td>
            <Table.Td>{durationText(p95)}</Table.Td>
            <Table.Td>{durationText(max)}</Table.Td>
          </Table.Tr>
        )
      })}
    </HeadedTable>
  )
}
