import type { ColumnType } from '@plumbline/workflows'

/** The columns of `INFORMATION_SCHEMA.COLUMNS` that a type is made of. */
export interface TypeRow {
  type: string
  length: number | null
  precision: number | null
  scale: number | null
  timePrecision: number | null
}

const types: Readonly<Record<string, ColumnType>> = {
  ARRAY: 'array',
  BINARY: 'binary',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DECFLOAT: 'decimal',
  FLOAT: 'float',
  GEOGRAPHY: 'geo',
  GEOMETRY: 'geo',
  MAP: 'struct',
  OBJECT: 'json',
  TEXT: 'text',
  TIME: 'time',
  TIMESTAMP_LTZ: 'timestamp',
  TIMESTAMP_NTZ: 'timestamp',
  TIMESTAMP_TZ: 'timestamp',
  UUID: 'uuid',
  VARIANT: 'json',
  VECTOR: 'array',
}

/** A number without digits behind the point is whole, however many it has before. */
export function columnTypeOf({ type, scale }: TypeRow): ColumnType {
  if (type === 'NUMBER') return scale === 0 ? 'integer' : 'decimal'
  return types[baseOf(type)] ?? 'other'
}

/** As Snowflake shows it: `NUMBER(10,2)`, `VARCHAR(100)`, `TIMESTAMP_NTZ(9)`. */
export function nativeTypeOf({ type, length, precision, scale, timePrecision }: TypeRow): string {
  if (type === 'NUMBER' && precision !== null) return `NUMBER(${precision},${scale ?? 0})`
  if (type === 'TEXT') return length === null ? 'VARCHAR' : `VARCHAR(${length})`
  if (type === 'BINARY' && length !== null) return `BINARY(${length})`
  return timePrecision !== null && type.startsWith('TIME') ? `${type}(${timePrecision})` : type
}

/** A structured type has its parts behind it: `ARRAY(NUMBER(38,0))`. */
const baseOf = (type: string): string => type.split('(', 1)[0] ?? type
