import { quoteIdentifier, quoteLiteral } from './quote.ts'

/**
 * Where statements that ran are found: with the columns that each read and wrote, as texts, or as texts of what the role itself may see
 * and of the last 7 days.
 */
export const historyPlaces = ['access', 'account', 'own'] as const
export type HistoryPlace = (typeof historyPlaces)[number]

/**
 * How far what Snowflake shows is behind what runs, at most, in milliseconds: `ACCESS_HISTORY` 3 hours, `QUERY_HISTORY` 45 minutes. Its
 * functions are not behind. https://docs.snowflake.com/en/sql-reference/account-usage
 */
export const lagMs: Readonly<Record<HistoryPlace, number>> = { access: 10_800_000, account: 2_700_000, own: 0 }

/** How far back the functions of `INFORMATION_SCHEMA` look, less what a statement may wait. */
export const ownHistoryMs = 7 * 86_400_000 - 600_000
const mostOwn = 10_000
/** A statement runs for so many days at most: when it began bounds what is read of the history. */
const longestDays = 7

export interface HistoryWindow {
  database: string
  since: Date
  to: Date
  limit: number
  maxLength: number
}

export interface HistoryRow {
  /** Null where it is too long. */
  text: string | null
  database: string
  schema: string | null
  calls: number
  /** JSON. */
  read: string | null
  written: string | null
}

const writingTypes = [
  'INSERT',
  'MULTI_TABLE_INSERT',
  'MERGE',
  'UPDATE',
  'CREATE_TABLE_AS_SELECT',
  'CREATE_TABLE',
  'CLONE',
  'COPY',
]

/**
 * One row a text, without its values, and schema in which it ran: how often, and the latest run. Statements of another database count where
 * they name this one.
 */
export function historyStatement(
  place: HistoryPlace,
  { database, since, to, limit, maxLength }: HistoryWindow,
): string {
  const sameText = 'partition by coalesce(query_parameterized_hash, query_id), database_name, schema_name'
  const from =
    place === 'own'
      ? `table(${quoteIdentifier(database)}.information_schema.query_history(end_time_range_start => ${timeOf(since)},
        end_time_range_end => ${timeOf(to)}, result_limit => ${mostOwn}))`
      : 'snowflake.account_usage.query_history'
  const begun = `dateadd('day', -${longestDays}, ${timeOf(since)})`
  const runs = `
    select query_id, query_text, database_name, schema_name, count(*) over (${sameText}) as calls,
      row_number() over (${sameText} order by start_time desc) as nth
    from ${from}
    where start_time >= ${begun} and end_time >= ${timeOf(since)} and end_time < ${timeOf(to)}
      and execution_status = 'SUCCESS' and query_type in (${writingTypes.map(quoteLiteral).join(', ')})
      and (database_name = ${quoteLiteral(database)}
        or database_name is not null and contains(upper(query_text), ${quoteLiteral(database.toUpperCase())}))`
  const access =
    place === 'access'
      ? `left join snowflake.account_usage.access_history a on a.query_id = r.query_id and a.query_start_time >= ${begun}`
      : ''
  const seen = (column: string) => (place === 'access' ? `to_json(a.${column})` : 'null')
  return `select iff(length(r.query_text) <= ${maxLength}, r.query_text, null) as "text", r.database_name as "database",
    r.schema_name as "schema", r.calls as "calls", ${seen('direct_objects_accessed')} as "read",
    ${seen('objects_modified')} as "written"
  from (select * from (${runs}) where nth = 1 order by calls desc, query_id limit ${limit}) r ${access}
  order by r.calls desc, r.query_id`
}

const timeOf = (moment: Date): string => `${quoteLiteral(moment.toISOString())}::timestamp_ltz`
