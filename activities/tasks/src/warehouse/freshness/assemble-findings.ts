import { foldObservation, reasonOf, rollUp, type Look, type PartFinding } from '@plumbline/analysis'
import type { CheckedTable, TableToCheck } from '@plumbline/store'
import {
  failedReasons,
  type ErrorCode,
  type FreshnessFinding,
  type FreshnessReason,
  type JobWarning,
  type TableMemory,
  type TableObservation,
} from '@plumbline/workflows'
import type { Observed, RowsRead } from './newest-reader.ts'

interface Measured extends Observed {
  reads: ReadonlyMap<string, RowsRead>
}

interface Part extends PartFinding {
  memory: TableMemory
  warning: JobWarning | null
}

/** What the parts of a page say of its tables: each by itself, a partitioned one by all of its partitions. */
export function assembleFindings(measured: Measured): { checked: CheckedTable[]; warnings: JobWarning[] } {
  const parts = new Map(measured.tables.map((table) => [table.externalId, partOf(table, measured)]))
  const below = Map.groupBy(measured.tables, ({ parent }) => parent)
  const checked: CheckedTable[] = []
  const warnings = [...parts.values()].flatMap(({ warning }) => warning ?? [])
  for (const table of measured.page) {
    const part = parts.get(table.externalId)
    if (!part) {
      warnings.push(gone(table))
      checked.push({ assetId: table.assetId, finding: { ...nothing, reason: 'not-found' }, memories: {} })
      continue
    }
    const partitions = partitionsOf(part.observation, below).flatMap(({ externalId }) => parts.get(externalId) ?? [])
    const finding = part.observation.storage === 'partitioned' ? rollUp(partitions) : part.finding
    const memories = [part, ...partitions].filter(({ observation }) => observation.storage === 'table')
    checked.push({
      assetId: table.assetId,
      finding,
      memories: Object.fromEntries(memories.map(({ observation, memory }) => [observation.externalId, memory])),
    })
  }
  return { checked, warnings }
}

const nothing: FreshnessFinding = { last: null, quietSince: null, reason: null, partitions: 0 }

function partitionsOf(
  { externalId }: TableObservation,
  below: ReadonlyMap<string | null, TableObservation[]>,
): TableObservation[] {
  return (below.get(externalId) ?? []).flatMap((child) => [child, ...partitionsOf(child, below)])
}

function partOf(observation: TableObservation, { moment, memories, reads }: Measured): Part {
  // What a view or a foreign table took the place of says nothing of it.
  const before = observation.storage === 'table' ? (memories.get(observation.externalId) ?? null) : null
  const rows = reads.get(observation.externalId)
  const look: Look = {
    observation,
    moment,
    read: rows?.kind === 'read' ? { newest: rows.read, role: rows.role, zone: rows.zone } : null,
  }
  const memory = foldObservation(before, look)
  const failure = failureOf(rows)
  const reason = failure ?? (memory.last ? null : withoutRows(reasonOf(before, look), rows))
  return {
    observation,
    memory,
    finding: { last: memory.last, quietSince: memory.quietSince, reason, partitions: 0 },
    warning: warningOf(observation, rows),
  }
}

function failureOf(rows: RowsRead | undefined): FreshnessReason | null {
  if (rows?.kind !== 'failed') return null
  return failedReasons.find((reason) => reason === rows.code) ?? 'source-failed'
}

/** Where the source counts nothing, a table that may not be read can never be told: that is to be mended. */
const withoutRows = (reason: FreshnessReason, rows: RowsRead | undefined): FreshnessReason =>
  reason === 'standby' && rows?.kind === 'refused' ? 'permission-denied' : reason

const warningCodes: Partial<Record<ErrorCode, string>> = {
  'permission-denied': 'no-select',
  'lock-timeout': 'freshness-locked',
  'statement-timeout': 'freshness-timeout',
}

function warningOf({ schema, name }: TableObservation, rows: RowsRead | undefined): JobWarning | null {
  const object = `${schema}.${name}`
  if (rows?.kind === 'refused') {
    return { code: 'no-select', object, message: `${object} is told by its counters only: the role may not read it.` }
  }
  if (rows?.kind !== 'failed') return null
  const message = `The newest rows of ${object} could not be read: ${rows.message}`
  return { code: warningCodes[rows.code] ?? 'freshness-failed', object, message }
}

const gone = ({ qualifiedName }: TableToCheck): JobWarning => ({
  code: 'table-missing',
  object: qualifiedName,
  message: `${qualifiedName} is not in the source any more: run a discovery.`,
})
