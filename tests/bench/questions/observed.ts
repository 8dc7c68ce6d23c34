import type { Database, Tables } from '@plumbline/store'
import type { FreshnessState, JobType } from '@plumbline/workflows'
import type { Selectable } from 'kysely'
import { addFreshness, addRowCounts, addSchedule, addTable } from '../../support/observed-past.ts'
import { connections } from './names.ts'
import { days } from './stretches.ts'

/** What the record holds beside the jobs: one table each, with what checks and captures found. */
export interface ObservedTable {
  name: string
  connection: string
  state: FreshnessState
  /** When its row count was unusual: days before today; 0 is today, and so it is now. */
  unusual: number | null
}

export interface ObservedSchedule {
  name: string
  type: JobType
  connection: string
  paused: boolean
  /** Ticks that started nothing, yesterday. */
  skipped: number
}

const tableNames = [
  'customers',
  'line_items',
  'shipments',
  'suppliers',
  'coupons',
  'refunds',
  'parcels',
  'carriers',
  'stockrooms',
  'tariffs',
  'pledges',
  'invoices',
]
const states: readonly FreshnessState[] = ['fresh', 'stale', 'fresh', 'late', 'learning']
const unusual = [0, null, 1, null, null, 0, null]

export const observedTables: readonly ObservedTable[] = tableNames.map((name, n) => ({
  name,
  connection: connections[(n * 3) % connections.length] ?? '',
  state: states[n % states.length] ?? 'fresh',
  unusual: unusual[n % unusual.length] ?? null,
}))

export const observedSchedules: readonly ObservedSchedule[] = [
  { name: 'Discover at dawn', type: 'schema_discovery', connection: 'orders', paused: false, skipped: 2 },
  { name: 'Look at ledgers', type: 'freshness_check', connection: 'Billing ledger', paused: false, skipped: 0 },
  { name: 'Measure daily', type: 'metric_capture', connection: 'Crm', paused: false, skipped: 1 },
  { name: 'Sleeping trace', type: 'lineage_extraction', connection: 'warehouse_eu', paused: true, skipped: 0 },
]

type Root = Selectable<Tables['asset']>

/** Puts it into the record, under the root assets of the connections. @param jobId what found it all */
export async function addObserved(db: Database, roots: ReadonlyMap<string, Root>, jobId: string): Promise<void> {
  const now = Date.now()
  const noon = days(now).today[0] + 12 * 3_600_000
  const rootOf = (connection: string): Root => {
    const root = roots.get(connection)
    if (!root) throw new Error(`no connection ${connection}`)
    return root
  }
  for (const table of observedTables) {
    const asset = await addTable(db, rootOf(table.connection), table.name)
    await addFreshness(db, asset, { state: table.state, updatedAt: new Date(now - 90_000_000), jobId })
    const usual = { value: 100, anomaly: null, jobId }
    const odd = { value: 300, anomaly: 'high', jobId } as const
    await addRowCounts(db, asset, [
      { at: new Date(noon - 86_400_000), ...(table.unusual === 1 ? odd : usual) },
      { at: new Date(now - 1_000), ...(table.unusual === 0 ? odd : usual) },
    ])
  }
  for (const { connection, skipped, ...schedule } of observedSchedules) {
    const yesterday = (n: number) => ({ at: new Date(noon - 86_400_000 - n * 3_600_000), reason: 'overlap' as const })
    const ticks = Array.from({ length: skipped }, (_, n) => yesterday(n))
    await addSchedule(db, rootOf(connection), { ...schedule, cron: '30 5 * * *', skipped: ticks })
  }
}
