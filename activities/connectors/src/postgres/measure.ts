import type { ColumnMetric, ColumnType } from '@plumbline/workflows'
import { measurementOf } from '../measurement.ts'
import type { Measurement, MeasureRequest } from '../measuring.ts'
import { samplePercent } from '../sample-percent.ts'
import type { PostgresLink } from './link.ts'
import { quoteIdentifier, quoteRelation } from './quote.ts'

/**
 * Everything that is measured of a table by one statement. It casts what it computes with: `numeric` neither overflows nor adds
 * up errors, as sums of large floats do, and counts what the text of two values tells apart.
 *
 * NaN and the infinities are no measure of anything, and left out by `x - x = 0`, which is true of finite numbers alone
 * whatever the version.
 */
export async function measure(link: PostgresLink, request: MeasureRequest): Promise<Measurement> {
  await using _transaction = await link.begin(request.timeoutMs)
  const columns = request.columns.map(measuredColumn)
  const [row] = await link.query<{ rows: string; cut: boolean; values: (string | null)[] }>(
    measureQuery(request, columns),
  )
  return measurementOf({
    rows: Number(row?.rows ?? 0),
    cut: row?.cut === true,
    isPart: request.read.kind === 'part',
    outputs: columns.flatMap(({ name, outputs }) => outputs.map(({ metric }) => ({ column: name, metric }))),
    keys: request.keys.length,
    valueAt: (index) => row?.values[index] ?? null,
  })
}

interface MeasuredColumn {
  name: string
  /** What the inner query makes of the column, by name. */
  inputs: Record<string, string>
  outputs: { metric: ColumnMetric; expression: string }[]
}

function measuredColumn({ name, type }: { name: string; type: ColumnType }, index: number): MeasuredColumn {
  const column = quoteIdentifier(name)
  const [raw, number, text] = [`c${index}`, `n${index}`, `l${index}`]
  const nulls = { metric: 'null_share' as const, expression: `avg((${raw} is null)::int)` }
  const distinct = (of: string) => ({ metric: 'distinct_count' as const, expression: `count(distinct ${of})` })
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'float':
      return {
        name,
        inputs: { [raw]: column, [number]: numberOf(column, type) },
        outputs: [nulls, distinct(raw), ...statistics(number)],
      }
    case 'text':
      return {
        name,
        inputs: { [raw]: `${column}::text`, [text]: `length(${column}::text)` },
        outputs: [nulls, distinct(raw), ...lengths(text)],
      }
    case 'date':
    case 'timestamp':
      return {
        name,
        inputs: { [raw]: column, [number]: `case when isfinite(${column}) then ${column} end` },
        outputs: [nulls, distinct(raw), ...times(number)],
      }
    case 'boolean':
      return { name, inputs: { [raw]: column }, outputs: [nulls, { metric: 'mean', expression: `avg(${raw}::int)` }] }
    case 'uuid':
    case 'time':
    case 'interval':
    case 'network':
      return { name, inputs: { [raw]: column }, outputs: [nulls, distinct(raw)] }
    // Not every one of their types can be compared, and values may be megabytes.
    case 'json':
    case 'binary':
    case 'array':
    case 'struct':
    case 'geo':
    case 'other':
      return { name, inputs: { [raw]: column }, outputs: [nulls] }
  }
}

function numberOf(column: string, type: 'integer' | 'decimal' | 'float'): string {
  if (type === 'integer') return `${column}::bigint::numeric`
  if (type === 'float') return `case when ${column} - ${column} = 0 then ${column} end::numeric`
  return `case when ${column}::numeric - ${column}::numeric = 0 then ${column}::numeric end`
}

const quantiles = [
  ['p25', 1],
  ['p50', 2],
  ['p75', 3],
  ['p95', 4],
] as const

const statistics = (of: string): MeasuredColumn['outputs'] => [
  { metric: 'min', expression: `min(${of})` },
  { metric: 'max', expression: `max(${of})` },
  { metric: 'mean', expression: `avg(${of})` },
  { metric: 'stddev', expression: `stddev_samp(${of})` },
  ...quantiles.map(([metric, position]) => ({
    metric,
    // The same aggregate four times is computed once.
    expression: `(percentile_disc('{0.25,0.5,0.75,0.95}'::float8[]) within group (order by ${of}))[${position}]`,
  })),
]

const lengths = (of: string): MeasuredColumn['outputs'] => [
  { metric: 'min_length', expression: `min(${of})` },
  { metric: 'max_length', expression: `max(${of})` },
  { metric: 'mean_length', expression: `avg(${of})` },
]

const times = (of: string): MeasuredColumn['outputs'] => [
  { metric: 'earliest', expression: `extract(epoch from min(${of}))` },
  { metric: 'latest', expression: `extract(epoch from max(${of}))` },
]

/** As a unique key counts: rows that hold a null repeat nothing. */
function duplicatesOf(key: readonly string[], index: number): { inputs: Record<string, string>; expression: string } {
  const inputs = Object.fromEntries(key.map((name, part) => [`k${index}_${part}`, `${quoteIdentifier(name)}::text`]))
  const names = Object.keys(inputs)
  const complete = names.map((name) => `${name} is not null`).join(' and ')
  return {
    inputs,
    expression: `count(*) filter (where ${complete}) - count(distinct (${names.join(', ')})) filter (where ${complete})`,
  }
}

/** All in one array: a row has at most 1,664 columns. */
export function measureQuery(request: MeasureRequest, columns: readonly MeasuredColumn[]): string {
  const keys = request.keys.map(duplicatesOf)
  const inputs = Object.entries(
    Object.assign({}, ...columns.map((one) => one.inputs), ...keys.map((one) => one.inputs)),
  )
  const outputs = [...columns.flatMap((one) => one.outputs), ...keys]
  const values = outputs.map(({ expression }) => `(${expression})::text`)
  const { sample, limit, cut } = reading(request.read)
  return `select count(*)::text as rows, ${cut} as cut, array[${values.join(', ')}]::text[] as values
from (select ${inputs.map(([name, expression]) => `${String(expression)} as ${name}`).join(', ')}
  from ${quoteRelation(request.schema, request.table)}${sample}${limit}) measured`
}

function reading(read: MeasureRequest['read']): { sample: string; limit: string; cut: string } {
  switch (read.kind) {
    case 'all':
      return { sample: '', limit: '', cut: 'false' }
    case 'part':
      return { sample: ` tablesample system (${samplePercent(read.part)})`, limit: '', cut: 'false' }
    case 'rows':
      return { sample: '', limit: ` limit ${Math.trunc(read.rows)}`, cut: `count(*) = ${Math.trunc(read.rows)}` }
  }
}
