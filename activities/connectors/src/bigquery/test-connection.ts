import type { ConnectionCheck, ErrorCode } from '@plumbline/workflows'
import type { ConnectorError } from '../connector-error.ts'
import { failedCheck, passedCheck, runChecks } from '../run-checks.ts'
import { connectorErrorOf } from './driver-error.ts'
import { historyView } from './history-statement.ts'
import { BigQueryLink, type LinkOptions } from './link.ts'
import { estimateQuery } from './query-job.ts'
import { zDatasetList, zPermissions, zTableList } from './resources.ts'
import { roleFor } from './role-for.ts'
import { tablePath } from './table-path.ts'

const wholeTestMs = 40_000

const checkNames = ['api', 'authentication', 'project', 'datasets', 'tables', 'queries', 'history'] as const
type CheckName = (typeof checkNames)[number]

/** Where opening fails tells how far it came. */
const openingCheckOf: Partial<Record<ErrorCode, CheckName>> = {
  'authentication-failed': 'authentication',
  'database-not-found': 'project',
  'permission-denied': 'project',
}

/**
 * Tries in order: reach the API, sign in, the project, a dataset, a table and the right to its rows, a query, and the history of
 * queries. Nothing of it costs anything. What comes after a failure is left out; a permission that is missing is named, with the
 * command that gives a role with it. @throws only the signal's reason
 */
export function testConnection(options: LinkOptions): Promise<ConnectionCheck[]> {
  return runChecks({
    signal: options.signal,
    limitMs: wholeTestMs,
    tryAll: (signal, checks) => tryAll({ ...options, signal }, checks),
    errorOf: connectorErrorOf,
    failedChecks: (done, failure) => failedChecks(done, failure, options),
  })
}

async function tryAll(options: LinkOptions, checks: ConnectionCheck[]): Promise<void> {
  const { settings } = options
  const link = await BigQueryLink.open(options)
  const who = settings.impersonate ?? link.email
  checks.push(passed('api', `${settings.url ?? 'BigQuery'} answers.`))
  checks.push(passed('authentication', `Signed in with ${settings.authenticator}${who ? ` as ${who}` : ''}.`))
  checks.push(passed('project', `The project ${settings.project} is open.`))
  const found = await tryDatasets(link)
  checks.push(found.check)
  if (found.dataset !== undefined) checks.push(await tryTables(link, found.dataset))
  await estimateQuery(link, 'select 1', locationOf(found))
  checks.push(passed('queries', `Queries run in the project ${link.payer}.`))
  checks.push(await tryHistory(link, found))
}

interface FoundDataset {
  check: ConnectionCheck
  dataset: string | undefined
  location: string | undefined
}

async function tryDatasets(link: BigQueryLink): Promise<FoundDataset> {
  const wanted = link.settings.location
  const { datasets = [] } = await link.call({ path: '/datasets', query: { maxResults: '1000' }, answer: zDatasetList })
  const seen = datasets.filter(({ location }) => wanted == null || location?.toLowerCase() === wanted.toLowerCase())
  const [first] = seen
  const where = wanted == null ? '' : ` in ${wanted}`
  if (first) {
    const check = passed('datasets', `The account sees ${seen.length} datasets${where}.`)
    return { check, dataset: first.datasetReference.datasetId, location: first.location }
  }
  const message = `The account sees no dataset${where}${datasets.length > 0 ? `, but ${datasets.length} elsewhere` : ''}.`
  const check = { ...passed('datasets', message), hint: roleFor(link.settings.project, 'metadataViewer') }
  return { check, dataset: undefined, location: wanted ?? undefined }
}

const rowsPermission = 'bigquery.tables.getData'

/** Discovery needs no right to read rows, so that one that is missing is a hint. */
async function tryTables(link: BigQueryLink, dataset: string): Promise<ConnectionCheck> {
  const path = `/datasets/${dataset}/tables`
  const { tables = [] } = await link.call({ path, query: { maxResults: '1' }, answer: zTableList })
  const [first] = tables
  if (!first) return passed('tables', `The tables of ${dataset} can be listed; it has none.`)
  const { tableId } = first.tableReference
  const { permissions = [] } = await link.call({
    method: 'POST',
    path: `${tablePath({ schema: dataset, name: tableId })}:testIamPermissions`,
    body: { permissions: [rowsPermission] },
    answer: zPermissions,
  })
  const message = `The structure of tables can be discovered, as that of ${dataset}.${tableId}`
  if (permissions.includes(rowsPermission)) return passed('tables', `${message}; the account may read its rows.`)
  const hint = roleFor(link.settings.project, 'dataViewer')
  return { ...passed('tables', `${message}; the permission ${rowsPermission} on its rows is missing.`), hint }
}

/** What ran before is for lineage only: without it the rest works. */
async function tryHistory(link: BigQueryLink, found: FoundDataset): Promise<ConnectionCheck> {
  const region = found.location?.toLowerCase() ?? 'us'
  try {
    await estimateQuery(link, historyProbe(link.settings.project, region), locationOf(found))
    return passed('history', `The history of queries in ${region} can be read.`)
  } catch (error) {
    const { code } = connectorErrorOf(error)
    if (code !== 'permission-denied' && code !== 'source-failed') throw error
    const message = 'The history of queries cannot be read (bigquery.jobs.listAll): only lineage would use it.'
    return { ...passed('history', message), hint: roleFor(link.settings.project, 'resourceViewer') }
  }
}

const historyProbe = (project: string, region: string): string =>
  `select job_id from ${historyView(project, region)} where creation_time > current_timestamp() limit 1`

const locationOf = ({ location }: FoundDataset) => (location === undefined ? {} : { location })

/** The check that failed, after those of opening that had passed by then without being told. */
function failedChecks(done: number, failure: ConnectorError, { settings }: LinkOptions): ConnectionCheck[] {
  const { code } = failure
  const name = done === 0 ? (openingCheckOf[code] ?? 'api') : (checkNames[done] ?? 'history')
  const before = done === 0 ? checkNames.slice(0, checkNames.indexOf(name)) : []
  const payer = settings.billingProject ?? settings.project
  const grants: Partial<Record<CheckName, string>> = {
    project: roleFor(settings.project, 'metadataViewer'),
    datasets: roleFor(settings.project, 'metadataViewer'),
    tables: roleFor(settings.project, 'metadataViewer'),
    queries: roleFor(payer, 'jobUser'),
  }
  const grant = code === 'permission-denied' ? grants[name] : undefined
  return [...before.map((one) => passed(one, untold[one] ?? 'It works.')), failedCheck(name, failure, grant)]
}

const untold: Partial<Record<CheckName, string>> = {
  api: 'BigQuery answers.',
  authentication: 'The credentials are right.',
}

const passed: (name: CheckName, message: string) => ConnectionCheck = passedCheck
