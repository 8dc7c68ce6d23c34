import { Group, Text, Tooltip } from '@mantine/core'
import {
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconLoader2,
  IconPlayerPause,
  IconUserOff,
  type Icon,
} from '@tabler/icons-react'
import { counted } from '../text/count.ts'
import { statusLabels } from './labels.ts'
import { pendingText } from './pending-text.ts'
import classes from './job-status.module.css'
import type { Job } from '@plumbline/api'
import type { JobStatus } from '@plumbline/workflows'

interface StatusLook {
  icon: Icon
  color: string
  spins?: boolean
}

const looks: Record<JobStatus, StatusLook> = {
  pending: { icon: IconCircleDashed, color: 'var(--mantine-color-dimmed)' },
  running: {
    icon: IconLoader2,
    color: 'light-dark(var(--mantine-color-blue-7), var(--mantine-color-blue-4))',
    spins: true,
  },
  completed: { icon: IconCircleCheck, color: 'light-dark(var(--mantine-color-teal-8), var(--mantine-color-teal-4))' },
  failed: { icon: IconCircleX, color: 'light-dark(var(--mantine-color-red-8), var(--mantine-color-red-5))' },
  cancelled: { icon: IconBan, color: 'light-dark(var(--mantine-color-orange-9), var(--mantine-color-orange-4))' },
}

/** A status as icon, word and colour; the colour alone never says anything. */
export function StatusMark({ status, word = statusLabels[status] }: { status: JobStatus; word?: string }) {
  const { icon: Icon, color, spins } = looks[status]
  return (
    <Group gap={6} wrap="nowrap" w="fit-content">
      <Icon size={17} stroke={2} color={color} className={spins === true ? classes.spins : undefined} aria-hidden />
      <Text span size="sm" fw={500} style={{ whiteSpace: 'nowrap' }}>
        {word}
      </Text>
    </Group>
  )
}

interface JobStatusMarkProps {
  job: Job
  /** Marks one that completed with warnings, where nothing beside it does. */
  warned?: boolean
}

/** The status of a job with what else is to be known of it: being cancelled, paused, waiting, fixed later. */
export function JobStatusMark({ job, warned = false }: JobStatusMarkProps) {
  const note = statusNote(job)
  const mark = (
    <Group gap={4} wrap="nowrap" w="fit-content">
      <StatusMark
        status={job.status}
        word={job.flags.includes('cancelling') ? 'Cancelling…' : statusLabels[job.status]}
      />
      {job.flags.includes('paused') && <IconPlayerPause size={14} aria-label="Paused" />}
      {job.flags.includes('no-worker') && <IconUserOff size={14} aria-label="No worker" />}
      {warned && job.status === 'completed' && job.warnings > 0 && (
        <Text span size="sm" c="light-dark(var(--mantine-color-orange-9), var(--mantine-color-orange-4))">
          with {counted(job.warnings, 'warning')}
        </Text>
      )}
      {job.resolvedByJobId !== null && (
        <Text span size="xs" c="dimmed">
          fixed
        </Text>
      )}
    </Group>
  )
  return note === null ? mark : <Tooltip label={note}>{mark}</Tooltip>
}

function statusNote(job: Job): string | null {
  if (job.flags.includes('cancelling')) return 'Cancellation was asked for; the running statement is being stopped'
  if (job.flags.includes('paused')) return 'Paused in Temporal'
  if (job.flags.includes('no-worker')) return 'No worker does the work of its step: the details say which to start'
  if (job.resolvedByJobId !== null) return 'A later attempt completed'
  return pendingText(job.pendingReason)
}
