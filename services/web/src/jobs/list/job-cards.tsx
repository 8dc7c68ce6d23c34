import { Group, Text } from '@mantine/core'
import { AssetName } from '../../assets/asset-name.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { JobDuration } from '../job-duration.tsx'
import { JobMenu } from '../job-menu.tsx'
import { JobProgress } from '../job-progress.tsx'
import { JobStatusMark } from '../job-status.tsx'
import { JobMessageCell, JobTypeCell } from './job-columns.tsx'
import { spacers, type JobRowsProps } from './job-rows.ts'
import { SelectBox } from './select-box.tsx'
import { useRowFocus } from '../../shell/use-row-focus.ts'
import classes from './job-list.module.css'
import type { RowSelection } from './use-selection.ts'
import type { Job } from '@plumbline/api'

/** The same jobs on a narrow screen, each on three lines. */
export function JobCards({ jobs, rows, keys, selection, openJobId, overList, onOpen }: JobRowsProps) {
  const { above, below } = spacers(rows)
  return (
    <ul className={classes.cards} aria-label="Jobs" style={{ paddingTop: above, paddingBottom: below }}>
      {rows.getVirtualItems().map(({ index }) => {
        const job = jobs[index]
        if (job === undefined) return null
        return (
          <Card
            key={job.id}
            job={job}
            index={index}
            measure={rows.measureElement}
            focus={keys.active?.id === job.id && keys.active.focus}
            tabStop={keys.tabStop === index}
            open={openJobId === job.id}
            overList={overList}
            selection={selection}
            onOpen={() => onOpen(job)}
            onKeyDown={(event) => keys.onRowKeyDown(event, job)}
          />
        )
      })}
    </ul>
  )
}

interface CardProps {
  job: Job
  index: number
  measure: (element: Element | null) => void
  focus: boolean
  tabStop: boolean
  open: boolean
  overList: boolean
  selection: RowSelection
  onOpen: () => void
  onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void
}

function Card(props: CardProps) {
  const { job, index, measure, focus, tabStop, open, overList, selection, onOpen, onKeyDown } = props
  const ref = useRowFocus<HTMLDivElement>(focus)
  return (
    <li ref={measure} data-index={index}>
      <div
        ref={ref}
        className={classes.card}
        tabIndex={tabStop ? 0 : -1}
        data-open={open || undefined}
        data-selected={selection.has(job.id) || undefined}
        onClick={(event) => {
          if (!event.defaultPrevented) onOpen()
        }}
        onKeyDown={onKeyDown}
      >
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="sm" wrap="nowrap">
            <SelectBox job={job} selection={selection} />
            <JobStatusMark job={job} />
          </Group>
          <Group gap={8} wrap="nowrap" c="dimmed" fz="xs">
            <JobDuration job={job} />
            <TimeAgo at={job.createdAt} />
            <JobMenu job={job} overList={overList} />
          </Group>
        </Group>
        <Group gap="xs" wrap="nowrap" justify="space-between">
          <AssetName asset={job.asset} truncate />
          <Text size="xs" c="dimmed" component="div" style={{ flexShrink: 0 }}>
            <JobTypeCell job={job} />
          </Text>
        </Group>
        {job.status === 'running' ? <JobProgress job={job} /> : <JobMessageCell job={job} />}
      </div>
    </li>
  )
}
