import { Text, Tooltip } from '@mantine/core'
import { useNow } from '../../live/use-now.ts'
import { durationText } from '../../text/duration.ts'
import { StatusMark } from '../job-status.tsx'
import { amountText } from '../progress-text.ts'
import { ganttOf, type GanttBar } from './gantt.ts'
import { Section } from './section.tsx'
import { StepNotes } from './step-notes.tsx'
import classes from './detail.module.css'
import type { JobDetail, JobStep } from '@plumbline/api'
import type { StepStatus } from '@plumbline/workflows'

const barColors: Record<StepStatus, string> = {
  pending: 'transparent',
  running: 'var(--mantine-color-blue-filled)',
  completed: 'var(--mantine-color-teal-filled)',
  failed: 'var(--mantine-color-red-filled)',
  cancelled: 'var(--mantine-color-orange-filled)',
}

/** Where the time went: each step as a bar over the time the job ran. */
export function StepsSection({ job, overList }: { job: JobDetail; overList: boolean }) {
  const running = job.startedAt !== null && job.endedAt === null
  const gantt = ganttOf(job, useNow(running))
  return (
    <Section
      title="Steps"
      beside={
        gantt.totalMs > 0 && (
          <Text size="xs" c="dimmed">
            over {durationText(gantt.totalMs)}
          </Text>
        )
      }
    >
      <div role="list">
        {job.steps.map((step, index) => (
          <Step key={step.name} job={job} step={step} bar={gantt.bars[index]} overList={overList} />
        ))}
      </div>
    </Section>
  )
}

interface StepProps {
  job: JobDetail
  step: JobStep
  bar: GanttBar | undefined
  overList: boolean
}

function Step({ job, step, bar, overList }: StepProps) {
  const amount = amountText(step)
  const duration = bar?.durationMs == null ? '–' : durationText(bar.durationMs)
  return (
    <div role="listitem" className={classes.step}>
      <StatusMark status={step.status} word={step.label} />
      <Tooltip label={[step.label, duration, amount].filter((part) => part !== null).join(' · ')}>
        <div className={classes.track}>
          {bar !== undefined && bar.widthPercent > 0 && (
            <div
              className={classes.bar}
              style={{
                left: `${bar.offsetPercent}%`,
                width: `${bar.widthPercent}%`,
                background: barColors[step.status],
              }}
            />
          )}
        </div>
      </Tooltip>
      <Text size="xs" ta="right" c={bar?.durationMs == null ? 'dimmed' : undefined}>
        {duration}
      </Text>
      <StepNotes job={job} step={step} amount={amount} overList={overList} />
    </div>
  )
}
