import type { NewestRequest } from '@plumbline/workflows'
import { z } from 'zod'
import { ConnectorError } from '../connector-error.ts'
import type { NewestResult } from '../connector.ts'
import { endsSession, type SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteIdentifier, quoteLiteral, quoteName } from './quote.ts'

const timeoutMs = 15_000

interface NewestRow {
  place: number
  ms: number | null
}

/**
 * The newest values of time columns, where Snowflake knows them without reading a row: it keeps the least and the greatest value of each
 * micro-partition. Whether it does is asked first (`EXPLAIN` assigns no byte then, and costs no warehouse): of all tables at once, and
 * of halves where one of them would be read. What it does not know so is told without a time.
 */
export async function readNewest(link: SnowflakeLink, requests: readonly NewestRequest[]): Promise<NewestResult[]> {
  if (requests.length === 0) return []
  try {
    return await readTogether(link, requests)
  } catch (error) {
    if (!(error instanceof ConnectorError) || endsSession(error)) throw error
    const [only, ...others] = requests
    if (only && others.length === 0)
      return [{ externalId: only.externalId, kind: 'failed', code: error.code, message: error.message }]
  }
  return inHalves(link, requests)
}

async function readTogether(link: SnowflakeLink, requests: readonly NewestRequest[]): Promise<NewestResult[]> {
  const database = foldIdentifier(link.settings.database)
  const statement = requests.map((request, place) => newestOf(database, request, place)).join('\nunion all\n')
  if ((await bytesToRead(link, statement)) > 0)
    return requests.length === 1 ? requests.map((request) => found(request, undefined)) : inHalves(link, requests)
  const rows = await link.query<NewestRow>(statement, { timeoutMs })
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  return requests.map((request, place) => found(request, byPlace.get(place)))
}

async function inHalves(link: SnowflakeLink, requests: readonly NewestRequest[]): Promise<NewestResult[]> {
  const middle = Math.ceil(requests.length / 2)
  return [...(await readNewest(link, requests.slice(0, middle))), ...(await readNewest(link, requests.slice(middle)))]
}

const zPlan = z.object({ GlobalStats: z.object({ bytesAssigned: z.number() }) })

/** https://docs.snowflake.com/en/sql-reference/sql/explain */
async function bytesToRead(link: SnowflakeLink, statement: string): Promise<number> {
  const [row] = await link.texts(`explain using json ${statement}`, { timeoutMs, mostRows: 1 })
  const plan = zPlan.safeParse(JSON.parse(row?.[0] ?? 'null'))
  return plan.data?.GlobalStats.bytesAssigned ?? Number.POSITIVE_INFINITY
}

/** A time to come is a plan or a mistake, not an update, and one before 1970 stands for something else. */
function newestOf(database: string, { schema, name, column, timezone }: NewestRequest, place: number): string {
  const newest = `max(${column === null ? 'null::timestamp_ltz' : quoteIdentifier(column.name)})`
  // A time without a zone is one of the clock that the expectation, or the source, says.
  const moment =
    column === null || column.type === 'timestamptz'
      ? newest
      : `convert_timezone(${quoteLiteral(timezone)}, 'UTC', ${newest})`
  return `select ${place} as "place", date_part(epoch_millisecond, ${moment}) as "ms"
  from ${quoteName(database, schema, name)}`
}

function found({ externalId, column, by }: NewestRequest, row: NewestRow | undefined): NewestResult {
  const ms = row?.ms ?? null
  const ahead = ms !== null && ms > Date.now()
  const columnAt = ms === null || ahead || ms < 0 ? null : new Date(ms).toISOString()
  const read = {
    column: column?.name ?? null,
    columnAt,
    ahead,
    committedAt: null,
    by,
    whole: false,
    byMetadata: true as const,
  }
  return { externalId, kind: 'read', read }
}
