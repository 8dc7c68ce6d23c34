import { afterParenthesis, isMark, isWord, type Token } from '../lex.ts'
import { afterName, atStart, isName, rule, spaced, textOf, withParenthesis, words, type Rule } from './rule.ts'

/** `TABLE t` as a query. */
const tableQuery = rule('TABLE', (tokens, at) =>
  at === 0 || (isWord(tokens[0], 'INSERT') && at > 2 && !isMark(tokens[at - 1], '(') && !isMark(tokens[at - 1], ','))
    ? { from: at, to: at + 1, by: 'SELECT * FROM' }
    : null,
)

/** Of an assignment, a return and a call, what counts is what they read. */
const assigned: Rule = atStart('*', (tokens) => {
  if (isWord(tokens[0], 'RETURN') && isWord(tokens[1], 'QUERY')) return { from: 0, to: 2, by: '' }
  if (isWord(tokens[0], 'RETURN') && isWord(tokens[1], 'TABLE') && isMark(tokens[2], '('))
    return { from: 0, to: 2, by: 'SELECT' }
  if (isWord(tokens[0], 'RETURN', 'PERFORM')) return { from: 0, to: 1, by: 'SELECT' }
  if (!isName(tokens[0])) return null
  const value = tokens.findIndex((token, index) => index < 6 && isMark(token, ':') && isMark(tokens[index + 1], '='))
  return value > 0 ? { from: 0, to: value + 2, by: 'SELECT' } : null
})

/** `CREATE RECURSIVE VIEW v (a) AS query`: the view of a recursive query of its name. */
const recursiveView = atStart('CREATE', (tokens) => {
  const kind = tokens.findIndex((token) => isWord(token, 'VIEW'))
  const behind = afterName(tokens, kind + 1)
  const as = tokens.findIndex((token, index) => index >= behind && isWord(token, 'AS'))
  if (kind > 6 || !isWord(tokens[kind - 1], 'RECURSIVE') || as < 0) return null
  const name = textOf(tokens, kind + 1, behind)
  const own = tokens[behind - 1]?.text ?? ''
  const [list, query] = [spaced(tokens.slice(behind, as)), spaced(tokens.slice(as + 1))]
  const by = `CREATE VIEW ${name} AS WITH RECURSIVE ${own} ${list} AS (${query}) SELECT * FROM ${own}`
  return { from: 0, to: tokens.length, by }
})

/** `TABLESAMPLE BERNOULLI (5) REPEATABLE (1)`: some of the rows. */
const sample = rule('TABLESAMPLE SAMPLE', (tokens, at) => {
  const open = isMark(tokens[at + 1], '(') ? at + 1 : at + 2
  if (!isMark(tokens[open], '(')) return null
  const to = afterParenthesis(tokens, open)
  const isSeeded = isWord(tokens[to], 'REPEATABLE', 'SEED') && isMark(tokens[to + 1], '(')
  return { from: at, to: isSeeded ? afterParenthesis(tokens, to + 1) : to, by: '' }
})

/** `LOAD DATA OVERWRITE t (a INT64) FROM FILES (…)`, `LOAD DATA INPATH 'x' INTO TABLE t`: the table is filled from elsewhere. */
const load = atStart('LOAD', (tokens) => {
  const into = tokens.findLastIndex((token, index) => index < 8 && isWord(token, 'INTO', 'OVERWRITE'))
  const name = isWord(tokens[into + 1], 'TABLE', 'TEMP', 'TEMPORARY') ? into + 2 : into + 1
  const from = isWord(tokens[name], 'TABLE') ? name + 1 : name
  const to = afterName(tokens, from)
  return into > 0 && isWord(tokens[1], 'DATA') && to > from
    ? { from: 0, to: tokens.length, by: `TRUNCATE TABLE ${textOf(tokens, from, to)}` }
    : null
})

/** `%s` and `%(name)s`: the value that a driver puts there. */
const driverParameter = rule('%', (tokens, at) => {
  if (isMark(tokens[at + 1], '(') && isMark(tokens[at + 3], ')') && isWord(tokens[at + 4], 'S'))
    return { from: at, to: at + 5, by: 'NULL' }
  const isOperand = tokens[at - 1]?.kind === 'mark' && !isMark(tokens[at - 1], ')')
  return (isOperand || isWord(tokens[at - 1], ...beforeValue)) && isWord(tokens[at + 1], 'S')
    ? { from: at, to: at + 2, by: 'NULL' }
    : null
})
/** `?`: the same; PostgreSQL has operators of that name, which stand behind a value. */
const questionMark = rule('?', (tokens, at) => {
  const before = tokens[at - 1]
  const isOperator = before?.kind === 'mark' && (isMark(before, ')') || isMark(before, ']') || isMark(before, '@'))
  return !isOperator && (before?.kind === 'mark' || isWord(before, ...beforeValue))
    ? { from: at, to: at + 1, by: 'NULL' }
    : null
})
const beforeValue = 'LIKE ILIKE BETWEEN AND OR IN LIMIT OFFSET FIRST NEXT SELECT THEN ELSE WHEN INTERVAL VALUES'.split(
  ' ',
)

/** Hive: `FROM t INSERT INTO a SELECT x WHERE y INSERT INTO b SELECT z` are as many statements. */
const manyInserts = atStart('FROM', (tokens) => {
  const starts = outside(tokens, 'INSERT')
  const [first] = starts
  if (first === undefined) return null
  const from = spaced(tokens.slice(0, first))
  const statements = starts.map((start, index) => {
    const part = tokens.slice(start, starts[index + 1])
    const [behind = part.length] = outside(
      part,
      'WHERE',
      'GROUP',
      'HAVING',
      'ORDER',
      'LIMIT',
      'SORT',
      'DISTRIBUTE',
      'CLUSTER',
    )
    return `${spaced(part.slice(0, behind))} ${from} ${spaced(part.slice(behind))}`
  })
  return { from: 0, to: tokens.length, by: statements.join('; ') }
})

/** Where these words stand outside of parentheses. */
function outside(tokens: readonly Token[], ...found: readonly string[]): number[] {
  const at: number[] = []
  for (let index = 0; index < tokens.length; index++) {
    if (isMark(tokens[index], '(')) index = afterParenthesis(tokens, index) - 1
    else if (isWord(tokens[index], ...found)) at.push(index)
  }
  return at
}

export const dialectFreeRules: readonly Rule[] = [
  assigned,
  driverParameter,
  questionMark,
  manyInserts,
  load,
  words('', 'WITH CHECK OPTION'),
  words('', 'WITH NO DATA'),
  words('', 'WITH DATA'),
  words('', 'WITH NO SCHEMA BINDING'),
  words('', 'WITH READ ONLY'),
  withParenthesis('UNIQUE PRIMARY INDEX'),
  withParenthesis('PRIMARY INDEX'),
  words('', 'NO PRIMARY INDEX'),
  words('', 'ON COMMIT PRESERVE ROWS'),
  words('', 'PRIOR'),
  recursiveView,
  words('ALTER TABLE', 'ALTER VIEW'),
  words('ALTER TABLE', 'ALTER MATERIALIZED VIEW'),
  tableQuery,
  sample,
]
