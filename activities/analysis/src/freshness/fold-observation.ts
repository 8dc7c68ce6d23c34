import type {
  FreshnessReason,
  LastUpdate,
  NewestRead,
  ReadZone,
  SourceMoment,
  TableMemory,
  TableObservation,
} from '@plumbline/workflows'
import type { ColumnRole } from './choose-column.ts'
import { alteredUpdate, isAltered } from './altered-update.ts'
import { changeSince } from './change-since.ts'
import type { CounterChange } from './counter-change.ts'
import { isReadOtherwise, readByOf } from './read-by.ts'

/** A table as one check met it. */
export interface Look {
  observation: TableObservation
  moment: Pick<SourceMoment, 'now'>
  /** What reading its newest rows gave; null when they were not read. */
  read: { newest: NewestRead; role: ColumnRole; zone: ReadZone | null } | null
}

/** How sure the newest value of a column is about the last update of its table. */
const confidenceOf: Record<ColumnRole, number> = { chosen: 0.95, modified: 0.9, created: 0.8, event: 0.6 }
/** The last pages need not hold the newest rows: space that became free before them is filled again. */
const tailShare = 0.85
/** Where some values are wrong, the newest of the others may be too. */
const aheadShare = 0.75
/** A clock on the wall of an unknown place is up to half a day off. */
const assumedZoneShare = 0.85
const dayMs = 86_400_000

/**
 * What is remembered of a table after a look at it.
 *
 * A column that says when rows were changed is believed above all; else the newest of what was found counts. A time that was read
 * makes the span that counters give an exact one. What was known before stays known, but not what was read by
 * another column or in another time zone than now.
 */
export function foldObservation(before: TableMemory | null, look: Look): TableMemory {
  const { observation, moment, read } = look
  const change = changeSince(before, observation)
  const readNow = read && readByOf(read.newest.column, read.role, read.zone)
  const readBy = readNow ?? before?.readBy
  const known = before?.last ?? null
  const outdated = known?.column != null && readNow !== null && isReadOtherwise(before, readNow)
  const found = {
    column: columnUpdate(look),
    commit: commitUpdate(look),
    counters: countedUpdate(before, change, moment.now),
    altered: observation.altered ? alteredUpdate(before, observation.altered) : null,
  }
  return {
    seenAt: moment.now,
    ...(observation.identity !== undefined && { identity: observation.identity }),
    counters: observation.counters,
    ...(observation.altered && { altered: observation.altered }),
    quietSince: quietSince(before, observation, change, moment.now),
    last: lastOf(outdated ? null : known, found, isAuthoritative(look)),
    ...(readBy && { readBy }),
  }
}

interface Found {
  column: LastUpdate | null
  commit: LastUpdate | null
  counters: LastUpdate | null
  altered: LastUpdate | null
}

function lastOf(
  known: LastUpdate | null,
  { column, commit, counters, altered }: Found,
  columnRules: boolean,
): LastUpdate | null {
  if (column && columnRules) return counters ? withUntold(column, counters) : column
  const all = [column, commit, counters, altered, known].filter((update) => update !== null)
  const newest = all.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.confidence - a.confidence)[0] ?? null
  if (newest?.after == null) return newest
  const from = Date.parse(newest.after)
  const exact = [column, commit].find((update) => update !== null && Date.parse(update.at) > from)
  return exact ? { ...exact, evidence: [...exact.evidence, ...newest.evidence] } : newest
}

/** What was counted and the column does not tell is said: rows may be changed without their column of changes, or be deleted. */
function withUntold(column: LastUpdate, counters: LastUpdate): LastUpdate {
  if (counters.after === null || Date.parse(column.at) > Date.parse(counters.after)) return column
  const told = `Rows changed between ${minute(counters.after)} and ${minute(counters.at)} UTC, but none has a newer ${column.column}`
  return { ...column, evidence: [...column.evidence, told, ...counters.evidence] }
}

/** `2026-03-02 10:00` */
const minute = (time: string): string => time.slice(0, 16).replace('T', ' ')

