import { Text, Tooltip } from '@mantine/core'
import { fullTime } from '../../text/time.ts'
import { fieldsText, logTime } from './log-text.ts'
import classes from './logs.module.css'
import type { JobStep, LogLine } from '@plumbline/api'

interface LogRowProps {
  line: LogLine
  steps: readonly JobStep[]
  index: number
  top: number
  measure: (element: Element | null) => void
}

/** One line: when, how severe, in which step and try, and what. */
export function LogRow({ line, steps, index, top, measure }: LogRowProps) {
  const { at, level, step, attempt, message, fields } = line
  const label = steps.find(({ name }) => name === step)?.label ?? step
  const more = fieldsText(fields)
  return (
    <div ref={measure} data-index={index} className={classes.line} data-level={level} style={{ top }}>
      <time dateTime={at} title={fullTime(at)} className={classes.quiet}>
        {logTime(at)}
      </time>
      <span className={classes.level}>{level}</span>
      <Tooltip label={attempt === null ? label : `${label ?? ''}, try ${attempt}`} disabled={label === null}>
        <span className={classes.step}>{stepText(label, attempt)}</span>
      </Tooltip>
      <span className={classes.message}>
        {message}
        {more !== '' && (
          <Text span fz="inherit" c="dimmed">
            {' '}
            {more}
          </Text>
        )}
      </span>
    </div>
  )
}

function stepText(label: string | null, attempt: number | null): string {
  if (label === null) return ''
  return attempt === null || attempt < 2 ? label : `${label} #${attempt}`
}
