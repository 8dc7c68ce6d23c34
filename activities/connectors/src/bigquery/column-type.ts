import type { ColumnType } from '@plumbline/workflows'
import { quoteIdentifier } from './quote.ts'
import type { FieldResource } from './resources.ts'

/** By the names of the REST API, which are those of legacy SQL, and by those of SQL. */
const types: Readonly<Record<string, { type: ColumnType; native: string }>> = {
  BIGNUMERIC: { type: 'decimal', native: 'BIGNUMERIC' },
  BOOL: { type: 'boolean', native: 'BOOL' },
  BOOLEAN: { type: 'boolean', native: 'BOOL' },
  BYTES: { type: 'binary', native: 'BYTES' },
  DATE: { type: 'date', native: 'DATE' },
  DATETIME: { type: 'timestamp', native: 'DATETIME' },
  FLOAT: { type: 'float', native: 'FLOAT64' },
  FLOAT64: { type: 'float', native: 'FLOAT64' },
  GEOGRAPHY: { type: 'geo', native: 'GEOGRAPHY' },
  INT64: { type: 'integer', native: 'INT64' },
  INTEGER: { type: 'integer', native: 'INT64' },
  INTERVAL: { type: 'interval', native: 'INTERVAL' },
  JSON: { type: 'json', native: 'JSON' },
  NUMERIC: { type: 'decimal', native: 'NUMERIC' },
  RECORD: { type: 'struct', native: 'STRUCT' },
  STRING: { type: 'text', native: 'STRING' },
  STRUCT: { type: 'struct', native: 'STRUCT' },
  TIME: { type: 'time', native: 'TIME' },
  TIMESTAMP: { type: 'timestamp', native: 'TIMESTAMP' },
}

export const columnTypeOf = ({ type, mode }: FieldResource): ColumnType =>
  mode === 'REPEATED' ? 'array' : (types[type]?.type ?? 'other')

/** As SQL writes it, with all that is nested in it: `ARRAY<STRUCT<id INT64, total NUMERIC(12, 2)>>`. */
export function nativeTypeOf(field: FieldResource): string {
  const one = elementTypeOf(field)
  return field.mode === 'REPEATED' ? `ARRAY<${one}>` : one
}

function elementTypeOf({ type, fields, maxLength, precision, scale, rangeElementType }: FieldResource): string {
  const native = types[type]?.native ?? type
  if (native === 'STRUCT') return `STRUCT<${(fields ?? []).map(partOf).join(', ')}>`
  if (type === 'RANGE' && rangeElementType)
    return `RANGE<${types[rangeElementType.type]?.native ?? rangeElementType.type}>`
  if (precision !== undefined) return `${native}(${scale === undefined ? precision : `${precision}, ${scale}`})`
  return maxLength === undefined ? native : `${native}(${maxLength})`
}

const partOf = (field: FieldResource): string =>
  `${/^\w+$/.test(field.name) ? field.name : quoteIdentifier(field.name)} ${nativeTypeOf(field)}${field.mode === 'REQUIRED' ? ' NOT NULL' : ''}`
