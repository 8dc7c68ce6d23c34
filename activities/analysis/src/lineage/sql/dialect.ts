import type { Ident } from './tree.ts'

export const sqlDialects = ['postgres', 'snowflake', 'bigquery', 'generic'] as const
export type SqlDialect = (typeof sqlDialects)[number]

/** The dialects by the names of the parser. */
export const parserDialect = {
  postgres: 'postgresql',
  snowflake: 'snowflake',
  bigquery: 'bigquery',
  generic: 'generic',
} as const satisfies Record<SqlDialect, string>

/**
 * Only PostgreSQL's folding is applied to what is shown: its catalog is lower case. Snowflake's and BigQuery's names stay as
 * written, and all are compared without regard to case, because a schema may come from a tool that folds otherwise.
 */
export const foldIdentifier = (dialect: SqlDialect, { value, quote_style }: Ident): string =>
  dialect === 'postgres' && !quote_style ? value.toLowerCase() : value

/**
 * How the catalog may spell a name that a statement was found to use, the likeliest first: Snowflake reads a bare name in upper case, and
 * whether it was bare is not told here. Tables of one a day (`events_20240131`, `events_2024*`) are one in the catalog of BigQuery: `events_*`.
 */
export function catalogSpellings(dialect: SqlDialect, name: string): string[] {
  const other = dialect === 'snowflake' ? name.toUpperCase() : dialect === 'bigquery' ? shardsOf(name) : name
  return other === name ? [name] : [name, other]
}

const shardsOf = (name: string): string => name.replace(/\d{8}$|\d*\*$/, '*')

/** Where a select item may use the alias of one before it. */
export const hasLateralAliases = (dialect: SqlDialect): boolean => dialect === 'snowflake'

const dateParts = new Set(
  (
    'year years y yy yyyy yr quarter quarters q month months mon mm week weeks w wk isoweek iso_week weekiso dayofweek dow ' +
    'day days d dd dayofyear doy isoyear hour hours h hh hr minute minutes m mi min second seconds s sec ss millisecond ' +
    'milliseconds ms microsecond microseconds us nanosecond nanoseconds ns epoch epoch_second date time monday tuesday ' +
    'wednesday thursday friday saturday sunday century decade'
  ).split(' '),
)
/** Functions that take a part of a date as a bare word: before the other values, behind them, or on either side. */
const unitFirst = new Set(
  'dateadd datediff timestampadd timestampdiff timeadd timediff date_part datepart datename'.split(' '),
)
const unitLast = new Set(
  'date_diff datetime_diff timestamp_diff time_diff datetime_trunc timestamp_trunc time_trunc'.split(' '),
)
const unitEither = new Set('date_trunc trunc last_day'.split(' '))

/**
 * Where a call has the unit of time: `DAY` in `DATEDIFF(DAY, a, b)` and in `DATE_DIFF(a, b, DAY)` is no column.
 *
 * @param words the arguments that are bare words, and those that are strings with their quotes
 */
export function unitPosition(
  functionName: string,
  words: readonly (string | null)[],
  dialect: SqlDialect,
): number | null {
  const last = words.length - 1
  const isUnit = (index: number) => dateParts.has(words[index]?.toLowerCase() ?? '')
  // `DATE_TRUNC('month', day)` has its unit.
  if (unitEither.has(functionName) && words[0]?.startsWith("'")) return null
  if (last === 0) return functionName === 'week' && isUnit(0) ? 0 : null
  if ((unitFirst.has(functionName) || (unitEither.has(functionName) && dialect !== 'bigquery')) && isUnit(0)) return 0
  return (unitLast.has(functionName) || unitEither.has(functionName)) && isUnit(last) ? last : null
}

const clock = 'current_date current_time current_timestamp default'
const sessionWords = 'localtime localtimestamp current_user session_user current_role current_schema'
const wordValues: Record<SqlDialect, ReadonlySet<string>> = {
  generic: new Set(`${clock} ${sessionWords} user sysdate systimestamp current_database rownum level`.split(' ')),
  postgres: new Set(`${clock} ${sessionWords} user current_catalog sysdate`.split(' ')),
  snowflake: new Set(`${clock} ${sessionWords} current_database level`.split(' ')),
  bigquery: new Set(`${clock} current_datetime`.split(' ')),
}

/** A value that is written like a column: `current_date`, a query's parameter, a system variable. */
export const isWordValue = (name: string, dialect: SqlDialect): boolean =>
  name.startsWith('@') || wordValues[dialect].has(name.toLowerCase())
