import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectorError } from '../connector-error.ts'
import { cancelJob, labelValue } from './cancel-job.ts'
import { connectorErrorOf, isDuplicate } from './driver-error.ts'
import type { BigQueryLink } from './link.ts'
import { zJob, zQueryResults } from './resources.ts'

/** How long BigQuery holds an answer back for a job that runs. */
const waitMs = 10_000
/** What an answer may take on its way after BigQuery's own time limit. */
const networkSlackMs = 5_000
/** Between two looks at a job, where BigQuery holds nothing back. */
const pollMs = 100
const defaultTimeoutMs = 60_000
const rowsPerPage = 5_000

export interface QueryOptions {
  /** Also the time limit in BigQuery itself. */
  timeoutMs?: number
  /** Where it runs; BigQuery finds out by the tables of the query when left out. */
  location?: string
  /** Below the limit of the connection, for what must not even come near it. */
  maxBytesBilled?: number
  /** The project of names that say none; that where it runs when left out. */
  namesOf?: string
  /** In one page. */
  mostRows?: number
}

/** Rows as texts, in the order of the columns; what is no plain value is JSON. */
export interface RowPage {
  names: string[]
  /** Of the columns: `INTEGER`, `TIMESTAMP`, … */
  types: string[]
  rows: (string | null)[][]
}

/** All rows of a query that is known to return few, each by the names of its columns. */
export async function runQuery(
  link: BigQueryLink,
  sql: string,
  options: QueryOptions = {},
): Promise<Record<string, string | null>[]> {
  return (await Array.fromAsync(queryRecords(link, sql, options))).flat()
}

/** The rows of a query page by page, each by the names of its columns. */
export async function* queryRecords(
  link: BigQueryLink,
  sql: string,
  options: QueryOptions = {},
): AsyncGenerator<Record<string, string | null>[]> {
  for await (const { names, rows } of queryPages(link, sql, options))
    yield rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])))
}

export interface Estimate {
  bytes: number
  statementType: string
}

/**
 * What a query would read, for nothing. @throws ConnectorError `source-failed` where that is more than may be billed
 */
export async function estimateQuery(link: BigQueryLink, sql: string, options: QueryOptions = {}): Promise<Estimate> {
  const job = await link.call({
    method: 'POST',
    path: '/jobs',
    body: { ...jobOf(link, sql, options), configuration: { dryRun: true, ...configurationOf(link, sql, options) } },
    answer: zJob,
    of: 'payer',
  })
  const { totalBytesProcessed = 0, query } = job.statistics ?? {}
  const most = mostBytes(link, options)
  if (totalBytesProcessed > most)
    throw new ConnectorError(
      'source-failed',
      `It would read ${totalBytesProcessed} bytes, and the connection lets a query read ${most} (maxBytesBilled)`,
    )
  return { bytes: totalBytesProcessed, statementType: query?.statementType ?? '' }
}

/**
 * Runs a query as a job of its own, under an id that is known before: whatever answer is lost on the way, a second try runs nothing
 * twice, and what the signal ends is cancelled in BigQuery. Yields its rows page by page.
 */
export async function* queryPages(
  link: BigQueryLink,
  sql: string,
  options: QueryOptions = {},
): AsyncGenerator<RowPage> {
  const { timeoutMs = defaultTimeoutMs } = options
  const jobId = `plumbline_${randomUUID().replaceAll('-', '')}`
  const job: RunningJob = {
    jobId,
    location: options.location,
    deadline: performance.now() + timeoutMs + networkSlackMs,
  }
  try {
    await insert(link, job, jobOf(link, sql, options, jobId))
    yield* resultsOf(link, job, options)
  } catch (error) {
    if (link.signal.aborted || isLate(error)) await cancelJob(link, job)
    link.signal.throwIfAborted()
    throw tooLate(error, job, timeoutMs)
  }
  link.bytesBilled += await billedFor(link, job)
}

