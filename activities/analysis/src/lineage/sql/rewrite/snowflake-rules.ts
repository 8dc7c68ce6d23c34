import { afterParenthesis, isMark, isWord } from '../lex.ts'
import { allColumns } from '../tree.ts'
import {
  afterName,
  atStart,
  isName,
  option,
  rule,
  spaced,
  textOf,
  withParenthesis,
  words,
  wrapped,
  type Rule,
} from './rule.ts'

/** A stream has the rows of a table, as they change. */
const stream = atStart('CREATE', (tokens) => {
  const kind = tokens.slice(0, 5).findIndex((token) => isWord(token, 'STREAM'))
  if (kind < 0) return null
  const name = isWord(tokens[kind + 1], 'IF') ? kind + 4 : kind + 1
  const on = tokens.findIndex((token, index) => isWord(token, 'ON') && isWord(tokens[index + 1], ...streamable))
  if (on < 0) return null
  const of = isWord(tokens[on + 2], 'TABLE') ? on + 3 : on + 2
  return {
    from: 0,
    to: tokens.length,
    by: `CREATE TABLE ${textOf(tokens, name, afterName(tokens, name))} CLONE ${textOf(tokens, of, afterName(tokens, of))}`,
  }
})
const streamable = ['TABLE', 'VIEW', 'DYNAMIC', 'EXTERNAL']

/** Within `SEMANTIC_VIEW(…)` aliases are cut: the columns are those of the view. */
const semanticAliases = rule('SEMANTIC_VIEW', (tokens, at) => {
  if (!isMark(tokens[at + 1], '(')) return null
  const to = afterParenthesis(tokens, at + 1)
  const isAlias = (index: number) => isWord(tokens[index], 'AS') && isName(tokens[index + 1])
  const kept = tokens.slice(at, to).filter((_, index) => !isAlias(at + index) && !isAlias(at + index - 1))
  return kept.length === to - at ? null : { from: at, to, by: kept.map(({ text }) => text).join(' ') }
})

const policy = rule('WITH ROW MASKING AGGREGATION PROJECTION JOIN', (tokens, at) => {
  const first = isWord(tokens[at], 'WITH') ? at + 1 : at
  const row = isWord(tokens[first], 'ROW') && isWord(tokens[first + 1], 'ACCESS') && isWord(tokens[first + 2], 'POLICY')
  const other =
    isWord(tokens[first], 'MASKING', 'AGGREGATION', 'PROJECTION', 'JOIN') && isWord(tokens[first + 1], 'POLICY')
  if (!row && !other) return null
  const name = afterName(tokens, first + (row ? 3 : 2))
  const on = isWord(tokens[name], 'ON', 'USING') && isMark(tokens[name + 1], '(')
  return { from: at, to: on ? afterParenthesis(tokens, name + 1) : name, by: '' }
})

/** `UPDATE ALL BY NAME`, `INSERT ALL BY NAME` in MERGE: the one column says to the resolver that it is all. */
const allByName = rule('UPDATE INSERT', (tokens, at) => {
  if (!isWord(tokens[at + 1], 'ALL') || !isWord(tokens[at + 2], 'BY') || !isWord(tokens[at + 3], 'NAME')) return null
  const by = isWord(tokens[at], 'UPDATE') ? `UPDATE SET "${allColumns}" = 0` : `INSERT ("${allColumns}") VALUES (0)`
  return { from: at, to: at + 4, by }
})

/** A COPY that transforms on its way inserts what a query gives of a stage; the options behind it say how files are read. */
const copyTransformed = atStart('COPY', (tokens) => {
  const from = tokens.findIndex((token) => isWord(token, 'FROM'))
  if (!isWord(tokens[1], 'INTO') || !isMark(tokens[from + 1], '(') || !isWord(tokens[from + 2], 'SELECT')) return null
  if (tokens[2]?.text.startsWith('@') || tokens[2]?.kind === 'string') return null
  const query = spaced(tokens.slice(from + 2, afterParenthesis(tokens, from + 1) - 1))
  return { from: 0, to: tokens.length, by: `INSERT INTO ${spaced(tokens.slice(2, from))} ${query}` }
})

/** `FILE_FORMAT = (…)`, and `FILE_FORMAT = a.b` as it was written once. */
const fileFormat = rule('FILE_FORMAT', (tokens, at) => {
  if (!isMark(tokens[at + 1], '=')) return null
  const isList = isMark(tokens[at + 2], '(')
  const to = isList ? afterParenthesis(tokens, at + 2) : Math.max(afterName(tokens, at + 2), at + 3)
  return { from: at, to, by: '' }
})

/** `{*}`, `{t.* EXCLUDE a}`: an object of all columns. */
const objectOfAll = rule('{', (tokens, at) => {
  const star = isMark(tokens[at + 1], '*') ? at + 1 : at + 3
  const to = tokens.findIndex((token, index) => index > at && isMark(token, '}')) + 1
  if (!isMark(tokens[star], '*') || to === 0) return null
  return { from: at, to, by: `OBJECT_CONSTRUCT(${textOf(tokens, at + 1, star + 1)})` }
})

/** `model!PREDICT(…)`, a method of a class. */
const method = rule('!', (tokens, at) =>
  isName(tokens[at - 1]) && isName(tokens[at + 1]) ? { from: at, to: at + 1, by: '.' } : null,
)

