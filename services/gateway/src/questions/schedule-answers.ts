import { listSchedules, skippedSchedules, type ScheduleRecord } from '@plumbline/store'
import { jobDefinition, skipReasonTexts } from '@plumbline/workflows'
import { timingOf } from '../schedules/check-schedule.ts'
import { describeTiming } from '../schedules/describe-timing.ts'
import { upcoming } from '../schedules/schedule-view.ts'
import { tooMany, type Answer, type Asked } from './answer.ts'
import { figure, momentText, plain } from './plain-text.ts'

const shown = 20
/** More schedules of an organization are not gone through. */
const mostSchedules = 1_000
const skippedDays = 7
const dayMs = 86_400_000

/** What is asked of schedules. */
export async function schedulesAnswer(asked: Asked): Promise<Answer> {
  const { question } = asked
  if (question.aspect === 'skipped') return skippedAnswer(asked)
  const schedules = await schedulesAsked(asked)
  const where = whereText(asked)
  const [first] = schedules
  const least = schedules.length === mostSchedules ? 'at least ' : ''
  if (question.aspect === 'next') return nextAnswer(asked, schedules)
  const paused = question.aspect === 'paused' ? 'paused ' : ''
  if (!first) return { answer: `There are no ${paused}schedules${where}.`, jobs: [] }
  return {
    answer: `There ${schedules.length === 1 ? 'is' : 'are'} ${least}${schedulesText(schedules.length, paused)}${where}.`,
    jobs: [],
    table: tableOf(schedules.slice(0, shown), asked),
    suggestions: ['What runs tonight?', 'Which schedules were skipped?'],
  }
}

const schedulesText = (count: number, adjective = ''): string =>
  `${figure(count)} ${adjective}${count === 1 ? 'schedule' : 'schedules'}`

const whereText = ({ question: { types, asset, connection, schedule } }: Asked): string =>
  [
    types.length > 0 ? ` of ${types.map((type) => jobDefinition(type).label.toLowerCase()).join(' or ')}` : '',
    schedule ? ` called ${plain(schedule.name)}` : '',
    asset ? ` for ${plain(asset.name)}` : connection ? ` for ${plain(connection.name)}` : '',
  ].join('')

async function schedulesAsked({ db, organizationId, question }: Asked): Promise<ScheduleRecord[]> {
  const { asset, connection, schedule, types, aspect } = question
  const found = await listSchedules(db, organizationId, {
    types,
    around: asset,
    connectionId: asset ? undefined : connection?.id,
    ...(aspect === 'paused' && { paused: true }),
    limit: mostSchedules,
  })
  return schedule ? found.filter(({ id }) => id === schedule.id) : found
}

/** When they come next: the ticks of a time to come, or of each schedule the next. */
function nextAnswer(asked: Asked, schedules: readonly ScheduleRecord[]): Answer {
  const { question, timezone, now } = asked
  const { time } = question
  const coming = schedules
    .flatMap((schedule) => {
      // A tick at the very beginning of a time is in it.
      const [at] = upcoming(schedule, time && time.from > now ? new Date(time.from.getTime() - 1) : now)
      return at && (!time || at < time.to) ? [{ schedule, at }] : []
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const [first] = coming
  const paused = schedules.filter((schedule) => schedule.paused !== null).length
  const pausedText = paused > 0 ? ` ${schedulesText(paused)} ${paused === 1 ? 'is' : 'are'} paused.` : ''
  const when = time ? ` ${plain(time.words)}` : ''
  if (!first)
    return {
      answer: `Nothing is scheduled${whereText(asked)}${when}.${pausedText}`,
      jobs: [],
      suggestions: ['Which schedules are there?', 'Which schedules are paused?'],
    }
  const { schedule, at } = first
  const label = jobDefinition(schedule.type).label
  const those = time
    ? `${schedulesText(coming.length)} ${coming.length === 1 ? 'starts' : 'start'} jobs${whereText(asked)}${when}. The first`
    : `The next`
  return {
    answer: `${those}: ${plain(schedule.name)} (${plain(label)} on ${plain(schedule.asset.qualifiedName)}) on ${momentText(at, timezone)}.${pausedText}`,
    jobs: [],
    table: {
      columns: ['When', 'Schedule', 'Starts', 'On'],
      rows: coming
        .slice(0, shown)
        .map((one) => [
          momentText(one.at, timezone),
          one.schedule.name,
          jobDefinition(one.schedule.type).label,
          one.schedule.asset.qualifiedName,
        ]),
    },
    suggestions: ['Which schedules were skipped?'],
  }
}

/** Of which schedules ticks started nothing, and why; of the last days where no time is said. */
async function skippedAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, question, timezone, now } = asked
  const { time, asset, connection, types, schedule } = question
  const isNarrowed = asset ?? connection ?? schedule ?? (types.length > 0 ? types : undefined)
  const ids = isNarrowed && (await schedulesAsked(asked)).map(({ id }) => id)
  const from = time?.from ?? new Date(now.getTime() - skippedDays * dayMs)
  const skipped = await skippedSchedules(db, organizationId, { from, to: time?.to ?? now, ids })
  const when = time ? plain(time.words) : `in the last ${skippedDays} days`
  if (!skipped) return tooMany('ticks of schedules')
  const [first] = skipped
  if (!first)
    return {
      answer: `There are no skipped ticks of schedules${whereText(asked)} ${when}.`,
      jobs: [],
      suggestions: ['What runs tonight?'],
    }
  const ticks = skipped.reduce((sum, one) => sum + one.ticks, 0)
  return {
    answer: `${schedulesText(skipped.length)}${whereText(asked)} skipped ${figure(ticks)} ${ticks === 1 ? 'tick' : 'ticks'} ${when}. Most: ${plain(first.name)}, last on ${momentText(first.lastAt, timezone)}: ${plain(skipReasonTexts[first.lastReason])}.`,
    jobs: skipped.flatMap(({ blockingJobId }) => blockingJobId ?? []),
    table: {
      columns: ['Schedule', 'Starts', 'On', 'Skipped', 'Last', 'Why'],
      rows: skipped
        .slice(0, shown)
        .map((one) => [
          one.name,
          jobDefinition(one.type).label,
          one.qualifiedName,
          one.ticks,
          momentText(one.lastAt, timezone),
          skipReasonTexts[one.lastReason],
        ]),
    },
    suggestions: ['What runs next?'],
  }
}

const tableOf = (schedules: readonly ScheduleRecord[], { timezone, now }: Asked): Answer['table'] => ({
  columns: ['Schedule', 'Starts', 'On', 'When', 'Next'],
  rows: schedules.map((schedule) => {
    const [next] = upcoming(schedule, now)
    return [
      schedule.name,
      jobDefinition(schedule.type).label,
      schedule.asset.qualifiedName,
      describeTiming(timingOf(schedule)),
      schedule.paused ? 'paused' : next ? momentText(next, timezone) : null,
    ]
  }),
})
