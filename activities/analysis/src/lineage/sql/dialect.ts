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
const takesDatePart = /date|time|trunc|diff|add|sub|part|last_day|next_day|week|slice|array/

/** `DAY` in `DATEDIFF(DAY, a, b)` is a word of the function and no column. */
export const isDatePart = (functionName: string, word: string): boolean =>
  dateParts.has(word.toLowerCase()) && takesDatePart.test(functionName)

const wordValues = new Set(
  'current_date current_time current_timestamp localtime localtimestamp current_user session_user user sysdate systimestamp current_role current_schema current_database default rownum level'.split(
    ' ',
  ),
)

/** A value that is written like a column: `current_date`, a query's parameter, a system variable. */
export const isWordValue = (name: string): boolean => name.startsWith('@') || wordValues.has(name.toLowerCase())
