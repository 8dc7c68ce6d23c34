import { planRead, type ColumnRole } from '@plumbline/analysis'
import type { NewestResult, Session } from '@plumbline/connectors'
import type { TableToCheck } from '@plumbline/store'
import {
  type ConfigOf,
  type freshnessCheck,
  type NewestRequest,
  type ReadZone,
  type SourceMoment,
  type TableMemory,
  type TableObservation,
} from '@plumbline/workflows'

/** Tables that are looked at by one statement. */
const batchSize = 50

/** What looking at the newest rows of a table came to. */
export type RowsRead =
  | (Extract<NewestResult, { kind: 'read' }> & { role: ColumnRole; zone: ReadZone | null })
  | Extract<NewestResult, { kind: 'failed' }>
  | { kind: 'refused' }

export interface Observed {
  moment: SourceMoment
  tables: readonly TableObservation[]
  memories: ReadonlyMap<string, TableMemory>
  page: readonly TableToCheck[]
}

export interface NewestReader {
  /** By external id; a table that needs no look, or for which no time is left, is missing. */
  readNewest(observed: Observed): Promise<Map<string, RowsRead>>
  /** Tables that were read so far, and that were left out for want of time. */
  read(): number
  left(): number
}

/** Looks at the newest rows of tables over one session, for as long as the configuration allows. */
export function newestReader(
  session: Session,
  config: ConfigOf<typeof freshnessCheck>,
  signal: AbortSignal,
): NewestReader {
  const counts = { read: 0, left: 0 }
  let leftMs = config.maxReadSeconds * 1000
  return {
    read: () => counts.read,
    left: () => counts.left,
    async readNewest(observed) {
      const found = new Map<string, RowsRead>()
      const planned = planAll(observed, config, found)
      for (let from = 0; from < planned.length; from += batchSize) {
        signal.throwIfAborted()
        const batch = planned.slice(from, from + batchSize)
        if (leftMs <= 0) {
          counts.left += batch.length
          continue
        }
        const begun = performance.now()
        const plans = new Map(batch.map((plan) => [plan.request.externalId, plan]))
        for (const result of await session.readNewest(batch.map(({ request }) => request))) {
          const { role = 'event', zone = null } = plans.get(result.externalId) ?? {}
          found.set(result.externalId, result.kind === 'read' ? { ...result, role, zone } : result)
          if (result.kind === 'read') counts.read++
        }
        leftMs -= performance.now() - begun
      }
      return found
    },
  }
}

interface Planned {
  request: NewestRequest
  role: ColumnRole
  zone: ReadZone | null
}

/** The reads that are to be done; those that are refused are noted at once. */
function planAll(
  { moment, tables, memories, page }: Observed,
  config: ConfigOf<typeof freshnessCheck>,
  found: Map<string, RowsRead>,
): Planned[] {
  const expectationOf = expectations(tables, page)
  return tables.flatMap((table): Planned[] => {
    const expectation = expectationOf(table)
    const plan = planRead(table, memories.get(table.externalId) ?? null, moment, {
      reads: config.reads,
      chosen: expectation?.column ?? null,
      preferred: config.columns,
      timezone: expectation?.calendar.timezone ?? null,
    })
    if (plan.kind === 'refused') found.set(table.externalId, { kind: 'refused' })
    return plan.kind === 'read' ? [plan] : []
  })
}

/** What is expected of a table holds for its partitions too, unless they have something of their own. */
function expectations(tables: readonly TableObservation[], page: readonly TableToCheck[]) {
  const given = new Map(page.flatMap(({ externalId, expectation }) => (expectation ? [[externalId, expectation]] : [])))
  const parents = new Map(tables.map(({ externalId, parent }) => [externalId, parent]))
  return ({ externalId }: TableObservation) => {
    for (let id: string | null | undefined = externalId; id != null; id = parents.get(id)) {
      const own = given.get(id)
      if (own) return own
    }
    return undefined
  }
}
