import { Alert, Anchor, Group, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { jobCounts } from '../api/job-calls.ts'
import { useMay } from '../api/me.ts'
import { GatedButton } from '../shell/gated-button.tsx'
import { counted } from '../text/count.ts'
import type { Connection } from '@plumbline/api'

interface PausedNoteProps {
  connection: Connection
  resuming: boolean
  onResume: () => void
}

/** Said on the card of a paused connection: what that means, how many jobs wait for it, and the way back. */
export function PausedNote({ connection, resuming, onResume }: PausedNoteProps) {
  const may = useMay('admin')
  const { data: counts } = useQuery(jobCounts({ connectionId: connection.id, status: ['pending'] }))
  const waiting = counts?.active ?? 0
  return (
    <Alert color="yellow" variant="light" icon={<IconPlayerPause aria-hidden />} title="Paused" role="group">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          No job of it begins until it is resumed; those that run go on.
          {waiting > 0 && (
            <>
              {' '}
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link {...props} to="/jobs" search={{ connectionId: connection.id, status: ['pending'] }} />
                )}
              >
                {counted(waiting, 'job')} {waiting === 1 ? 'waits' : 'wait'}
              </Anchor>
            </>
          )}
        </Text>
        <GatedButton
          size="xs"
          variant="default"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          loading={resuming}
          decision={may}
          onClick={onResume}
        >
          Resume
        </GatedButton>
      </Group>
    </Alert>
  )
}
