import { Group, Text, Tooltip } from '@mantine/core'
import { IconBroadcast, IconBroadcastOff, IconLoader2 } from '@tabler/icons-react'
import { useLiveState } from './live-context.ts'
import type { StreamState } from '../api/event-stream.ts'

const looks: Record<StreamState, { icon: typeof IconBroadcast; color: string; word: string; note: string }> = {
  connecting: { icon: IconLoader2, color: 'dimmed', word: 'Connecting…', note: 'The live connection is being opened' },
  live: { icon: IconBroadcast, color: 'teal', word: 'Live', note: 'Changes appear by themselves' },
  reconnecting: {
    icon: IconBroadcastOff,
    color: 'yellow',
    word: 'Reconnecting…',
    note: 'The live connection broke. What you see may be out of date until it is back; nothing is lost.',
  },
}

/** Whether the page hears of changes right now. */
export function LiveMark() {
  const { icon: Icon, color, word, note } = looks[useLiveState()]
  return (
    <Tooltip label={note}>
      <Group
        gap={4}
        role="status"
        c={
          color === 'dimmed' ? 'dimmed' : `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-4))`
        }
      >
        <Icon size={16} aria-hidden />
        <Text span size="xs" c="inherit">
          {word}
        </Text>
      </Group>
    </Tooltip>
  )
}