/**
 * A column that a person chose is believed in any case, one of changes where its newest value was surely found and surely read: no
 * value is ahead of the clock, and its time zone is known.
 */
function isAuthoritative({ read }: Look): boolean {
  if (!read) return false
  if (read.role === 'chosen') return true
  const { by, whole, ahead } = read.newest
  return read.role === 'modified' && (by === 'index' || whole) && !ahead && read.zone?.assumed !== true
}

/** Not of a value that no record of an update can be, whatever source gave it: one such value must not fail the check of others. */
function columnUpdate({ read, moment }: Look): LastUpdate | null {
  if (!read?.newest.columnAt || read.newest.column === null) return null
  const { column, columnAt, by, whole, ahead } = read.newest
  const ms = Date.parse(columnAt)
  if (!(ms >= 0 && ms <= Date.parse(moment.now) + dayMs)) return null
  const exact = by === 'index' || whole
  const share =
    (exact ? 1 : tailShare) * (ahead ? aheadShare : 1) * (read.zone?.assumed === true ? assumedZoneShare : 1)
  return {
    at: columnAt,
    after: null,
    method: by === 'index' ? 'column_index' : 'column_tail',
    confidence: rounded(confidenceOf[read.role] * share),
    evidence: [
      `The newest ${column}${ahead ? ' until now' : ''} ${placeText(read.newest)}`,
      ...(ahead ? [`Values of ${column} in the future were passed over`] : []),
      ...(read.zone ? [zoneText(column, read.zone)] : []),
    ],
    column,
    partition: null,
  }
}

const placeText = ({ by, whole, byMetadata }: NewestRead): string =>
  byMetadata
    ? 'by what the source knows of it'
    : by === 'index'
      ? 'by its index'
      : whole
        ? 'of all rows'
        : 'of the last pages'

const zoneText = (column: string, { name, assumed }: ReadZone): string =>
  assumed
    ? `${column} has no time zone: ${name} was assumed, which the source uses; an expectation can say which it is`
    : `${column} has no time zone: it was read in ${name}, as the expectation says`

function commitUpdate({ read }: Look): LastUpdate | null {
  if (!read?.newest.committedAt) return null
  const { committedAt, whole } = read.newest
  return {
    at: committedAt,
    after: null,
    method: 'commit_timestamp',
    confidence: whole ? 0.95 : 0.8,
    evidence: [`The newest commit of ${whole ? 'all rows' : 'the rows in the last pages'}`],
    column: null,
    partition: null,
  }
}

function countedUpdate(before: TableMemory | null, change: CounterChange | undefined, now: string): LastUpdate | null {
  if (!before || change?.kind !== 'changed') return null
  const { method, confidence, evidence } = change
  return { at: now, after: before.seenAt, method, confidence, evidence, column: null, partition: null }
}

function quietSince(
  before: TableMemory | null,
  { counters, altered }: TableObservation,
  change: CounterChange | undefined,
  now: string,
): string | null {
  if (altered) return isAltered(before, altered) ? now : (before?.quietSince ?? now)
  if (!counters) return null
  return change?.kind === 'unchanged' ? (before?.quietSince ?? now) : now
}

/** Why a table has no last update though the check of it did not fail. */
export function reasonOf(before: TableMemory | null, { observation, moment }: Look): FreshnessReason {
  const { storage, counters, pages, altered } = observation
  if (storage === 'view') return 'view'
  if (storage === 'foreign') return 'foreign-table'
  if (altered) return altered.rows === 0 ? 'empty' : isOlder(before, moment) ? 'no-change-seen' : 'first-check'
  if (!counters) return 'standby'
  const change = changeSince(before, observation)
  if (change?.kind === 'lost') return 'counters-reset'
  if (pages === 0 && counters.live === 0 && counters.rows <= 0) return 'empty'
  return isOlder(before, moment) ? 'no-change-seen' : 'first-check'
}

const isOlder = (before: TableMemory | null, { now }: Look['moment']): boolean => before !== null && before.seenAt < now

const rounded = (share: number): number => Math.round(share * 100) / 100
