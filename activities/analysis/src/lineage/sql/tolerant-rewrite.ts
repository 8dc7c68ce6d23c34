import type { SqlDialect } from './dialect.ts'
import { afterParenthesis, isMark, isWord, type Token } from './lex.ts'

/** Cuts or replaces a stretch of a statement, in tokens. */
interface Edit {
  from: number
  to: number
  by: string
}
type Rule = (tokens: readonly Token[], at: number) => Edit | null

/**
 * Writes a statement anew without what the parser does not know and what carries no data: tags and policies, options, forms that
 * another form says as well.
 *
 * @returns null when there is nothing to change
 */
export function tolerantRewrite(sql: string, tokens: readonly Token[], dialect: SqlDialect): string | null {
  const rules = [...common, ...byDialect[dialect]]
  const start = tokens[0]?.start ?? 0
  let text = ''
  let copied = 0
  let changed = false
  for (let index = 0; index < tokens.length; index++) {
    const edit = rules.map((rule) => rule(tokens, index)).find((found) => found !== null)
    if (!edit) continue
    changed = true
    text += `${sql.slice(copied, (tokens[edit.from]?.start ?? start) - start)}${edit.by} `
    copied = (tokens[edit.to]?.start ?? start + sql.length) - start
    index = edit.to - 1
  }
  return changed ? text + sql.slice(copied) : null
}

/** Words, and behind them a parenthesis. */
const withParenthesis =
  (...words: readonly string[]): Rule =>
  (tokens, at) => {
    const matches = words.every((word, index) => isWord(tokens[at + index], word))
    return matches && isMark(tokens[at + words.length], '(')
      ? { from: at, to: afterParenthesis(tokens, at + words.length), by: '' }
      : null
  }

const words =
  (by: string, ...sequence: readonly string[]): Rule =>
  (tokens, at) =>
    sequence.every((word, index) => isWord(tokens[at + index], word))
      ? { from: at, to: at + sequence.length, by }
      : null

/** `WORD = value`. */
const option =
  (...names: readonly string[]): Rule =>
  (tokens, at) => {
    if (!isWord(tokens[at], ...names) || !isMark(tokens[at + 1], '=')) return null
    const to = isMark(tokens[at + 2], '(') ? afterParenthesis(tokens, at + 2) : at + 3
    return { from: at, to, by: '' }
  }

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted'

/** @returns the index behind a dotted name */
function afterName(tokens: readonly Token[], at: number): number {
  let index = at
  while (isName(tokens[index])) {
    index++
    if (!isMark(tokens[index], '.')) break
    index++
  }
  return index
}

const textOf = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join('')

const atStart =
  (rule: Rule): Rule =>
  (tokens, at) =>
    at === 0 ? rule(tokens, at) : null

/** `TABLE t` as a query. */
const tableQuery = atStart((tokens, at) =>
  isWord(tokens[at], 'TABLE') ? { from: at, to: at + 1, by: 'SELECT * FROM' } : null,
)

/** `ONLY t` names the table without what inherits from it. */
const only: Rule = (tokens, at) =>
  isWord(tokens[at], 'FROM', 'JOIN', 'UPDATE', 'INTO') && isWord(tokens[at + 1], 'ONLY') && isName(tokens[at + 2])
    ? { from: at + 1, to: at + 2, by: '' }
    : null

/** `(row).*` is taken as the row. */
const rowStar: Rule = (tokens, at) =>
  isMark(tokens[at], ')') && isMark(tokens[at + 1], '.') && isMark(tokens[at + 2], '*')
    ? { from: at, to: at + 3, by: ')' }
    : null

/** `CREATE TABLE t (a, b) AS`: a view with column names says the same of the columns. */
const namedTableAs: Rule = (tokens, at) => {
  if (at !== 0 || !isWord(tokens[0], 'CREATE')) return null
  const table = tokens.findIndex((token) => isWord(token, 'TABLE'))
  const open = table < 0 ? -1 : afterName(tokens, isWord(tokens[table + 1], 'IF') ? table + 4 : table + 1)
  if (
    table < 0 ||
    table > 5 ||
    !isMark(tokens[open], '(') ||
    !isMark(tokens[open + 2], isMark(tokens[open + 2], ',') ? ',' : ')')
  )
    return null
  return { from: 0, to: table + 1, by: 'CREATE VIEW' }
}

