import type { NewestRequest } from '@plumbline/workflows'
import { ConnectorError } from '../../connector-error.ts'
import type { NewestResult } from '../../connector.ts'
import { relationOid } from '../catalog-rows.ts'
import { isConnectionCode } from '../driver-error.ts'
import type { PostgresLink } from '../link.ts'
import { quoteIdentifier, quoteLiteral, quoteRelation } from '../quote.ts'

const statementTimeoutMs = { many: 15_000, one: 5_000 }
/** What a look at the end of a table reads at most: 256 KB with the usual pages. */
const tailPages = 32

interface NewestRow {
  place: number
  column_ms: number | null
  commit_ms: number | null
  ahead: boolean | null
  whole: boolean
}

/**
 * The newest rows of some tables: one statement for all of them, and where that fails one for each, so that what is wrong with one
 * table is told of that one. No statement may read a whole table: an index gives the newest value at once, or a range of row
 * addresses bounds what is read; a plan without either is made impossible as far as the planner can be told.
 */
export async function readNewest(link: PostgresLink, requests: readonly NewestRequest[]): Promise<NewestResult[]> {
  if (requests.length === 0) return []
  try {
    return await readTogether(link, requests, statementTimeoutMs.many)
  } catch (error) {
    if (!isOfTable(error)) throw error
  }
  const results: NewestResult[] = []
  for (const request of requests) results.push(await readAlone(link, request))
  return results
}

async function readAlone(link: PostgresLink, request: NewestRequest): Promise<NewestResult> {
  try {
    const [result] = await readTogether(link, [request], statementTimeoutMs.one)
    if (!result) throw new Error('an aggregate gave no row')
    return result
  } catch (error) {
    if (!isOfTable(error)) throw error
    return { externalId: request.externalId, kind: 'failed', code: error.code, message: error.message }
  }
}

const isOfTable = (error: unknown): error is ConnectorError =>
  error instanceof ConnectorError && !isConnectionCode(error.code) && error.code !== 'too-many-connections'

async function readTogether(
  link: PostgresLink,
  requests: readonly NewestRequest[],
  timeoutMs: number,
): Promise<NewestResult[]> {
  await using _transaction = await link.begin(timeoutMs)
  await link.query(plannerSettings)
  const rows = await link.query<NewestRow>(newestQuery(requests))
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  for (const row of await readBeforeNow(link, requests, byPlace)) byPlace.set(row.place, row)
  return requests.map((request, place): NewestResult => {
    const row = byPlace.get(place) ?? noRow
    const read = {
      column: request.column?.name ?? null,
      columnAt: timeOf(row.column_ms),
      ahead: row.ahead ?? false,
      committedAt: timeOf(row.commit_ms),
      by: request.by,
      whole: row.whole,
    }
    return { externalId: request.externalId, kind: 'read', read }
  })
}

/** What a step in an index finds where there is nothing; a look at the last pages always gives a row. */
const noRow = { column_ms: null, commit_ms: null, ahead: false, whole: false }

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

const plannerSettings = `
select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
  set_config('max_parallel_workers_per_gather', '0', true)`

export function newestQuery(requests: readonly NewestRequest[]): string {
  return requests
    .map((request, place) => (request.by === 'index' ? byIndex(request, place) : byTail(request, place)))
    .join('\nunion all\n')
}

/** Of those whose newest value is still to come, which are few, the newest before. */
async function readBeforeNow(
  link: PostgresLink,
  requests: readonly NewestRequest[],
  found: ReadonlyMap<number, NewestRow>,
): Promise<NewestRow[]> {
  const statements = requests.flatMap((request, place) =>
    request.by === 'index' && found.get(place)?.ahead ? [byIndexBeforeNow(request, place)] : [],
  )
  return statements.length === 0 ? [] : link.query<NewestRow>(statements.join('\nunion all\n'))
}

/**
 * The one step that finds the newest value is most of what a table costs, nearly all of it planning: so there is one, and whether that
 * value is still to come is seen from it. A time to come is a plan or a mistake, not an update, and one before 1970 stands for
 * something else, as for "never".
 */
function byIndex(request: NewestRequest, place: number): string {
  const { value, first, bound } = columnTerms(request)
  const from = `from ${tableOf(request)} where ${value} >= ${first}`
  const found = (newest: string) => `select ${place} as place,
  case when ${newest} <= ${bound} then ${epochMs(newest, request)} end as column_ms, null::float8 as commit_ms,
  coalesce(${newest} > ${bound}, false) as ahead, false as whole ${from}`
  // The cheaper of the two would sort the table where the index keeps nulls elsewhere than this order has them.
  if (request.column?.oddNulls) return found(`max(${value})`)
  return `(${found(value)} order by ${value} desc limit 1)`
}

function byIndexBeforeNow(request: NewestRequest, place: number): string {
  const { value, first, bound } = columnTerms(request)
  return `select ${place} as place, ${epochMs(`max(${value})`, request)} as column_ms, null::float8 as commit_ms,
  true as ahead, false as whole
  from ${tableOf(request)} where ${value} >= ${first} and ${value} <= ${bound}`
}

function byTail(request: NewestRequest, place: number): string {
  const { value, first, bound } = columnTerms(request)
  const newest = `max(${value}) filter (where ${value} >= ${first} and ${value} <= ${bound})`
  const column = request.column === null ? 'null::float8' : epochMs(newest, request)
  const ahead = request.column === null ? 'false' : `bool_or(${value} > ${bound})`
  const commit = request.commitTimestamps
    ? 'extract(epoch from max(pg_xact_commit_timestamp(xmin)))::float8 * 1000'
    : 'null::float8'
  const oid = relationOid(request.externalId)
  const size = `pg_relation_size(${oid}::oid) / current_setting('block_size')::bigint`
  return `select ${place} as place, ${column} as column_ms, ${commit} as commit_ms, ${ahead} as ahead,
  (select ${size}) <= ${tailPages} as whole
  from ${tableOf(request)}
  where ctid >= (select format('(%s,0)', greatest(0, ${size} - ${tailPages}))::tid)`
}

const tableOf = ({ schema, name }: NewestRequest): string => quoteRelation(schema, name)

/** The column, and in its type the first time that is believed and the present. */
function columnTerms({ column, timezone }: NewestRequest): { value: string; first: string; bound: string } {
  const value = quoteIdentifier(column?.name ?? '')
  const here = `now() at time zone ${quoteLiteral(timezone)}`
  if (column?.type === 'timestamptz') return { value, first: `timestamptz '1970-01-01 00:00Z'`, bound: 'now()' }
  // A day later: in no time zone it lies before the beginning of 1970 by UTC.
  if (column?.type === 'date') return { value, first: `date '1970-01-02'`, bound: `(${here})::date` }
  return { value, first: `timestamp '1970-01-02'`, bound: `(${here})` }
}

/** The beginning of the day for a date. */
function epochMs(term: string, { column, timezone }: NewestRequest): string {
  const moment = column?.type === 'timestamptz' ? term : `(${term})::timestamp at time zone ${quoteLiteral(timezone)}`
  return `extract(epoch from ${moment})::float8 * 1000`
}
