import type { DueNotice, IncidentRow } from '@plumbline/store'
import type { NoticeEvent } from '@plumbline/workflows'

/** A notice in words, for every channel the same. */
export interface NoticeContent {
  title: string
  lines: string[]
  /** Where to read on; null where the installation does not know its own address. */
  link: string | null
}

const verbs: Record<Exclude<NoticeEvent, 'digest' | 'test'>, string> = {
  opened: '',
  escalated: 'Still going on: ',
  recovered: 'Over: ',
}
/** A digest of more is not read: the page lists them all. */
const listed = 20

/** @param publicUrl of the web page, without a slash at its end */
export function noticeContent({ event, incidents, channel }: DueNotice, publicUrl: string | undefined): NoticeContent {
  const link = (path: string): string | null => (publicUrl === undefined ? null : `${publicUrl}${path}`)
  if (event === 'test') {
    return {
      title: 'Plumbline reaches this channel',
      lines: [`A test of the channel ${channel.name}. Nothing is wrong.`],
      link: link('/alerts'),
    }
  }
  const [only] = incidents
  if (event === 'digest' || !only) {
    const left = incidents.length - listed
    return {
      title: `${incidents.length} incidents`,
      lines: [...incidents.slice(0, listed).map(lineOf), ...(left > 0 ? [`and ${left} more`] : [])],
      link: link('/alerts'),
    }
  }
  return { title: `${verbs[event]}${only.title}`, lines: linesOf(only), link: link(`/alerts/${only.id}`) }
}

const lineOf = (incident: IncidentRow): string =>
  `${incident.resolved_at ? 'Over: ' : ''}${incident.title} (${timesText(incident.occurrences)})`

function linesOf(incident: IncidentRow): string[] {
  const { message, occurrences, opened_at: openedAt, last_at: lastAt } = incident
  const since =
    occurrences === 1
      ? `At ${clock(openedAt)}`
      : `${timesText(occurrences)} from ${clock(openedAt)} to ${clock(lastAt)}`
  const over = incident.resolved_at
    ? [
        `Over since ${clock(incident.resolved_at)}${incident.resolved_by === null ? '' : `, resolved by ${incident.resolved_by}`}`,
      ]
    : []
  return [message, since, ...over].filter((line) => line !== '')
}

const timesText = (occurrences: number): string => (occurrences === 1 ? 'once' : `${occurrences} times`)

const clock = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
