import { Anchor, Breadcrumbs, Container, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { LiveMark } from '../../live/live-mark.tsx'
import { PageHeader } from '../../shell/page-header.tsx'
import { CopyText } from '../../shell/copy-text.tsx'
import { shortId } from '../../text/short-id.ts'
import { JobDetails } from './job-details.tsx'
import classes from './detail.module.css'

/** A job's details as a page of their own, for links in chats and incidents. */
export function JobPage({ jobId }: { jobId: string }) {
  return (
    <>
      <Breadcrumbs px="md" pt="sm">
        <Anchor renderRoot={(props) => <Link {...props} to="/jobs" search={{}} />}>Jobs</Anchor>
        <Text c="dimmed">{shortId(jobId)}</Text>
      </Breadcrumbs>
      <PageHeader title={`Job ${shortId(jobId)}`} beside={<LiveMark />}>
        <CopyText label="ID" text={jobId} />
      </PageHeader>
      <div className={classes.page}>
        <Container size="lg" px="md" pb="xl" mx={0}>
          <JobDetails key={jobId} jobId={jobId} overList={false} />
        </Container>
      </div>
    </>
  )
}
