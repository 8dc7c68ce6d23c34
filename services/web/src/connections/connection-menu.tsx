import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDots, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useMay } from '../api/me.ts'
import type { Connection } from '@plumbline/api'

interface ConnectionMenuProps {
  connection: Pick<Connection, 'name' | 'paused'>
  onEdit: () => void
  onPause: () => void
  onDelete: () => void
}

/** What is done with a connection seldom. */
export function ConnectionMenu({ connection, onEdit, onPause, onDelete }: ConnectionMenuProps) {
  const may = useMay('admin')
  const note = may.allowed ? null : may.reason
  const { name, paused } = connection
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label="More">
          <ActionIcon variant="subtle" color="gray" aria-label={`More of ${name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {note !== null && <Menu.Label>{note}</Menu.Label>}
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} disabled={note !== null} onClick={onEdit}>
          Edit
        </Menu.Item>
        <Menu.Item
          leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
          disabled={note !== null}
          onClick={onPause}
        >
          {paused ? 'Resume' : 'Pause'}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={note !== null}
          onClick={onDelete}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
