import { Modal, Table, Text } from '@mantine/core'
import { JobLink } from '../jobs/job-link.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { numberText } from '../text/count.ts'
import { shortId } from '../text/short-id.ts'
import type { Operation } from '@plumbline/api'

/** The jobs that the operation could not act on, with the reason of each. */
export function RefusalsDialog({ operation, onClose }: { operation: Operation; onClose: () => void }) {
  const { refused, refusals } = operation
  return (
    <Modal opened onClose={onClose} size="lg" title="What was refused">
      <HeadedTable label="Refused jobs" minWidth={320} headers={['Job', 'Why']}>
        {refusals.map(({ jobId, reason }) => (
          <Table.Tr key={jobId}>
            <Table.Td>
              <JobLink jobId={jobId} size="sm" ff="monospace" onClick={onClose}>
                {shortId(jobId)}
              </JobLink>
            </Table.Td>
            <Table.Td>{reason}</Table.Td>
          </Table.Tr>
        ))}
      </HeadedTable>
      {refused > refusals.length && (
        <Text size="sm" c="dimmed">
          The first {numberText(refusals.length)} of {numberText(refused)}.
        </Text>
      )}
    </Modal>
  )
}
