import { Card, Group, Stack, Text } from '@mantine/core'
import { jobDefinition } from '@plumbline/workflows'
import { LastRun, NextRun, ScheduleTarget, UnsyncedMark } from '../schedule-facts.tsx'
import { ScheduleLink } from '../schedule-link.tsx'
import { ScheduleMenu } from '../schedule-menu.tsx'
import type { Schedule } from '@plumbline/api'
import type { ReactNode } from 'react'

/** The same schedules on a narrow screen. */
export function ScheduleCards({ schedules }: { schedules: readonly Schedule[] }) {
  return (
    <Stack gap="sm" role="list" aria-label="Schedules">
      {schedules.map((schedule) => (
        <Card key={schedule.id} withBorder padding="sm" role="listitem">
          <Stack gap="xs">
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <div>
                <ScheduleLink scheduleId={schedule.id} fw={500}>
                  {schedule.name}
                </ScheduleLink>
                <Text size="xs" c="dimmed">
                  {jobDefinition(schedule.type).label}
                </Text>
              </div>
              <ScheduleMenu schedule={schedule} />
            </Group>
            <UnsyncedMark schedule={schedule} />
            <ScheduleTarget schedule={schedule} truncate />
            <Text size="sm">{schedule.description}</Text>
            <Labelled label="Next run">
              <NextRun schedule={schedule} />
            </Labelled>
            <Labelled label="Last run">
              <LastRun schedule={schedule} />
            </Labelled>
          </Stack>
        </Card>
      ))}
    </Stack>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group wrap="nowrap" align="baseline" gap="sm">
      <Text size="xs" c="dimmed" w={56} style={{ flexShrink: 0 }}>
        {label}
      </Text>
      {children}
    </Group>
  )
}
