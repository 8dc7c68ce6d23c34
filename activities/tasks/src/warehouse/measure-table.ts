import { checkMetricSql, type SqlDialect } from '@plumbline/analysis'
import {
  ConnectorError,
  type Measure,
  type Measurement,
  type MeasureRequest,
  type RelationSize,
  type Session,
} from '@plumbline/connectors'
import { seriesKeyOf, type MeasuredValue, type MetricDefinitionRecord, type SelectedRelation } from '@plumbline/store'
import {
  metricQueryTimeoutMs,
  mostMetricGroups,
  type ConfigOf,
  type JobWarning,
  type metricCapture,
} from '@plumbline/workflows'
import { warningOf } from './table-warning.ts'

export type DefinedOn = Pick<MetricDefinitionRecord, 'id' | 'name' | 'spec' | 'revision'>
export type CaptureConfig = ConfigOf<typeof metricCapture>

/**
 * Columns of one statement. A number takes two entries of its target list, of which Postgres allows 1,664; keys take some as well.
 */
const mostColumns = 400

/** Rows that are counted of a view or an external table, which tell nothing of their size. */
const mostRows = 100_000

/** How a table is read, and how many bytes that takes. */
export interface ReadPlan {
  read: { kind: 'all' } | { kind: 'part'; part: number } | { kind: 'rows'; rows: number }
  bytes: number
}

export function planOf(size: RelationSize, { exactUpToBytes, sampleBytes }: CaptureConfig): ReadPlan {
  const { bytes } = size
  if (bytes === null) return { read: { kind: 'rows', rows: mostRows }, bytes: 0 }
  if (bytes <= exactUpToBytes || bytes <= sampleBytes) return { read: { kind: 'all' }, bytes }
  return { read: { kind: 'part', part: sampleBytes / bytes }, bytes: sampleBytes }
}

export interface TableToMeasure {
  relation: SelectedRelation
  size: RelationSize
  plan: ReadPlan
  defined: readonly DefinedOn[]
  /** In which queries are written. */
  dialect: SqlDialect
}

export interface TableResult {
  values: MeasuredValue[]
  warnings: JobWarning[]
  /** Those that read data. */
  statements: number
  /** What they read. */
  bytes: number
  /** Its rows and columns could not be measured. */
  failed: boolean
  /** By definition, why what a person defined could not be measured. */
  failures: Map<string, JobWarning>
}

/**
 * All metrics of one table: its rows, columns and keys by one statement (several where it has very many columns), and each query of a
 * person by one of its own. What fails is a warning, and the rest is kept; so is the source's own estimate of the rows of a table that may not be read.
 */
export async function measureTable(
  session: Session,
  table: TableToMeasure,
  config: CaptureConfig,
): Promise<TableResult> {
  const result: TableResult = { values: [], warnings: [], statements: 0, bytes: 0, failed: false, failures: new Map() }
  const { relation, size } = table
  const keyed = keysOf(table, result)
  const rows = () => measureRows(session, { ...table, keyed }, config, result)
  if (!(await attempt(relation.qualifiedName, keyed, result, rows))) {
    result.failed = true
    if (size.rows !== null && result.values.length === 0) result.values.push(rowCount(estimate(size.rows)))
  }
  for (const one of table.defined) {
    if (one.spec.kind !== 'sql') continue
    const { sql } = one.spec
    await attempt(`${relation.qualifiedName}: ${one.name}`, [one], result, () =>
      runDefined(session, one, { sql, dialect: table.dialect }, result),
    )
  }
  return result
}

/** @returns false where it failed, which is then a warning, and the outcome of what was to be measured by it */
async function attempt(
  object: string,
  defined: readonly DefinedOn[],
  result: TableResult,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    const warning = warningOf(error, object)
    result.warnings.push(warning)
    for (const { id } of defined) result.failures.set(id, warning)
    return false
  }
}

type Keyed = DefinedOn & { columns: string[] }

/** The keys that can be counted: one of a column that is gone would cost the table all that its statement measures. */
function keysOf({ relation, size, defined }: TableToMeasure, result: TableResult): Keyed[] {
  return defined.flatMap((one): Keyed[] => {
    if (one.spec.kind !== 'duplicates') return []
    const { columns } = one.spec
    const missing = columns.filter((name) => !size.columns.includes(name))
    if (missing.length === 0 || size.columns.length === 0) return [{ ...one, columns }]
    const object = `${relation.qualifiedName}: ${one.name}`
    const what = 'Columns of its key are gone, or the role may not read them'
    const warning = {
      code: 'metric-unusable',
      object,
      message: `${object} was not measured. ${what}: ${missing.join(', ')}`,
    }
    result.warnings.push(warning)
    result.failures.set(one.id, warning)
    return []
  })
}

