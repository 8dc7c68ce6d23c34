import type { ColumnType } from '@plumbline/workflows'

/** A type as pg_type describes it; of a domain, the type at its base. */
export interface PostgresType {
  name: string
  /** typtype: b base, c composite, e enum, r range, m multirange, p pseudo. */
  kind: string
  /** typcategory: A is an array. */
  category: string
}

const byName: Readonly<Record<string, ColumnType>> = {
  bit: 'binary',
  bool: 'boolean',
  box: 'geo',
  bpchar: 'text',
  bytea: 'binary',
  char: 'text',
  cidr: 'network',
  circle: 'geo',
  citext: 'text',
  date: 'date',
  float4: 'float',
  float8: 'float',
  geography: 'geo',
  geometry: 'geo',
  halfvec: 'array',
  hstore: 'struct',
  inet: 'network',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  interval: 'interval',
  json: 'json',
  jsonb: 'json',
  line: 'geo',
  lseg: 'geo',
  macaddr: 'network',
  macaddr8: 'network',
  money: 'decimal',
  name: 'text',
  numeric: 'decimal',
  oid: 'integer',
  path: 'geo',
  point: 'geo',
  polygon: 'geo',
  raster: 'geo',
  text: 'text',
  time: 'time',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  timetz: 'time',
  uuid: 'uuid',
  varbit: 'binary',
  varchar: 'text',
  vector: 'array',
  xml: 'text',
}

/** Total: a type nobody listed, as a range or one of an extension, is `other`. */
export function columnTypeOf({ name, kind, category }: PostgresType): ColumnType {
  if (category === 'A') return 'array'
  if (kind === 'e') return 'text'
  if (kind === 'c') return 'struct'
  return kind === 'b' && Object.hasOwn(byName, name) ? (byName[name] ?? 'other') : 'other'
}
