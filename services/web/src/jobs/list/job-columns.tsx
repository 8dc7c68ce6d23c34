import { Badge, Group, Text, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import { jobDefinition } from '@plumbline/workflows'
import { CopyIcon } from '../../shell/copy-text.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { counted } from '../../text/count.ts'
import { shortId } from '../../text/short-id.ts'
import { AssetName } from '../../assets/asset-name.tsx'
import { JobDuration } from '../job-duration.tsx'
import { JobLink } from '../job-link.tsx'
import { JobMenu } from '../job-menu.tsx'
import { JobProgress } from '../job-progress.tsx'
import { JobStatusMark } from '../job-status.tsx'
import { jobMessage } from '../pending-text.ts'
import type { JobSort } from '../job-search.ts'
import type { Job } from '@plumbline/api'

export const features = tableFeatures({})
const helper = createColumnHelper<typeof features, Job>()

/** Widths in px; without one a column takes its share of the rest. */
export const columnWidths: Record<string, number | undefined> = {
  id: 126,
  type: 150,
  asset: 150,
  status: 118,
  progress: 120,
  duration: 84,
  created: 96,
  menu: 48,
}

/** The columns whose header sorts. */
export const sortOfColumn: Record<string, JobSort | undefined> = { duration: 'durationMs', created: 'createdAt' }

/** The columns of a list; `overList` says where the details open from it. */
export const jobColumns = (overList: boolean) =>
  helper.columns([
    helper.display({
      id: 'id',
      header: 'Job ID',
      cell: ({ row }) => <JobIdCell job={row.original} overList={overList} />,
    }),
    helper.display({ id: 'type', header: 'Job Type', cell: ({ row }) => <JobTypeCell job={row.original} /> }),
    helper.display({
      id: 'asset',
      header: 'Asset',
      cell: ({ row }) => <AssetName asset={row.original.asset} truncate />,
    }),
    helper.display({ id: 'status', header: 'Status', cell: ({ row }) => <JobStatusMark job={row.original} /> }),
    helper.display({ id: 'progress', header: 'Progress', cell: ({ row }) => <JobProgress job={row.original} /> }),
    helper.display({ id: 'duration', header: 'Duration', cell: ({ row }) => <JobDuration job={row.original} /> }),
    helper.display({ id: 'message', header: 'Message', cell: ({ row }) => <JobMessageCell job={row.original} /> }),
    helper.display({ id: 'created', header: 'Created', cell: ({ row }) => <TimeAgo at={row.original.createdAt} /> }),
    helper.display({
      id: 'menu',
      header: () => <VisuallyHidden>Actions</VisuallyHidden>,
      cell: ({ row }) => <JobMenu job={row.original} overList={overList} />,
    }),
  ])

function JobIdCell({ job, overList }: { job: Job; overList: boolean }) {
  return (
    <Group gap={4} wrap="nowrap">
      <JobLink jobId={job.id} overList={overList} size="sm" ff="monospace" tabIndex={-1}>
        {shortId(job.id)}
      </JobLink>
      <CopyIcon text={job.id} what="job ID" />
    </Group>
  )
}

export function JobTypeCell({ job }: { job: Job }) {
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="sm" truncate>
        {jobDefinition(job.type).label}
      </Text>
      {job.attempt > 1 && (
        <Tooltip label={`Attempt ${job.attempt}`}>
          <Badge size="xs" variant="default" tt="none" style={{ flexShrink: 0 }}>
            #{job.attempt}
          </Badge>
        </Tooltip>
      )}
    </Group>
  )
}

export function JobMessageCell({ job }: { job: Job }) {
  const message = jobMessage(job)
  return (
    <Group gap={6} wrap="nowrap">
      {job.warnings > 0 && (
        <Tooltip label={counted(job.warnings, 'warning')}>
          <Group gap={2} wrap="nowrap" style={{ flexShrink: 0 }}>
            <IconAlertTriangle size={15} color="var(--mantine-color-yellow-7)" aria-label="Warnings" />
            <Text size="xs">{job.warnings}</Text>
          </Group>
        </Tooltip>
      )}
      <Text size="sm" truncate title={message}>
        {message}
      </Text>
    </Group>
  )
}
