import type { ColumnMetric, ColumnType } from '@plumbline/workflows'
import { measurementOf } from '../measurement.ts'
import type { Measurement, MeasureRequest } from '../measuring.ts'
import { samplePercent } from '../sample-percent.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteIdentifier, quoteName } from './quote.ts'

/**
 * Everything that is measured of a table by one statement, as texts, so that no value is rounded on its way. NaN and the infinities are
 * no measure of anything, and left out by `x - x = 0`.
 */
export async function measure(link: SnowflakeLink, request: MeasureRequest): Promise<Measurement> {
  const outputs = request.columns.flatMap(({ name, type }) =>
    measuresOf(quoteIdentifier(name), type).map((output) => ({ column: name, ...output })),
  )
  const keys = request.keys.map(repetitionsOf)
  const [row = {}] = await link.query<Record<string, string | null>>(
    statementOf(link, request, [...outputs.map(({ expression }) => expression), ...keys]),
    { timeoutMs: request.timeoutMs },
  )
  const rows = Number(row['rows'] ?? 0)
  const cut = request.read.kind === 'rows' && rows === Math.trunc(request.read.rows)
  const isPart = request.read.kind === 'part'
  const valueAt = (index: number) => row[`v${index}`] ?? null
  return measurementOf({ rows, cut, isPart, outputs, keys: keys.length, valueAt })
}

interface Output {
  metric: ColumnMetric
  expression: string
}

function measuresOf(column: string, type: ColumnType): Output[] {
  const nulls: Output = { metric: 'null_share', expression: `count_if(${column} is null)::float / nullif(count(*), 0)` }
  const distinct: Output = { metric: 'distinct_count', expression: `count(distinct ${column})` }
  switch (type) {
    case 'integer':
    case 'decimal':
      return [nulls, distinct, ...statistics(column)]
    case 'float':
      return [nulls, distinct, ...statistics(`iff(${column} - ${column} = 0, ${column}, null)`)]
    case 'text':
      return [nulls, distinct, ...lengths(`length(${column})`)]
    case 'date':
    case 'timestamp':
      return [nulls, distinct, ...times(column)]
    case 'boolean':
      return [nulls, { metric: 'mean', expression: `avg(${column}::integer)` }]
    case 'uuid':
    case 'time':
    case 'interval':
    case 'network':
      return [nulls, distinct]
    // Not every one of their types can be compared, and values may be megabytes.
    case 'json':
    case 'binary':
    case 'array':
    case 'struct':
    case 'geo':
    case 'other':
      return [nulls]
  }
}

const quantiles = [
  ['p25', 0.25],
  ['p50', 0.5],
  ['p75', 0.75],
  ['p95', 0.95],
] as const

const statistics = (of: string): Output[] => [
  { metric: 'min', expression: `min(${of})` },
  { metric: 'max', expression: `max(${of})` },
  { metric: 'mean', expression: `avg(${of})` },
  { metric: 'stddev', expression: `stddev_samp(${of})` },
  ...quantiles.map(([metric, part]) => ({
    metric,
    expression: `percentile_disc(${part}) within group (order by ${of})`,
  })),
]

const lengths = (of: string): Output[] => [
  { metric: 'min_length', expression: `min(${of})` },
  { metric: 'max_length', expression: `max(${of})` },
  { metric: 'mean_length', expression: `avg(${of})` },
]

/** Seconds since 1970; a time without a zone counts as UTC. */
const times = (of: string): Output[] => [
  { metric: 'earliest', expression: `date_part(epoch_millisecond, min(${of})) / 1000` },
  { metric: 'latest', expression: `date_part(epoch_millisecond, max(${of})) / 1000` },
]

/** As a unique key counts: rows that hold a null repeat nothing, and `count(distinct a, b)` leaves them out by itself. */
function repetitionsOf(key: readonly string[]): string {
  const names = key.map(quoteIdentifier)
  const complete = names.map((name) => `${name} is not null`).join(' and ')
  return `count_if(${complete}) - count(distinct ${names.join(', ')})`
}

function statementOf(
  link: SnowflakeLink,
  { schema, table, read }: MeasureRequest,
  expressions: readonly string[],
): string {
  const place = quoteName(foldIdentifier(link.settings.database), schema, table)
  const values = expressions.map((expression, index) => `, (${expression})::varchar as "v${index}"`)
  const from: Record<MeasureRequest['read']['kind'], string> = {
    all: place,
    // Whole micro-partitions are read or passed over: by rows, all of the table would be read.
    part: `${place} sample system (${samplePercent(read.kind === 'part' ? read.part : 1)})`,
    rows: `(select * from ${place} limit ${read.kind === 'rows' ? Math.trunc(read.rows) : 0}) measured`,
  }
  return `select count(*)::varchar as "rows"${values.join('')} from ${from[read.kind]}`
}
