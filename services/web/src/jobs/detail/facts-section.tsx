import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { hasEnded } from '@plumbline/workflows'
import { ScheduleLink } from '../../schedules/schedule-link.tsx'
import { CopyText } from '../../shell/copy-text.tsx'
import { Facts } from '../../shell/facts.tsx'
import { counterLabel, numberText } from '../../text/count.ts'
import { durationText } from '../../text/duration.ts'
import { fullTime } from '../../text/time.ts'
import { triggerLabels } from '../labels.ts'
import { Section } from './section.tsx'
import { UsualDuration } from './usual-duration.tsx'
import type { JobDetail } from '@plumbline/api'

/** What came of it in figures, when it all happened, who began it, and where Temporal shows it. */
export function FactsSection({ job }: { job: JobDetail }) {
  const counts = Object.entries(job.counts)
  return (
    <>
      {counts.length > 0 && (
        <Section title="Counts">
          <Facts facts={counts.map(([name, count]) => [counterLabel(name), numberText(count)])} />
        </Section>
      )}
      <Section title="Timing and origin">
        <Facts
          facts={[
            ['Created', fullTime(job.createdAt)],
            ['Started', job.startedAt === null ? '–' : fullTime(job.startedAt)],
            ['Ended', job.endedAt === null ? '–' : fullTime(job.endedAt)],
            ['Waited', durationText(job.timing.queuedMs)],
            ['Ran', job.durationMs === null ? '–' : durationText(job.durationMs)],
            ['Usually', <UsualDuration key="usual" job={job} />],
            ['Triggered', <Trigger key="trigger" trigger={job.trigger} />],
          ]}
        />
      </Section>
      <Section title="Workflow">
        <Facts
          facts={[
            ['Workflow ID', <CopyText key="id" text={job.workflow.id} />],
            ['Run ID', job.workflow.runId === null ? neverRan(job) : <CopyText key="run" text={job.workflow.runId} />],
            ['Task queue', job.workflow.taskQueue],
            [
              'Temporal',
              job.workflow.url === null ? (
                'Imported: it ran in another installation'
              ) : (
                <Anchor key="url" size="sm" href={job.workflow.url} target="_blank" rel="noreferrer">
                  Open in Temporal’s UI <IconExternalLink size={13} aria-label="(new tab)" />
                </Anchor>
              ),
            ],
          ]}
        />
      </Section>
    </>
  )
}

const neverRan = ({ status }: JobDetail): string => (hasEnded(status) ? 'It never ran' : 'Not started yet')

function Trigger({ trigger: { kind, actor, scheduleId } }: Pick<JobDetail, 'trigger'>) {
  const label = triggerLabels[kind]
  if (scheduleId === undefined) return `${label}, by ${actor}`
  return (
    <>
      <ScheduleLink scheduleId={scheduleId} size="sm">
        {label}
      </ScheduleLink>
      , by {actor}
    </>
  )
}