/** `TABLE(v)` as an argument: its rows. */
const tableArgument = rule('TABLE', (tokens, at) => {
  const isArgument = isMark(tokens[at - 1], '>') || isMark(tokens[at - 1], ',')
  const to = afterName(tokens, at + 2)
  if (!isArgument || !isMark(tokens[at + 1], '(') || !isMark(tokens[to], ')') || to === at + 2) return null
  return { from: at, to: to + 1, by: `(SELECT * FROM ${textOf(tokens, at + 2, to)})` }
})

/** `WITH c (SELECT …)`: the word AS may be left out. */
const cteWithoutAs = rule('(', (tokens, at) => {
  const isCte = isName(tokens[at - 1]) && (isWord(tokens[at - 2], 'WITH', 'RECURSIVE') || isMark(tokens[at - 2], ','))
  return isCte && isWord(tokens[0], 'WITH') && isWord(tokens[at + 1], 'SELECT')
    ? { from: at, to: at + 1, by: 'AS (' }
    : null
})

/** `CAST(a AS ARRAY(INT))`, `a::MAP(VARCHAR, INT)`: what is within a structured type. */
const structuredType = rule('ARRAY OBJECT MAP', (tokens, at) =>
  isMark(tokens[at + 1], '(') && (isWord(tokens[at - 1], 'AS') || isMark(tokens[at - 1], ':'))
    ? { from: at, to: afterParenthesis(tokens, at + 1), by: 'VARIANT' }
    : null,
)

/** `DATE_PART(year FROM a)`. */
const datePart = rule('DATE_PART', (tokens, at) =>
  isMark(tokens[at + 1], '(') && isWord(tokens[at + 3], 'FROM')
    ? { from: at, to: at + 4, by: `EXTRACT(${(tokens[at + 2]?.text ?? '').replaceAll("'", '')} FROM` }
    : null,
)

const comment = rule('COMMENT', (tokens, at) =>
  tokens[at + 1]?.kind === 'string' ? { from: at, to: at + 2, by: '' } : null,
)

/** `CREATE TABLE t USING TEMPLATE (query)`: the query says which columns it has. */
const template = rule('USING', (tokens, at) =>
  isWord(tokens[0], 'CREATE') && isWord(tokens[at + 1], 'TEMPLATE') && isMark(tokens[at + 2], '(')
    ? { from: at, to: afterParenthesis(tokens, at + 2), by: '' }
    : null,
)

/** `CREATE SEMANTIC VIEW v TABLES (o AS orders PRIMARY KEY (id), customers) …` is over these tables. */
const semanticView = atStart('CREATE', (tokens) => {
  const kind = tokens.slice(0, 5).findIndex((token) => isWord(token, 'SEMANTIC'))
  const name = isWord(tokens[kind + 2], 'IF') ? kind + 5 : kind + 2
  const open = afterName(tokens, name) + 1
  if (kind < 0 || !isWord(tokens[open - 1], 'TABLES') || !isMark(tokens[open], '(')) return null
  const tables: string[] = []
  for (let index = open + 1; index < afterParenthesis(tokens, open) - 1; index++) {
    if (isMark(tokens[index], '(')) index = afterParenthesis(tokens, index) - 1
    else if (index === open + 1 || isMark(tokens[index - 1], ',')) {
      const of = isWord(tokens[index + 1], 'AS') ? index + 2 : index
      tables.push(textOf(tokens, of, afterName(tokens, of)))
    }
  }
  const by = `INSERT INTO ${textOf(tokens, name, open - 1)} SELECT NULL FROM ${tables.join(', ')}`
  return { from: 0, to: tokens.length, by }
})

export const snowflakeRules: readonly Rule[] = [
  withParenthesis('WITH TAG'),
  withParenthesis('TAG'),
  policy,
  copyTransformed,
  fileFormat,
  allByName,
  words('', 'COPY GRANTS'),
  words('REPLACE VIEW', 'REPLACE FORCE VIEW'),
  words('REPLACE TABLE', 'REPLACE HYBRID TABLE'),
  words('REPLACE TABLE', 'REPLACE DYNAMIC ICEBERG TABLE'),
  words('REPLACE TABLE', 'REPLACE TRANSIENT DYNAMIC TABLE'),
  words('CREATE TABLE', 'CREATE ICEBERG TABLE'),
  words('REPLACE TABLE', 'REPLACE ICEBERG TABLE'),
  option(
    'COMMENT CHANGE_TRACKING TARGET_LAG LAG WAREHOUSE REFRESH_MODE INITIALIZE CATALOG EXTERNAL_VOLUME BASE_LOCATION ' +
      'DATA_RETENTION_TIME_IN_DAYS MAX_DATA_EXTENSION_TIME_IN_DAYS DEFAULT_DDL_COLLATION ON_CREATE ENABLE_SCHEMA_EVOLUTION ' +
      'STAGE_FILE_FORMAT STAGE_COPY_OPTIONS SCHEDULER REFRESH_WAREHOUSE',
  ),
  comment,
  words('EXPLAIN', 'EXPLAIN USING TEXT'),
  words('EXPLAIN', 'EXPLAIN USING TABULAR'),
  words('EXPLAIN', 'EXPLAIN USING JSON'),
  wrapped('TASK', 'PIPE', 'ALERT'),
  words('JOIN', 'DIRECTED JOIN'),
  words('ORDER BY', 'ORDER SIBLINGS BY'),
  objectOfAll,
  method,
  tableArgument,
  cteWithoutAs,
  structuredType,
  datePart,
  stream,
  semanticAliases,
  template,
  semanticView,
]
