import { Group, Stack, Text } from '@mantine/core'
import { jobDefinition } from '@plumbline/workflows'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { shortId } from '../../text/short-id.ts'
import { JobDuration } from '../job-duration.tsx'
import { JobLink } from '../job-link.tsx'
import { JobStatusMark } from '../job-status.tsx'
import { Section } from './section.tsx'
import type { Job, JobDetail } from '@plumbline/api'

/** The jobs around this one: the one that started it, those it started, and the attempts it is one of. */
export function RelatedSection({ job, overList }: { job: JobDetail; overList: boolean }) {
  return (
    <>
      {job.parentJobId !== null && (
        <Text size="sm">
          Started by{' '}
          <JobLink jobId={job.parentJobId} overList={overList} ff="monospace">
            {shortId(job.parentJobId)}
          </JobLink>
        </Text>
      )}
      {job.children.length > 0 && (
        <Section title="Started by this job">
          <JobLines
            jobs={job.children}
            current={job.id}
            overList={overList}
            name={(one) => jobDefinition(one.type).label}
          />
        </Section>
      )}
      {job.chain.length > 1 && (
        <Section title="Attempts">
          <JobLines jobs={job.chain} current={job.id} overList={overList} name={(one) => `Attempt ${one.attempt}`} />
        </Section>
      )}
    </>
  )
}

interface JobLinesProps {
  jobs: readonly Job[]
  current: string
  overList: boolean
  name: (job: Job) => string
}

function JobLines({ jobs, current, overList, name }: JobLinesProps) {
  return (
    <Stack gap={6} role="list">
      {jobs.map((job) => (
        <Group key={job.id} role="listitem" gap="sm">
          {job.id === current ? (
            <Text size="sm" fw={600} w={150} aria-current="true">
              {name(job)} (this)
            </Text>
          ) : (
            <JobLink jobId={job.id} overList={overList} size="sm" w={150}>
              {name(job)}
            </JobLink>
          )}
          <JobStatusMark job={job} />
          <Group gap="sm" c="dimmed" fz="xs">
            <JobDuration job={job} />
            <TimeAgo at={job.createdAt} />
          </Group>
        </Group>
      ))}
    </Stack>
  )
}
