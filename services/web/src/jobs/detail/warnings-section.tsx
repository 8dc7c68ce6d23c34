import { Badge, Button, Table } from '@mantine/core'
import { useState } from 'react'
import { GivenName } from '../../shell/given-name.tsx'
import { counted } from '../../text/count.ts'
import { warningLabel } from '../warning-labels.ts'
import { Section } from './section.tsx'
import type { JobDetail } from '@plumbline/api'

const shownAtFirst = 10

/** What the job could not do though it went on. */
export function WarningsSection({ job }: { job: JobDetail }) {
  const [all, setAll] = useState(false)
  const list = all ? job.warningsList : job.warningsList.slice(0, shownAtFirst)
  if (job.warnings === 0) return null
  return (
    <Section
      title="Warnings"
      beside={
        <Badge color="yellow" variant="light" tt="none">
          {counted(job.warnings, 'warning')}
        </Badge>
      }
    >
      <Table.ScrollContainer minWidth={420}>
        <Table verticalSpacing={4} fz="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Object</Table.Th>
              <Table.Th>What happened</Table.Th>
              <Table.Th>Kind</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.map((warning) => (
              <Table.Tr key={`${warning.code}:${warning.object ?? ''}:${warning.message}`}>
                <Table.Td ff="monospace">
                  <GivenName>{warning.object ?? '–'}</GivenName>
                </Table.Td>
                <Table.Td>
                  <GivenName>{warning.message}</GivenName>
                </Table.Td>
                <Table.Td title={warning.code}>{warningLabel(warning.code)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {!all && job.warningsList.length > shownAtFirst && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          Show all {job.warningsList.length}
        </Button>
      )}
    </Section>
  )
}
