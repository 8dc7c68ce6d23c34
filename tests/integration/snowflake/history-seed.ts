/** `SNOWFLAKE.ACCOUNT_USAGE`, which the emulator does not have: tables of these names, with the columns that are read. */
export const accountUsage = [
  'create database snowflake',
  'create schema snowflake.account_usage',
  `create table snowflake.account_usage.query_history (query_id varchar, query_text varchar, database_name varchar,
    schema_name varchar, query_type varchar, execution_status varchar, query_parameterized_hash varchar,
    start_time timestamp_ltz, end_time timestamp_ltz)`,
]
export const accessHistory = `create table snowflake.account_usage.access_history (query_id varchar,
  query_start_time timestamp_ltz, direct_objects_accessed variant, objects_modified variant)`

export interface PastRun {
  id: string
  text: string
  /** How long ago it ended. */
  hoursAgo: number
  type?: string
  schema?: string | null
  database?: string
  /** `query_parameterized_hash`: the same for the same text without its values. */
  hash?: string
  status?: string
}

/** A row of `QUERY_HISTORY`. */
export function ranStatement(run: PastRun): string {
  const {
    id,
    text,
    hoursAgo,
    type = 'INSERT',
    schema = 'SALES',
    database = 'SHOP',
    hash = text,
    status = 'SUCCESS',
  } = run
  const at = `dateadd('minute', -${Math.round(hoursAgo * 60)}, current_timestamp())`
  const values = [id, text, database, schema, type, status, hash].map((value) =>
    value === null ? 'null' : literal(value),
  )
  return `insert into snowflake.account_usage.query_history select ${values.join(', ')}, ${at}, ${at}`
}

/** Its row of `ACCESS_HISTORY`. */
export const accessedBy = (id: string, hoursAgo: number, read: object[], written: object[]): string =>
  `insert into snowflake.account_usage.access_history select ${literal(id)},
    dateadd('minute', -${Math.round(hoursAgo * 60)}, current_timestamp()), parse_json(${literal(JSON.stringify(read))}),
    parse_json(${literal(JSON.stringify(written))})`

const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