/** How a materialized view is partitioned; the parser knows it of tables only. */
const viewPartition: Rule = (tokens, at) => {
  const isView = isWord(tokens[0], 'CREATE') && tokens.slice(1, 5).some((token) => isWord(token, 'VIEW'))
  if (!isView || !isWord(tokens[at], 'PARTITION') || !isWord(tokens[at + 1], 'BY')) return null
  const to = tokens.findIndex((token, index) => index > at && isWord(token, 'OPTIONS', 'AS'))
  return to < 0 || tokens.slice(0, at).some((token) => isWord(token, 'SELECT')) ? null : { from: at, to, by: '' }
}

/** `CREATE TASK t … AS statement`: what it runs. */
const wrapped =
  (...kinds: readonly string[]): Rule =>
  (tokens, at) => {
    if (at !== 0 || !isWord(tokens[0], 'CREATE') || !tokens.slice(1, 5).some((token) => isWord(token, ...kinds)))
      return null
    const inner = tokens.findIndex(
      (token, index) =>
        isWord(token, 'AS', 'THEN') &&
        isWord(tokens[index + 1], 'SELECT', 'WITH', 'INSERT', 'MERGE', 'COPY', 'UPDATE', 'DELETE', 'CREATE'),
    )
    return inner < 0 ? null : { from: 0, to: inner + 1, by: '' }
  }

/** A stream has the rows of a table, as they change. */
const stream: Rule = (tokens, at) => {
  if (at !== 0 || !isWord(tokens[0], 'CREATE')) return null
  const kind = tokens.slice(0, 5).findIndex((token) => isWord(token, 'STREAM'))
  if (kind < 0) return null
  const name = isWord(tokens[kind + 1], 'IF') ? kind + 4 : kind + 1
  const on = tokens.findIndex((token, index) => isWord(token, 'ON') && isWord(tokens[index + 1], 'TABLE', 'VIEW'))
  if (on < 0) return null
  const source = textOf(tokens, on + 2, afterName(tokens, on + 2))
  return {
    from: 0,
    to: tokens.length,
    by: `CREATE TABLE ${textOf(tokens, name, afterName(tokens, name))} CLONE ${source}`,
  }
}

/** Within `SEMANTIC_VIEW(…)` aliases are cut: the columns are those of the view. */
const semanticAlias: Rule = (tokens, at) => {
  if (!isWord(tokens[at], 'AS') || !isName(tokens[at + 1])) return null
  let depth = 0
  for (let back = at; back > 0; back--) {
    if (isMark(tokens[back], ')')) depth++
    else if (isMark(tokens[back], '(') && depth-- === 0)
      return isWord(tokens[back - 1], 'SEMANTIC_VIEW') ? { from: at, to: at + 2, by: '' } : null
  }
  return null
}

/** `MODEL m` as an argument of a table function. */
const model: Rule = (tokens, at) =>
  isWord(tokens[at], 'MODEL') && (isMark(tokens[at - 1], '(') || isMark(tokens[at - 1], ',')) && isName(tokens[at + 1])
    ? { from: at, to: afterName(tokens, at + 1), by: "'model'" }
    : null

/** `TABLE t` as an argument of a table function. */
const tableArgument: Rule = (tokens, at) => {
  const isArgument = isMark(tokens[at - 1], '(') || isMark(tokens[at - 1], ',')
  if (!isWord(tokens[at], 'TABLE') || !isArgument || !isName(tokens[at + 1])) return null
  const to = afterName(tokens, at + 1)
  return {
    from: at,
    to,
    by: `(SELECT * FROM ${textOf(tokens, at + 1, to)})`,
  }
}

const typedArray: Rule = (tokens, at) => {
  if (!isWord(tokens[at], 'ARRAY') || !isMark(tokens[at + 1], '<')) return null
  let depth = 0
  for (let index = at + 1; index < tokens.length; index++) {
    if (isMark(tokens[index], '<')) depth++
    else if (isMark(tokens[index], '>') && --depth === 0)
      return isMark(tokens[index + 1], '[') ? { from: at, to: index + 1, by: '' } : null
  }
  return null
}

/** `FROM t, t.list AS e WITH OFFSET`: the path of an array, which is then said to be one. */
const arrayWithOffset: Rule = (tokens, at) => {
  if (!isMark(tokens[at - 1], ',') && !isWord(tokens[at - 1], 'JOIN')) return null
  const to = afterName(tokens, at)
  if (to < at + 3) return null
  const named = isWord(tokens[to], 'AS') ? to + 2 : isName(tokens[to]) && !isWord(tokens[to], 'WITH') ? to + 1 : to
  if (!isWord(tokens[named], 'WITH') || !isWord(tokens[named + 1], 'OFFSET')) return null
  return { from: at, to, by: `UNNEST(${textOf(tokens, at, to)})` }
}

