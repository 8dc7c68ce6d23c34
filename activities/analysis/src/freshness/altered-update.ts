import type { AlteredState, LastUpdate, TableMemory } from '@plumbline/workflows'

/** Rows or bytes changed, so that rows were written when the source says. */
const writtenConfidence = 0.95
/** Altered, while rows and bytes stayed: a change in place, or upkeep of the source itself, as clustering. */
const touchedConfidence = 0.6
/** A statement of definition stamps both times, not always in the same instant. */
const sameStatementMs = 1_000

/**
 * The last update of a table by when it was altered last. A change of its definition alone is none: then both times are the same, and
 * rows and bytes as they were.
 */
export function alteredUpdate(before: TableMemory | null, now: AlteredState): LastUpdate | null {
  if (now.at === null) return null
  const seen = before?.altered
  const written = seen ? changesOf(seen, now) : []
  if (written.length > 0) return updateOf(now, writtenAt(now.at, now.definedAt, seen?.at), writtenConfidence, written)
  if (isDefinitionOnly(now) || seen?.at === now.at) return null
  const said = seen
    ? 'It was altered while rows and bytes stayed as they were: a change in place, or upkeep of the source'
    : now.definedAt === null
      ? 'It was altered last then, by its rows or by its definition'
      : 'It was altered last then, and not by its definition'
  return updateOf(now, now.at, touchedConfidence, [said])
}

/** Whether anything but its definition was altered since it was seen last. */
export const isAltered = (before: TableMemory | null, now: AlteredState): boolean =>
  before?.altered === undefined || alteredUpdate(before, now) !== null

/** Rows that went with the whole of their partition move the time of no partition, but that of the table. */
const writtenAt = (at: string, definedAt: string | null, before: string | null | undefined): string =>
  before != null && at <= before && definedAt !== null && definedAt > at ? definedAt : at

function changesOf(before: AlteredState, now: AlteredState): string[] {
  return (['rows', 'bytes'] as const).flatMap((what) => {
    const [was, is] = [before[what], now[what]]
    return was === null || is === null || was === is ? [] : [`Its ${what} went from ${was} to ${is}`]
  })
}

const isDefinitionOnly = ({ at, definedAt }: AlteredState): boolean =>
  at !== null && definedAt !== null && Math.abs(Date.parse(at) - Date.parse(definedAt)) < sameStatementMs

const updateOf = (
  { partition = null }: { partition?: string | null },
  at: string,
  confidence: number,
  evidence: string[],
): LastUpdate => ({
  at,
  after: null,
  method: 'last_altered',
  confidence,
  evidence,
  column: null,
  partition,
})
