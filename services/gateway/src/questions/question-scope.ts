import type { Question } from '@plumbline/analysis'
import type { JobFilter } from '@plumbline/store'
import { jobDefinition } from '@plumbline/workflows'
import { momentText } from './plain-text.ts'

/** The jobs that a question is about, as the record is asked for them. */
export function filterOf(question: Question): JobFilter {
  const { types, statuses, time, asset, connection, schedule, actor, trigger, unresolved, jobId } = question
  return {
    ...(types.length > 0 && { types }),
    ...(statuses.length > 0 && { statuses }),
    ...(time && { createdAfter: time.from, createdBefore: time.to }),
    ...(asset && { asset: { id: asset.id, kind: asset.kind } }),
    ...(connection && { connectionId: connection.id }),
    ...(schedule && { scheduleId: schedule.id }),
    ...(actor !== undefined && { actor }),
    ...(trigger && { trigger }),
    ...(unresolved && { unresolved: true }),
    ...(jobId !== undefined && { ids: [jobId] }),
  }
}

/** The same as a query of the list, by which API and page spell it alike. */
export function queryOf(question: Question): string {
  const { types, statuses, time, asset, connection, schedule, actor, trigger, unresolved, jobId } = question
  const query = new URLSearchParams()
  const add = (name: string, value: string | undefined) => value !== undefined && query.append(name, value)
  for (const type of types) add('type', type)
  for (const status of statuses) add('status', status)
  add('createdAfter', time?.from.toISOString())
  add('createdBefore', time?.to.toISOString())
  add('assetId', asset?.id)
  add('connectionId', connection?.id)
  add('scheduleId', schedule?.id)
  add('actor', actor)
  add('trigger', trigger)
  add('unresolved', unresolved ? 'true' : undefined)
  add('q', jobId)
  return query.toString()
}

/** The same in words: `failed schema discovery jobs of orders, started by ann, since Monday`. */
export function wordsOf(question: Question): string {
  const { types, statuses, time, asset, connection, schedule, actor, trigger, unresolved, jobId } = question
  const labels = types.map((type) => jobDefinition(type).label.toLowerCase())
  const adjectives = [unresolved ? 'not yet fixed' : '', statuses.join(' or '), labels.join(' or ')]
  const place = asset ? ` on ${asset.name}` : connection ? ` of ${connection.name}` : ''
  const circumstances = [
    jobId === undefined ? '' : `with the id ${jobId}`,
    actor === undefined ? '' : `started by ${actor}`,
    trigger === undefined ? '' : `begun by ${trigger}`,
    schedule ? `of the schedule ${schedule.name}` : '',
    time ? time.words : '',
  ].filter((text) => text !== '')
  const subject = [...adjectives.filter((text) => text !== ''), 'jobs'].join(' ')
  return `${subject}${place}${circumstances.map((text) => `, ${text}`).join('')}`
}

/** The times in full, which words like `this week` leave open. */
export function timeText({ time, before }: Question, timezone: string): string {
  const stretch = (said: NonNullable<typeof time>) =>
    `${momentText(said.from, timezone)} to ${momentText(said.to, timezone)}`
  if (!time) return ''
  return ` (${stretch(time)}${before ? `, compared with ${before.words}: ${stretch(before)}` : ''}; ${timezone})`
}
