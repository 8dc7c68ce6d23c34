import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconTrash,
} from '@tabler/icons-react'
import { useMay } from '../api/me.ts'
import { useScheduleCommands } from './actions/use-schedule-commands.ts'
import { useScheduleActions } from './schedule-actions.tsx'
import type { Schedule } from '@plumbline/api'

/** The three dots of a schedule. */
export function ScheduleMenu({ schedule }: { schedule: Schedule }) {
  const may = useMay('admin')
  const mayTrigger = useMay('operator')
  const ask = useScheduleActions()
  const { trigger, resume } = useScheduleCommands()
  return (
    <Menu keepMounted={false}>
      <Menu.Target>
        <Tooltip label="Actions">
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions of ${schedule.name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {!may.allowed && <Menu.Label>{may.reason}</Menu.Label>}
        <Menu.Item
          leftSection={<IconPlayerTrackNext size={16} aria-hidden />}
          disabled={!mayTrigger.allowed}
          onClick={() => trigger.mutate(schedule)}
        >
          Trigger now
        </Menu.Item>
        {schedule.paused ? (
          <Menu.Item
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            disabled={!may.allowed}
            onClick={() => resume.mutate(schedule)}
          >
            Resume
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconPlayerPause size={16} aria-hidden />}
            disabled={!may.allowed}
            onClick={() => ask('pause', schedule)}
          >
            Pause…
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconPencil size={16} aria-hidden />}
          disabled={!may.allowed}
          onClick={() => ask('edit', schedule)}
        >
          Edit…
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={!may.allowed}
          onClick={() => ask('delete', schedule)}
        >
          Delete…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
