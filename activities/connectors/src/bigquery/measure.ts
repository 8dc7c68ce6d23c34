import type { ColumnMetric, ColumnType } from '@plumbline/workflows'
import { measurementOf } from '../measurement.ts'
import type { Measurement, MeasureRequest } from '../measuring.ts'
import { samplePercent } from '../sample-percent.ts'
import type { BigQueryLink } from './link.ts'
import { partitionFilter } from './partition-filter.ts'
import { estimateQuery, runQuery } from './query-job.ts'
import { quoteIdentifier, quoteName } from './quote.ts'
import { isSharded } from './shards.ts'
import { shardsOf } from './table-statistics.ts'

/**
 * Everything that is measured of a table by one query, as texts, so that no value is rounded on its way. What it would read is asked
 * first, and limited by what the connection allows.
 */
export async function measure(link: BigQueryLink, request: MeasureRequest): Promise<Measurement> {
  const outputs = request.columns.flatMap(({ name, type }) =>
    measuresOf(quoteIdentifier(name), type).map((output) => ({ column: name, ...output })),
  )
  const keys = request.keys.map(repetitionsOf)
  const expressions = [...outputs.map(({ expression }) => expression), ...keys]
  const sql = statementOf(expressions, await sourceOf(link, request))
  const { timeoutMs } = request
  await estimateQuery(link, sql, { timeoutMs })
  const billedBefore = link.bytesBilled
  const [row = {}] = await runQuery(link, sql, { timeoutMs })
  const rows = Number(row['row_total'] ?? 0)
  const cut = request.read.kind === 'rows' && rows === Math.trunc(request.read.rows)
  const isPart = request.read.kind === 'part'
  const valueAt = (index: number) => row[`v${index}`] ?? null
  return {
    ...measurementOf({ rows, cut, isPart, outputs, keys: keys.length, valueAt }),
    bytesBilled: link.bytesBilled - billedBefore,
  }
}

interface Output {
  metric: ColumnMetric
  expression: string
  isEstimate?: boolean
}

function measuresOf(column: string, type: ColumnType): Output[] {
  const nulls: Output = { metric: 'null_share', expression: `safe_divide(countif(${column} is null), count(*))` }
  const distinct: Output = { metric: 'distinct_count', expression: `count(distinct ${column})` }
  switch (type) {
    case 'integer':
    case 'decimal':
      return [nulls, distinct, ...statistics(column)]
    case 'float':
      // NaN and the infinities are no measure of anything.
      return [nulls, distinct, ...statistics(`if(is_nan(${column}) or is_inf(${column}), null, ${column})`)]
    case 'text':
      return [nulls, distinct, ...lengths(`char_length(${column})`)]
    case 'date':
    case 'timestamp':
      return [nulls, distinct, ...times(column)]
    case 'boolean':
      return [nulls, { metric: 'mean', expression: `avg(cast(${column} as int64))` }]
    case 'uuid':
    case 'time':
      return [nulls, distinct]
    // Not every one of their types can be grouped, and values may be megabytes.
    case 'json':
    case 'binary':
    case 'array':
    case 'struct':
    case 'geo':
    case 'interval':
    case 'network':
    case 'other':
      return [nulls]
  }
}

const quantiles = [
  ['p25', 25],
  ['p50', 50],
  ['p75', 75],
  ['p95', 95],
] as const

/** BigQuery aggregates quantiles near enough only. */
const statistics = (of: string): Output[] => [
  { metric: 'min', expression: `min(${of})` },
  { metric: 'max', expression: `max(${of})` },
  { metric: 'mean', expression: `avg(${of})` },
  { metric: 'stddev', expression: `stddev_samp(${of})` },
  ...quantiles.map(([metric, place]) => ({
    metric,
    expression: `approx_quantiles(${of}, 100)[safe_offset(${place})]`,
    isEstimate: true,
  })),
]

const lengths = (of: string): Output[] => [
  { metric: 'min_length', expression: `min(${of})` },
  { metric: 'max_length', expression: `max(${of})` },
  { metric: 'mean_length', expression: `avg(${of})` },
]

/** Seconds since 1970; a time without a zone counts as UTC. */
const times = (of: string): Output[] => [
  { metric: 'earliest', expression: `unix_millis(cast(min(${of}) as timestamp)) / 1000` },
  { metric: 'latest', expression: `unix_millis(cast(max(${of}) as timestamp)) / 1000` },
]

/** As a unique key counts: rows that hold a null repeat nothing. */
function repetitionsOf(key: readonly string[]): string {
  const names = key.map(quoteIdentifier)
  const complete = names.map((name) => `${name} is not null`).join(' and ')
  const [only] = names
  const whole = names.length === 1 ? only : `to_json_string(struct(${names.join(', ')}))`
  return `countif(${complete}) - count(distinct if(${complete}, ${whole}, null))`
}

const statementOf = (expressions: readonly string[], from: string): string => {
  const values = expressions.map((expression, index) => `, cast(${expression} as string) as v${index}`)
  return `select cast(count(*) as string) as row_total${values.join('')} from ${from}`
}

/** What is read of the table, with the filter that it may ask for. */
async function sourceOf(link: BigQueryLink, { schema, table, read }: MeasureRequest): Promise<string> {
  // A part of the shards is the newest of them: a sample cannot be taken of several tables at once.
  const isNewestOnly = read.kind === 'part' && isSharded(table)
  const name = isNewestOnly ? (await shardsOf(link, { schema, name: table })).newest : table
  const place = quoteName(link.settings.project, schema, name)
  const filter = isSharded(name) ? null : await partitionFilter(link, { schema, name })
  const where = filter === null ? '' : ` where ${filter}`
  switch (read.kind) {
    case 'all':
      return `${place}${where}`
    case 'part':
      // Blocks of storage are read or passed over, and only what is read is billed.
      return isNewestOnly ? place : `${place} tablesample system (${Number(samplePercent(read.part))} percent)${where}`
    case 'rows':
      return `(select * from ${place}${where} limit ${Math.trunc(read.rows)})`
  }
}