const estimate = (rows: number): Measure => ({ value: Math.round(rows), noData: null, method: 'estimate' })

function rowCount(measure: Measure): MeasuredValue {
  return withKey({ metric: 'row_count', column: null, group: null, definition: null, ...measure })
}

const withKey = (value: Omit<MeasuredValue, 'key'>): MeasuredValue => ({ key: seriesKeyOf(value), ...value })

async function measureRows(
  session: Session,
  { relation, size, plan, keyed }: TableToMeasure & { keyed: readonly Keyed[] },
  { columns, tableTimeoutSeconds }: CaptureConfig,
  result: TableResult,
): Promise<void> {
  // Its rows are estimated, and nothing else is asked for: there is nothing to read.
  if (plan.read.kind === 'part' && !columns && keyed.length === 0 && size.rows !== null) {
    result.values.push(rowCount(estimate(size.rows)))
    return
  }
  const left = columns ? relation.document.columns.filter(({ name }) => !size.columns.includes(name)) : []
  // Of a table of which nothing may be read, the statement says so.
  if (left.length > 0 && size.columns.length > 0) result.warnings.push(leftOut(relation, left))
  const read = columns ? relation.document.columns.filter((column) => !left.includes(column)) : []
  const ask = async (part: MeasureRequest['columns'], keys: MeasureRequest['keys']): Promise<Measurement> => {
    result.statements++
    result.bytes += plan.bytes
    const measured = await session.measure({
      schema: relation.schema,
      table: relation.name,
      columns: part,
      keys,
      read: plan.read,
      timeoutMs: tableTimeoutSeconds * 1_000,
    })
    // What is billed is known afterwards, and may be more than what was planned.
    result.bytes += (measured.bytesBilled ?? plan.bytes) - plan.bytes
    return measured
  }
  const keys = keyed.map((one) => one.columns)
  const first = await ask(read.slice(0, mostColumns), keys)
  result.values.push(rowCount(rowsOf(first, { size, plan })), ...columnValues(first, size))
  result.values.push(
    ...first.duplicates.flatMap((measure, index) => {
      const one = keyed[index]
      if (!one) return []
      const definition = { id: one.id, revision: one.revision }
      return [withKey({ metric: 'duplicates', column: null, group: null, definition, ...measure })]
    }),
  )
  for (let from = mostColumns; from < read.length; from += mostColumns) {
    result.values.push(...columnValues(await ask(read.slice(from, from + mostColumns), []), size))
  }
}

const columnValues = ({ columns }: Measurement, size: RelationSize): MeasuredValue[] =>
  columns.map(({ metric, column, ...measure }) =>
    withKey({ metric, column, group: null, definition: null, ...distinctOf({ metric, column, measure }, size) }),
  )

function leftOut({ qualifiedName }: SelectedRelation, columns: readonly { name: string }[]): JobWarning {
  const names = columns.map(({ name }) => name).join(', ')
  const message = `Columns of ${qualifiedName} were left out, which are gone or which the role may not read: ${names}`
  return { code: 'columns-left-out', object: qualifiedName, message }
}

function rowsOf(
  measured: { rows: number; cut: boolean },
  { size, plan }: Pick<TableToMeasure, 'size' | 'plan'>,
): Measure {
  if (plan.read.kind === 'part') return estimate(size.rows ?? measured.rows / plan.read.part)
  if (measured.cut) return { value: null, noData: 'too_large', method: 'exact' }
  return { value: measured.rows, noData: null, method: 'exact' }
}

/** What cannot be told from a part of the rows, the source may have counted itself. */
function distinctOf(
  { metric, column, measure }: { metric: string; column: string; measure: Measure },
  size: RelationSize,
): Measure {
  const known = size.distinct[column]
  if (metric !== 'distinct_count' || measure.noData !== 'sampled' || known === undefined) return measure
  return { value: known, noData: null, method: 'statistics' }
}

async function runDefined(
  session: Session,
  one: DefinedOn,
  { sql, dialect }: { sql: string; dialect: SqlDialect },
  result: TableResult,
): Promise<void> {
  // It was checked when it was defined; by the rules of then.
  const verdict = await checkMetricSql(sql, dialect)
  if (!verdict.ok) throw new ConnectorError('invalid-input', verdict.message)
  result.statements++
  const rows = await session.measureQuery({ sql, maxRows: mostMetricGroups, timeoutMs: metricQueryTimeoutMs })
  const definition = { id: one.id, revision: one.revision }
  const values = rows.length > 0 ? rows : [{ group: null, value: null }]
  result.values.push(
    ...values.map(({ group, value }) =>
      withKey({
        metric: 'sql',
        column: null,
        group,
        definition,
        value,
        noData: value === null ? 'no_rows' : null,
        method: 'exact',
      }),
    ),
  )
}
