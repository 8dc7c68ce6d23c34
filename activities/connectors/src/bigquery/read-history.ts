import type { JobWarning } from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import type { HistoryMark, SourceStatement, StatementEvent, StatementRequest } from '../connector.ts'
import { listDatasets } from './datasets.ts'
import { endsSession } from './driver-error.ts'
import { historyStatement } from './history-statement.ts'
import type { BigQueryLink } from './link.ts'
import { queryRecords } from './query-job.ts'
import { roleFor } from './role-for.ts'
import { tooLongWarning } from '../too-long-warning.ts'

const timeoutMs = 300_000
/** BigQuery shows jobs in nearly real time, and promises no bound: what has just ended is the next job's. */
const lagMs = 60_000

/**
 * What wrote since it was read last, by its text, from the jobs of the project in each location where it has data. A location that cannot be
 * read is a warning that names the role, and is read from the beginning once it can be.
 */
export async function* readHistory(link: BigQueryLink, request: StatementRequest): AsyncGenerator<StatementEvent> {
  const to = new Date(Date.now() - lagMs)
  if ((request.readBefore?.to ?? request.since) >= to) return
  const known = regionsIn(request.readBefore)
  const read: string[] = []
  const counts = { left: request.limit, tooLong: 0 }
  for (const region of await regionsOf(link)) {
    if (counts.left === 0) break
    const since = known.has(region) ? (request.readBefore?.to ?? request.since) : request.since
    try {
      yield* readRegion(link, { ...request, region, since, to }, counts)
      read.push(region)
    } catch (error) {
      if (!(error instanceof ConnectorError) || endsSession(error)) throw error
      yield { kind: 'warnings', warnings: [notReadable(error, region, link.settings.project)] }
    }
  }
  if (counts.tooLong > 0)
    yield { kind: 'warnings', warnings: [tooLongWarning(counts.tooLong, 'query history', request.maxLength)] }
  if (read.length > 0) yield { kind: 'read', upTo: { source: `${place}${read.join(',')}`, to } }
}

/** A mark names the locations that it holds for. */
const place = 'jobs:'
const regionsIn = (mark: HistoryMark | null): ReadonlySet<string> =>
  new Set(mark?.source.startsWith(place) ? mark.source.slice(place.length).split(',') : [])

/** Where the project has datasets. */
async function regionsOf(link: BigQueryLink): Promise<string[]> {
  const datasets = await listDatasets(link)
  return [...new Set(datasets.flatMap(({ location }) => location?.toLowerCase() ?? []))].toSorted()
}

async function* readRegion(
  link: BigQueryLink,
  { region, ...request }: StatementRequest & { region: string; to: Date },
  counts: { left: number; tooLong: number },
): AsyncGenerator<StatementEvent> {
  const sql = historyStatement({ ...request, project: link.settings.project, region, limit: counts.left })
  for await (const rows of queryRecords(link, sql, { timeoutMs, location: region })) {
    const statements = rows.flatMap(statementOf)
    counts.left -= rows.length
    counts.tooLong += rows.length - statements.length
    if (statements.length > 0) yield { kind: 'statements', statements }
  }
}

function statementOf(row: Record<string, string | null>): SourceStatement[] {
  const { text, calls, target_dataset: schema, target_table: table } = row
  if (text == null) return []
  const statement = { externalId: '', name: '', text, calls: Number(calls ?? 0), searchPath: null }
  // A decorator names a partition of the table.
  return [schema && table ? { ...statement, target: { schema, name: table.replace(/[$@].*$/, '') } } : statement]
}

function notReadable({ code, message: said }: ConnectorError, region: string, project: string): JobWarning {
  const told = `The query history in ${region} cannot be read, so statements that ran there are not traced: ${said}`
  const grant = `It needs roles/bigquery.resourceViewer: ${roleFor(project, 'resourceViewer')}`
  const message = code === 'permission-denied' ? `${told}. ${grant}` : told
  return { code: 'history-not-readable', object: 'query history', message }
}