interface RunningJob {
  jobId: string
  location: string | undefined
  /** By the clock of this process. */
  deadline: number
}

async function insert(link: BigQueryLink, job: RunningJob, body: unknown): Promise<void> {
  try {
    const made = await link.call({ method: 'POST', path: '/jobs', body, answer: zJob, of: 'payer' })
    job.location = made.jobReference?.location ?? job.location
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

async function* resultsOf(
  link: BigQueryLink,
  job: RunningJob,
  { timeoutMs = defaultTimeoutMs, mostRows = rowsPerPage }: QueryOptions,
): AsyncGenerator<RowPage> {
  let pageToken: string | null | undefined
  for (;;) {
    if (performance.now() > job.deadline) throw lateError(timeoutMs)
    const answer = await link.call({
      path: `/queries/${job.jobId}`,
      query: {
        maxResults: String(mostRows),
        timeoutMs: String(Math.max(0, Math.min(waitMs, Math.round(job.deadline - performance.now())))),
        'formatOptions.useInt64Timestamp': 'true',
        ...(job.location !== undefined && { location: job.location }),
        ...(pageToken != null && { pageToken }),
      },
      answer: zQueryResults,
      of: 'payer',
    })
    // Some answer at once for a job that still runs.
    if (!answer.jobComplete) await sleep(pollMs, undefined, { signal: link.signal }).catch(() => undefined)
    else {
      const fields = answer.schema?.fields ?? []
      const [names, types] = [fields.map(({ name }) => name), fields.map(({ type }) => type)]
      yield { names, types, rows: (answer.rows ?? []).map(({ f }) => f.map(({ v }) => textOf(v))) }
      pageToken = answer.pageToken
      if (!pageToken) return
      // Reading what is there takes as long as who reads it.
      job.deadline = performance.now() + timeoutMs
    }
  }
}

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const lateError = (timeoutMs: number): ConnectorError =>
  new ConnectorError('statement-timeout', `No answer within ${Math.round(timeoutMs / 1000)} s`)
const isLate = (error: unknown): boolean => error instanceof ConnectorError && error.code === 'statement-timeout'

/** BigQuery stops a job by its time limit with the same reason as one that somebody cancelled. */
function tooLate(error: unknown, { deadline }: RunningJob, timeoutMs: number): ConnectorError {
  const failure = connectorErrorOf(error)
  const isOver = performance.now() > deadline - networkSlackMs
  return isOver && /time(d)? ?out|stopped|cancel/i.test(failure.message) && !isLate(failure)
    ? lateError(timeoutMs)
    : failure
}

async function billedFor(link: BigQueryLink, { jobId, location }: RunningJob): Promise<number> {
  const query = { fields: 'statistics(query(totalBytesBilled))', ...(location !== undefined && { location }) }
  const { statistics } = await link.call({ path: `/jobs/${jobId}`, query, answer: zJob, of: 'payer' })
  return statistics?.query?.totalBytesBilled ?? 0
}

const jobOf = (link: BigQueryLink, sql: string, options: QueryOptions, jobId?: string) => ({
  jobReference: {
    projectId: link.payer,
    ...(jobId !== undefined && { jobId }),
    ...(options.location !== undefined && { location: options.location }),
  },
  configuration: configurationOf(link, sql, options),
})

const configurationOf = (link: BigQueryLink, query: string, options: QueryOptions) => ({
  labels: { plumbline: labelValue(link.label) },
  jobTimeoutMs: String(options.timeoutMs ?? defaultTimeoutMs),
  query: {
    query,
    useLegacySql: false,
    maximumBytesBilled: String(mostBytes(link, options)),
    ...(options.namesOf !== undefined &&
      options.namesOf !== link.payer && {
        connectionProperties: [{ key: 'dataset_project_id', value: options.namesOf }],
      }),
  },
})

const mostBytes = (link: BigQueryLink, { maxBytesBilled = Infinity }: QueryOptions): number =>
  Math.min(link.settings.maxBytesBilled, maxBytesBilled)
