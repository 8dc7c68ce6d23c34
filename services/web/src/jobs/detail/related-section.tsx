import { Stack, Text } from '@mantine/core'
import { shortId } from '../../text/short-id.ts'
import { JobLink } from '../job-link.tsx'
import { ChildrenSection } from './children-section.tsx'
import { JobLine } from './job-line.tsx'
import { ListLink } from './list-link.tsx'
import { Section } from './section.tsx'
import type { JobDetail } from '@plumbline/api'

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
      <ChildrenSection job={job} overList={overList} />
      {job.chain.length > 1 && (
        <Section title="Attempts" beside={<ListLink search={{ rootJobId: job.rootJobId }} />}>
          <Stack gap={6} role="list">
            {job.chain.map((one) => (
              <div key={one.id} role="listitem">
                <JobLine job={one} name={`Attempt ${one.attempt}`} overList={overList} current={one.id === job.id} />
              </div>
            ))}
          </Stack>
        </Section>
      )}
    </>
  )
}
