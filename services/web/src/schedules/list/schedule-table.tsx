import { Group, Stack, Table } from '@mantine/core'
import { jobDefinition } from '@plumbline/workflows'
import { GivenName } from '../../shell/given-name.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { LastRun, NextRun, ScheduleTarget, UnsyncedMark } from '../schedule-facts.tsx'
import { ScheduleLink } from '../schedule-link.tsx'
import { ScheduleMenu } from '../schedule-menu.tsx'
import type { Schedule } from '@plumbline/api'

const headers = ['Name', 'Job', 'On', 'Runs', 'Next run', 'Last run', 'Actions']

export function ScheduleTable({ schedules }: { schedules: readonly Schedule[] }) {
  return (
    <HeadedTable label="Schedules" minWidth={880} headers={headers}>
      {schedules.map((schedule) => (
        <Table.Tr key={schedule.id}>
          <Table.Td>
            <Stack gap={2} align="flex-start">
              <ScheduleLink scheduleId={schedule.id} size="sm" fw={500}>
                <GivenName>{schedule.name}</GivenName>
              </ScheduleLink>
              <UnsyncedMark schedule={schedule} />
            </Stack>
          </Table.Td>
          <Table.Td>{jobDefinition(schedule.type).label}</Table.Td>
          <Table.Td>
            <ScheduleTarget schedule={schedule} />
          </Table.Td>
          <Table.Td>{schedule.description}</Table.Td>
          <Table.Td>
            <NextRun schedule={schedule} />
          </Table.Td>
          <Table.Td>
            <LastRun schedule={schedule} />
          </Table.Td>
          <Table.Td>
            <Group justify="flex-end">
              <ScheduleMenu schedule={schedule} />
            </Group>
          </Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}
