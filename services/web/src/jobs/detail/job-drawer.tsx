import { ActionIcon, Drawer, Group, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowsMaximize } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { CopyText } from '../../shell/copy-text.tsx'
import { shortId } from '../../text/short-id.ts'
import { JobDetails } from './job-details.tsx'

/** A job's details over the list that it was opened from. */
export function JobDrawer({ jobId, onClose }: { jobId: string | undefined; onClose: () => void }) {
  const narrow = useMediaQuery('(max-width: 48em)')
  // While it slides away it goes on showing the job it showed.
  const [last, setLast] = useState(jobId)
  if (jobId !== undefined && jobId !== last) setLast(jobId)
  return (
    <Drawer
      opened={jobId !== undefined}
      onClose={onClose}
      position="right"
      size={narrow ? '100%' : 'min(760px, 92vw)'}
      closeButtonProps={{ 'aria-label': 'Close the details' }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      title={
        last !== undefined && (
          <Group gap="xs">
            <CopyText label="Job" text={last} shown={shortId(last)} />
            <Tooltip label="Open as a page">
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label="Open as a page"
                renderRoot={(props) => <Link {...props} to="/jobs/$jobId" params={{ jobId: last }} search={{}} />}
              >
                <IconArrowsMaximize size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        )
      }
    >
      {last !== undefined && <JobDetails key={last} jobId={last} overList />}
    </Drawer>
  )
}
