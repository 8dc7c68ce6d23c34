import { Badge, Group, Text } from '@mantine/core'
import { IconHistory, IconRefresh } from '@tabler/icons-react'
import { useNow } from '../../live/use-now.ts'
import { shortId } from '../../text/short-id.ts'
import { JobLink } from '../job-link.tsx'
import { nextTryText } from './next-try-text.ts'
import classes from './detail.module.css'
import type { JobDetail, JobStep } from '@plumbline/api'

interface StepNotesProps {
  job: Pick<JobDetail, 'chain'>
  step: JobStep
  amount: string | null
  overList: boolean
}

/** What else is to be known of a step: how much, whose work it is, what went wrong last, when it is tried again. */
export function StepNotes({ job, step, amount, overList }: StepNotesProps) {
  const notes = [amount, step.message].filter((note) => note !== null && note !== '')
  const { takenOverFrom, nextAttemptAt, lastError, attempts } = step
  if (notes.length === 0 && attempts < 2 && lastError === null && takenOverFrom === null && nextAttemptAt === null)
    return null
  return (
    <div className={classes.note}>
      <Group gap="xs">
        {notes.length > 0 && (
          <Text size="xs" c="dimmed">
            {notes.join(' · ')}
          </Text>
        )}
        {takenOverFrom !== null && <TakenOver chain={job.chain} jobId={takenOverFrom} overList={overList} />}
        {attempts > 1 && (
          <Badge size="xs" variant="light" color="yellow" tt="none">
            {attempts} tries
          </Badge>
        )}
        {nextAttemptAt !== null && <NextTry at={nextAttemptAt} />}
      </Group>
      {lastError !== null && (
        <Text size="xs" c="light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))">
          Last error: {lastError}
        </Text>
      )}
    </div>
  )
}

function TakenOver({ chain, jobId, overList }: { chain: JobDetail['chain']; jobId: string; overList: boolean }) {
  const earlier = chain.find(({ id }) => id === jobId)
  return (
    <Group gap={4} c="dimmed">
      <IconHistory size={14} aria-hidden />
      <Text size="xs">
        Taken over from{' '}
        <JobLink jobId={jobId} overList={overList} size="xs">
          {earlier === undefined ? shortId(jobId) : `attempt ${earlier.attempt}`}
        </JobLink>
      </Text>
    </Group>
  )
}

function NextTry({ at }: { at: string }) {
  return (
    <Group gap={4} c="dimmed">
      <IconRefresh size={14} aria-hidden />
      <Text size="xs">{nextTryText(at, useNow())}</Text>
    </Group>
  )
}