/** Of an assignment and a return, what counts is what they read. */
const assigned = atStart((tokens) => {
  if (isWord(tokens[0], 'RETURN') && isWord(tokens[1], 'QUERY')) return { from: 0, to: 2, by: '' }
  if (isWord(tokens[0], 'RETURN', 'PERFORM')) return { from: 0, to: 1, by: 'SELECT' }
  const value = tokens.findIndex((token, index) => index < 6 && isMark(token, ':') && isMark(tokens[index + 1], '='))
  return value > 0 ? { from: 0, to: value + 2, by: 'SELECT' } : null
})

const common: readonly Rule[] = [
  assigned,
  words('', 'WITH', 'NO', 'DATA'),
  words('', 'WITH', 'DATA'),
  words('', 'WITH', 'NO', 'SCHEMA', 'BINDING'),
  words('CREATE VIEW', 'CREATE', 'RECURSIVE', 'VIEW'),
  tableQuery,
]

const byDialect: Record<SqlDialect, readonly Rule[]> = {
  generic: [],
  postgres: [
    words('CREATE TABLE', 'CREATE', 'UNLOGGED', 'TABLE'),
    words('CREATE TABLE', 'CREATE', 'FOREIGN', 'TABLE'),
    words('', 'OVERRIDING', 'SYSTEM', 'VALUE'),
    words('', 'OVERRIDING', 'USER', 'VALUE'),
    words('', 'WITH', 'CHECK', 'OPTION'),
    words('', 'WITH', 'CASCADED', 'CHECK', 'OPTION'),
    words('', 'WITH', 'LOCAL', 'CHECK', 'OPTION'),
    words('BETWEEN', 'BETWEEN', 'SYMMETRIC'),
    withParenthesis('WITH'),
    words('', 'INCLUDING', 'ALL'),
    words('THEN DELETE', 'THEN', 'DO', 'NOTHING'),
    only,
    rowStar,
    namedTableAs,
    words('SELECT * FROM', 'REFRESH', 'MATERIALIZED', 'VIEW'),
  ],
  snowflake: [
    withParenthesis('WITH', 'TAG'),
    withParenthesis('TAG'),
    (tokens, at) => {
      const first = isWord(tokens[at], 'WITH') ? at + 1 : at
      const row =
        isWord(tokens[first], 'ROW') && isWord(tokens[first + 1], 'ACCESS') && isWord(tokens[first + 2], 'POLICY')
      const other =
        isWord(tokens[first], 'MASKING', 'AGGREGATION', 'PROJECTION', 'JOIN') && isWord(tokens[first + 1], 'POLICY')
      if (!row && !other) return null
      const name = afterName(tokens, first + (row ? 3 : 2))
      const on = isWord(tokens[name], 'ON', 'USING') && isMark(tokens[name + 1], '(')
      return { from: at, to: on ? afterParenthesis(tokens, name + 1) : name, by: '' }
    },
    words('', 'COPY', 'GRANTS'),
    words('REPLACE VIEW', 'REPLACE', 'FORCE', 'VIEW'),
    words('REPLACE TABLE', 'REPLACE', 'HYBRID', 'TABLE'),
    words('REPLACE TABLE', 'REPLACE', 'DYNAMIC', 'ICEBERG', 'TABLE'),
    words('ALTER TABLE', 'ALTER', 'VIEW'),
    words('CREATE TABLE', 'CREATE', 'ICEBERG', 'TABLE'),
    words('REPLACE TABLE', 'REPLACE', 'ICEBERG', 'TABLE'),
    option(
      'COMMENT',
      'CHANGE_TRACKING',
      'TARGET_LAG',
      'WAREHOUSE',
      'REFRESH_MODE',
      'INITIALIZE',
      'CATALOG',
      'EXTERNAL_VOLUME',
      'BASE_LOCATION',
      'DATA_RETENTION_TIME_IN_DAYS',
      'ON_CREATE',
    ),
    (tokens, at) =>
      isWord(tokens[at], 'COMMENT') && tokens[at + 1]?.kind === 'string' ? { from: at, to: at + 2, by: '' } : null,
    wrapped('TASK', 'PIPE', 'ALERT'),
    namedTableAs,
    stream,
    semanticAlias,
  ],
  bigquery: [
    arrayWithOffset,
    viewPartition,
    model,
    tableArgument,
    typedArray,
    wrapped('MODEL'),
    (tokens, at) =>
      at > 1 && isWord(tokens[0], 'CREATE') && isWord(tokens[at], 'COPY') && isName(tokens[at + 1])
        ? { from: at, to: at + 1, by: 'CLONE' }
        : null,
  ],
}
