import type { SampleRequest } from '../connector.ts'
import { cellText } from './cell.ts'
import type { BigQueryLink } from './link.ts'
import { estimateQuery, runQuery } from './query-job.ts'
import { quoteIdentifier, quoteName } from './quote.ts'
import { zTableRows, zTableShape, type FieldResource } from './resources.ts'
import { isSharded } from './shards.ts'
import { tablePath } from './table-path.ts'
import { shardsOf } from './table-statistics.ts'

const timeoutMs = 30_000
const longestValue = 512

/**
 * The first rows that BigQuery has at hand. Those of a table are listed, which costs nothing; what is defined by a query, or lies
 * elsewhere, must be queried.
 * @returns for each column its values as text, cut at 512 characters, without nulls
 */
export async function sample(link: BigQueryLink, request: SampleRequest): Promise<string[][]> {
  if (request.columns.length === 0) return []
  const { schema } = request
  const table = isSharded(request.table)
    ? (await shardsOf(link, { schema, name: request.table })).newest
    : request.table
  const shape = await link.call({
    path: tablePath({ schema, name: table }),
    query: { fields: 'type,schema', view: 'BASIC' },
    answer: zTableShape,
  })
  const fields = new Map((shape.schema?.fields ?? []).map((field) => [field.name, field]))
  const columns = request.columns.map((name) => fields.get(name) ?? { name, type: 'STRING' })
  const rows = Math.max(0, Math.trunc(request.rows))
  const isListed = shape.type === 'TABLE' || shape.type === 'SNAPSHOT'
  return isListed
    ? listRows(link, { schema, table }, { columns, all: [...fields.values()] }, rows)
    : queryRows(link, { schema, table }, columns, rows)
}

interface Place {
  schema: string
  table: string
}

async function listRows(
  link: BigQueryLink,
  { schema, table }: Place,
  { columns, all }: { columns: readonly FieldResource[]; all: readonly FieldResource[] },
  rows: number,
): Promise<string[][]> {
  // They come in the order of the table, whatever the order they are asked for.
  const order = all.map(({ name }) => name).filter((name) => columns.some((column) => column.name === name))
  const { rows: found = [] } = await link.call({
    path: `${tablePath({ schema, name: table })}/data`,
    query: { selectedFields: order.join(','), maxResults: String(rows), 'formatOptions.useInt64Timestamp': 'true' },
    answer: zTableRows,
  })
  return columns.map((field) => {
    const place = order.indexOf(field.name)
    return found.flatMap(({ f }) => {
      const text = cellText(f[place]?.v, field)
      return text === null ? [] : [text.slice(0, longestValue)]
    })
  })
}

async function queryRows(
  link: BigQueryLink,
  { schema, table }: Place,
  columns: readonly FieldResource[],
  rows: number,
): Promise<string[][]> {
  const values = columns.map((field, index) => `left(${textExpression(field)}, ${longestValue}) as c${index}`)
  const place = quoteName(link.settings.project, schema, table)
  const sql = `select ${values.join(', ')} from ${place} limit ${rows}`
  await estimateQuery(link, sql, { timeoutMs })
  const found = await runQuery(link, sql, { timeoutMs })
  return columns.map((_, index) => found.flatMap((row) => row[`c${index}`] ?? []))
}

function textExpression({ name, type, mode }: FieldResource): string {
  const column = quoteIdentifier(name)
  if (mode === 'REPEATED') return `to_json_string(${column})`
  switch (type) {
    case 'RECORD':
    case 'STRUCT':
    case 'JSON':
      return `to_json_string(${column})`
    case 'BYTES':
      return `to_base64(${column})`
    case 'GEOGRAPHY':
      return `st_astext(${column})`
    default:
      return `cast(${column} as string)`
  }
}
