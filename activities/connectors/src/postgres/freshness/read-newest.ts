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
  await using _transaction = await link.begin(timeoutMs, plannerSettings)
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

const plannerSettings = { enable_seqscan: 'off', enable_bitmapscan: 'off', max_parallel_workers_per_gather: '0' }

/**
 * Most of what a table costs is opening it and planning the step: so the times are looked at once for all, and not in the part of each.
 */
function newestQuery(requests: readonly NewestRequest[]): string {
  const parts = requests.map((request, place) =>
    request.by === 'index' ? byIndex(request, place) : byTail(request, place),
  )
  return `
select place, coalesce(ahead, newest > now(), false) as ahead, whole,
  case when ahead is not null or newest between ${firstMoment} and now() then ${epochMs('newest')} end as column_ms,
  ${epochMs('committed')} as commit_ms
from (
${parts.join('\nunion all\n')}
) parts`
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
 * One step finds the newest value, whether or not it is still to come: that is seen from it. A time to come is a plan or a mistake, not
 * an update, and one before 1970 stands for something else, as for "never". Of a column with a time zone all of that is left to the
 * query around it. The condition is one for which no statistics are asked.
 */
function byIndex(request: NewestRequest, place: number): string {
  const { value, first, bound } = columnTerms(request)
  const from = `from ${tableOf(request)} where ${value} is not null`
  const found = (newest: string) => {
    const [moment, ahead] = namesMoments(request)
      ? [newest, 'null::bool']
      : [
          `case when ${newest} between ${first} and ${bound} then ${momentOf(newest, request)} end`,
          `${newest} > ${bound}`,
        ]
    return `select ${place} as place, ${moment} as newest, ${ahead} as ahead, null::timestamptz as committed, false as whole ${from}`
  }
  // The cheaper of the two would sort the table where the index keeps nulls elsewhere than this order has them.
  if (request.column?.oddNulls) return found(`max(${value})`)
  return `(${found(value)} order by ${value} desc limit 1)`
}

function byIndexBeforeNow(request: NewestRequest, place: number): string {
  const { value, first, bound } = columnTerms(request)
  return `select ${place} as place, ${epochMs(momentOf(`max(${value})`, request))} as column_ms, null::float8 as commit_ms,
  true as ahead, false as whole
  from ${tableOf(request)} where ${value} >= ${first} and ${value} <= ${bound}`
}

function byTail(request: NewestRequest, place: number): string {
  const { value, first, bound } = columnTerms(request)
  const newest = `max(${value}) filter (where ${value} >= ${first} and ${value} <= ${bound})`
  const [column, ahead] =
    request.column === null
      ? ['null::timestamptz', 'false']
      : [momentOf(newest, request), `coalesce(bool_or(${value} > ${bound}), false)`]
  const committed = request.commitTimestamps ? 'max(pg_xact_commit_timestamp(xmin))' : 'null::timestamptz'
  const oid = relationOid(request.identity ?? request.externalId)
  const size = `pg_relation_size(${oid}::oid) / current_setting('block_size')::bigint`
  return `select ${place} as place, ${column} as newest, ${ahead} as ahead, ${committed} as committed,
  (select ${size}) <= ${tailPages} as whole
  from ${tableOf(request)}
  where ctid >= (select format('(%s,0)', greatest(0, ${size} - ${tailPages}))::tid)`
}

const tableOf = ({ schema, name }: NewestRequest): string => quoteRelation(schema, name)

/** In UTC, the first time that is believed. */
const firstMoment = `timestamptz '1970-01-01 00:00Z'`

/** The column, and in its type the first time that is believed and the present. */
function columnTerms(request: NewestRequest): { value: string; first: string; bound: string } {
  const value = quoteIdentifier(request.column?.name ?? '')
  const here = `now() at time zone ${quoteLiteral(request.timezone)}`
  if (namesMoments(request)) return { value, first: firstMoment, bound: 'now()' }
  // A day later: in no time zone it lies before the beginning of 1970 by UTC.
  if (request.column?.type === 'date') return { value, first: `date '1970-01-02'`, bound: `(${here})::date` }
  return { value, first: `timestamp '1970-01-02'`, bound: `(${here})` }
}

/** Its values name a moment by themselves, not the time on a wall. */
const namesMoments = ({ column }: NewestRequest): boolean => column?.type === 'timestamptz'

/** The beginning of the day for a date. */
const momentOf = (term: string, request: NewestRequest): string =>
  namesMoments(request) ? term : `(${term})::timestamp at time zone ${quoteLiteral(request.timezone)}`

const epochMs = (moment: string): string => `extract(epoch from ${moment})::float8 * 1000`
