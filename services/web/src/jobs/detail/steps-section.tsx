import { Badge, Text, Tooltip } from '@mantine/core'
import { useNow } from '../../live/use-now.ts'
import { durationText } from '../../text/duration.ts'
import { StatusMark } from '../job-status.tsx'
import { amountText } from '../progress-text.ts'
import { ganttOf, type GanttBar } from './gantt.ts'
import { Section } from './section.tsx'
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
export function StepsSection({ job }: { job: JobDetail }) {
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
          <Step key={step.name} step={step} bar={gantt.bars[index]} />
        ))}
      </div>
    </Section>
  )
}

function Step({ step, bar }: { step: JobStep; bar: GanttBar | undefined }) {
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
      <StepNotes step={step} amount={amount} />
    </div>
  )
}

function StepNotes({ step, amount }: { step: JobStep; amount: string | null }) {
  const notes = [amount, step.message].filter((note) => note !== null && note !== '')
  if (notes.length === 0 && step.attempts < 2 && step.lastError === null) return null
  return (
    <div className={classes.note}>
      <Text size="xs" c="dimmed" component="div">
        {notes.join(' · ')}{' '}
        {step.attempts > 1 && (
          <Badge size="xs" variant="light" color="yellow" tt="none">
            {step.attempts} tries
          </Badge>
        )}
      </Text>
      {step.lastError !== null && (
        <Text size="xs" c="light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))">
          Last error: {step.lastError}
        </Text>
      )}
    </div>
  )
}
