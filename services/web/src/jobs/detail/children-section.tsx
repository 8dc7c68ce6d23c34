import { ActionIcon, Anchor, Group, Loader, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { jobDefinition } from '@plumbline/workflows'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { jobDetail } from '../../api/job-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { JobLine } from './job-line.tsx'
import { ListLink } from './list-link.tsx'
import { Section } from './section.tsx'
import classes from './detail.module.css'
import type { Job, JobDetail } from '@plumbline/api'

/** More than these are looked through in the list, which filters and pages. */
const shownAtFirst = 50

/** The jobs it started, and those that they started, each read when it is opened. */
export function ChildrenSection({ job, overList }: { job: JobDetail; overList: boolean }) {
  if (job.children.length === 0) return null
  return (
    <Section title="Started by this job" beside={<ListLink search={{ parentJobId: job.id }} />}>
      <Children jobs={job.children} overList={overList} label="Jobs it started" />
    </Section>
  )
}

function Children({ jobs, overList, label }: { jobs: readonly Job[]; overList: boolean; label: string }) {
  const [all, setAll] = useState(false)
  const shown = all ? jobs : jobs.slice(0, shownAtFirst)
  return (
    <ul className={classes.branch} aria-label={label}>
      {shown.map((job) => (
        <Child key={job.id} job={job} overList={overList} />
      ))}
      {shown.length < jobs.length && (
        <li>
          <Anchor component="button" type="button" size="sm" onClick={() => setAll(true)}>
            Show {counted(jobs.length - shown.length, 'more job', 'more jobs')}
          </Anchor>
        </li>
      )}
    </ul>
  )
}

function Child({ job, overList }: { job: Job; overList: boolean }) {
  const [open, { toggle }] = useDisclosure(false)
  const name = jobDefinition(job.type).label
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <li>
      <Group gap={4} wrap="nowrap" align="center">
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'Show'} what ${name} started`}
          onClick={toggle}
        >
          <Chevron size={14} aria-hidden />
        </ActionIcon>
        <JobLine job={job} overList={overList} name={job.attempt > 1 ? `${name} #${job.attempt}` : name} />
      </Group>
      {open && <Branch jobId={job.id} overList={overList} name={name} />}
    </li>
  )
}

function Branch({ jobId, overList, name }: { jobId: string; overList: boolean; name: string }) {
  const { data, error, refetch } = useQuery(jobDetail(jobId))
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Loader size="xs" ml={30} aria-label="Loading" />
  if (data.children.length > 0)
    return <Children jobs={data.children} overList={overList} label={`Jobs ${name} started`} />
  return (
    <Text size="xs" c="dimmed" pl={30}>
      It started no job
    </Text>
  )
}
