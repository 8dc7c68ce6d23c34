import { ActionIcon, Menu, Text } from '@mantine/core'
import {
  IconBan,
  IconDatabase,
  IconDots,
  IconEye,
  IconHandStop,
  IconReportSearch,
  IconRotate,
} from '@tabler/icons-react'
import { jobDefinition } from '@plumbline/workflows'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { jobDetail } from '../api/job-calls.ts'
import { whoAmI } from '../api/me.ts'
import { useFollowPath } from '../shell/use-follow-path.ts'
import { useJobActions } from './actions/job-actions.tsx'
import { jobDecisions, refusal } from './actions/job-decisions.ts'
import { resultLabels } from './labels.ts'
import classes from './job-menu.module.css'
import type { Job } from '@plumbline/api'
import type { ReactNode } from 'react'

interface JobMenuProps {
  job: Job
  /** Where the details open from: over the list, or as a page. */
  overList: boolean
}

/** The three dots of a row. What cannot be done stays in the list and says why. */
export function JobMenu({ job, overList }: JobMenuProps) {
  return (
    <Menu width={260} keepMounted={false}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Actions of job ${job.id}`}
          data-row-menu
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <JobMenuItems job={job} overList={overList} />
      </Menu.Dropdown>
    </Menu>
  )
}

function JobMenuItems({ job, overList }: JobMenuProps) {
  const follow = useFollowPath()
  return (
    <>
      <Menu.Item
        leftSection={<IconEye size={16} aria-hidden />}
        renderRoot={(props) => (
          <Link
            {...props}
            to="/jobs/$jobId"
            params={{ jobId: job.id }}
            search={(before) => (overList ? before : {})}
            state={{ overList }}
          />
        )}
      >
        View Details
      </Menu.Item>
      <Menu.Item
        leftSection={<IconDatabase size={16} aria-hidden />}
        renderRoot={(props) => <Link {...props} to="/assets/$assetId" params={{ assetId: job.asset.id }} />}
      >
        Go to Asset
      </Menu.Item>
      <Menu.Item
        leftSection={<IconReportSearch size={16} aria-hidden />}
        component="a"
        href={job.links.result}
        onClick={(event) => follow(event, job.links.result)}
      >
        <Described text="Go to Job Page" note={resultLabels[jobDefinition(job.type).result]} />
      </Menu.Item>
      <Menu.Divider role="separator" />
      <ActionItems job={job} />
    </>
  )
}

/** What is done with the job. Whether a cancel may be forced is a matter of time, so of a job being cancelled it is asked anew. */
function ActionItems({ job }: { job: Job }) {
  const { data: me } = useQuery(whoAmI())
  const ask = useJobActions()
  const cancelling = job.flags.includes('cancelling')
  const { data: detail } = useQuery({ ...jobDetail(job.id), enabled: cancelling })
  const decisions = jobDecisions(detail ?? job, me?.role)
  const cancelRefused = refusal(decisions.cancel)
  const retryRefused = refusal(decisions.retry)
  const terminateRefused = refusal(decisions.terminate)
  return (
    <>
      <Menu.Item
        leftSection={<IconBan size={16} aria-hidden />}
        className={classes.item ?? ''}
        color={cancelRefused === null ? 'red' : undefined}
        disabled={cancelRefused !== null}
        onClick={() => ask('cancel', job)}
      >
        <Described text="Cancel Job" note={cancelRefused} />
      </Menu.Item>
      <Menu.Item
        className={classes.item ?? ''}
        leftSection={<IconRotate size={16} aria-hidden />}
        disabled={retryRefused !== null}
        onClick={() => ask('retry', job)}
      >
        <Described text="Retry Job" note={retryRefused} />
      </Menu.Item>
      {cancelling && (
        <Menu.Item
          className={classes.item ?? ''}
          leftSection={<IconHandStop size={16} aria-hidden />}
          color={terminateRefused === null ? 'red' : undefined}
          disabled={terminateRefused !== null}
          onClick={() => ask('terminate', job)}
        >
          <Described text="Force Stop" note={terminateRefused} />
        </Menu.Item>
      )}
    </>
  )
}

function Described({ text, note }: { text: ReactNode; note: string | null }) {
  return (
    <>
      {text}
      {note !== null && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </>
  )
}
