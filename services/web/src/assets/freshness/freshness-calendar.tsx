import { Group, Text, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { freshnessHistory } from '../../api/freshness-calls.ts'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { calendarWeeks, isKnown, type CalendarDay } from './calendar-days.ts'
import { stateLabels } from './freshness-labels.ts'
import classes from './freshness.module.css'

const weekdays = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun']
const dayText = new Intl.DateTimeFormat(undefined, { weekday: 'short', month: 'short', day: 'numeric' })
const monthText = new Intl.DateTimeFormat(undefined, { month: 'short' })

/** The last three months, a square a day: how many updates came, and whether an alarm was on. */
export function FreshnessCalendar({ assetId, checkedAt }: { assetId: string; checkedAt: string }) {
  const { data, error, isPending, refetch } = useQuery(freshnessHistory(assetId))
  if (isPending) return <PageLoading />
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  const weeks = calendarWeeks(data, checkedAt)
  return (
    <div>
      <div className={classes.calendar} role="img" aria-label={spoken(weeks.flat())}>
        <div className={classes.week} aria-hidden>
          <span className={classes.month} />
          {weekdays.map((name, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the days of the week stay where they are
            <span key={index} className={classes.weekday}>
              {name}
            </span>
          ))}
        </div>
        {weeks.map((week, index) => {
          const first = week.find((day) => day !== null)
          return (
            <div key={first?.date.getTime() ?? index} className={classes.week}>
              <span className={classes.month}>{monthOf(week)}</span>
              {week.map((day, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- the days of the week stay where they are
                <Square key={place} day={day} />
              ))}
            </div>
          )
        })}
      </div>
      <Group gap="md" mt="xs">
        <Legend unknown text="Not checked, or not known" />
        <Legend level={0} text="No update" />
        <Legend level={1} text="Updated" />
        <Legend level={3} text="Many updates" />
        <Legend level={0} state="stale" text="Stale that day" />
        <Legend level={0} state="late" text="Late" />
        <Legend level={0} state="error" text="Could not be checked" />
      </Group>
    </div>
  )
}

/** Of the week in which a month begins. */
function monthOf(week: readonly (CalendarDay | null)[]): string {
  const first = week.find((day) => day?.date.getDate() === 1)
  return first ? monthText.format(first.date) : ''
}

function Square({ day }: { day: CalendarDay | null }) {
  if (day === null) return <span className={classes.day} data-empty />
  const text = [
    dayText.format(day.date),
    ...(isKnown(day) ? [day.updates === 0 ? 'no update' : counted(day.updates, 'update')] : []),
    ...(day.state === null ? ['not checked'] : [stateLabels[day.state].toLowerCase()]),
  ].join(' · ')
  return (
    <Tooltip label={text} openDelay={100}>
      <span
        className={classes.day}
        data-unknown={isKnown(day) ? undefined : true}
        data-level={levelOf(day.updates)}
        data-state={day.state ?? 'none'}
      />
    </Tooltip>
  )
}

interface LegendProps {
  level?: number
  state?: string
  unknown?: true
  text: string
}

function Legend({ level, state, unknown, text }: LegendProps) {
  return (
    <Group gap={6} wrap="nowrap">
      <span className={classes.day} data-unknown={unknown} data-level={level} data-state={state} />
      <Text span size="xs" c="dimmed">
        {text}
      </Text>
    </Group>
  )
}

/** From nothing to every hour or so. */
const levelOf = (updates: number): number => (updates === 0 ? 0 : updates === 1 ? 1 : updates < 10 ? 2 : 3)

function spoken(days: readonly (CalendarDay | null)[]): string {
  const known = days.filter((day) => day !== null).filter(isKnown)
  const updated = known.filter(({ updates }) => updates > 0).length
  const stale = known.filter(({ state }) => state === 'stale').length
  return `Of ${counted(known.length, 'day')} that something is known of, ${updated} had updates and ${stale} an alarm`
}
