import { afterParenthesis, isMark, isWord, type Token } from '../lex.ts'
import { afterName, atStart, isName, rule, textOf, words, wrapped, type Rule } from './rule.ts'

/** `SAFE.f(x)`: null instead of an error. */
const safe = rule('SAFE', (tokens, at) =>
  isMark(tokens[at + 1], '.') && isName(tokens[at + 2]) ? { from: at, to: at + 2, by: '' } : null,
)

/** `MODEL m` as an argument of a table function. */
const model = rule('MODEL', (tokens, at) =>
  (isMark(tokens[at - 1], '(') || isMark(tokens[at - 1], ',')) && isName(tokens[at + 1])
    ? { from: at, to: afterName(tokens, at + 1), by: "'model'" }
    : null,
)

/** `TABLE t` as an argument of a table function. */
const tableArgument = rule('TABLE', (tokens, at) => {
  const isArgument = isMark(tokens[at - 1], '(') || isMark(tokens[at - 1], ',')
  if (!isArgument || !isName(tokens[at + 1])) return null
  const to = afterName(tokens, at + 1)
  return { from: at, to, by: `(SELECT * FROM ${textOf(tokens, at + 1, to)})` }
})

const typedArray = rule('ARRAY', (tokens, at) => {
  if (!isMark(tokens[at + 1], '<')) return null
  let depth = 0
  for (let index = at + 1; index < tokens.length; index++) {
    if (isMark(tokens[index], '<')) depth++
    else if (isMark(tokens[index], '>') && --depth === 0)
      return isMark(tokens[index + 1], '[') ? { from: at, to: index + 1, by: '' } : null
  }
  return null
})

/** `FROM t, t.list AS e WITH OFFSET`: the path of an array, which is then said to be one. */
const arrayWithOffset = rule('*', (tokens, at) => {
  if (!isMark(tokens[at - 1], ',') && !isWord(tokens[at - 1], 'JOIN')) return null
  const to = afterName(tokens, at)
  if (to < at + 3) return null
  const named = isWord(tokens[to], 'AS') ? to + 2 : isName(tokens[to]) && !isWord(tokens[to], 'WITH') ? to + 1 : to
  if (!isWord(tokens[named], 'WITH') || !isWord(tokens[named + 1], 'OFFSET')) return null
  return { from: at, to, by: `UNNEST(${textOf(tokens, at, to)})` }
})

/** `LEFT OUTER UNION ALL BY NAME`, `INNER UNION ALL CORRESPONDING`: which columns stay where one side lacks them. */
const setOperator = rule('FULL LEFT INNER', (tokens, at) => {
  const to = isWord(tokens[at + 1], 'OUTER') ? at + 2 : at + 1
  return isWord(tokens[to], 'UNION', 'INTERSECT', 'EXCEPT') ? { from: at, to, by: '' } : null
})
const corresponding = rule('STRICT CORRESPONDING', (tokens, at) => {
  if (!isWord(tokens[at - 1], 'ALL', 'DISTINCT')) return null
  return { from: at, to: isWord(tokens[at], 'STRICT') ? at + 2 : at + 1, by: 'BY NAME' }
})

/** `t.2024_total`: behind a dot a name may begin with a digit. */
const digits = rule('.', (tokens, at) => {
  const name = tokens[at + 1]
  return name?.kind === 'number' && isName(tokens[at - 1]) && name.start === tokens[at]?.end
    ? { from: at, to: at + 2, by: `.\`${name.text}\`` }
    : null
})

/** `t AS a FOR SYSTEM_TIME AS OF x`: the table as it was. */
const systemTime = rule('FOR', (tokens, at) => {
  const as = isWord(tokens[at + 1], 'SYSTEM') ? at + 3 : at + 2
  if (!isWord(tokens[at + 1], 'SYSTEM', 'SYSTEM_TIME') || !isWord(tokens[as], 'AS')) return null
  let to = as + 2
  while (
    to < tokens.length &&
    !isWord(tokens[to], ...behindTable) &&
    !isMark(tokens[to], ')') &&
    !isMark(tokens[to], ',')
  )
    to = isMark(tokens[to], '(') ? afterParenthesis(tokens, to) : to + 1
  return { from: at, to, by: '' }
})
const behindTable =
  'WHERE GROUP HAVING ORDER LIMIT QUALIFY WINDOW UNION INTERSECT EXCEPT JOIN INNER LEFT RIGHT FULL CROSS ON USING WHEN'.split(
    ' ',
  )

/** `UNPIVOT (a FOR b IN (q1 AS 1))`. */
const numberAlias = rule('AS', (tokens, at) =>
  tokens[at + 1]?.kind === 'number' && tokens.slice(0, at).some((token) => isWord(token, 'UNPIVOT'))
    ? { from: at, to: at + 2, by: '' }
    : null,
)

/** `CREATE TABLE FUNCTION f(x INT64) AS query`: what its query reads. */
const tableFunction = atStart('CREATE', (tokens) => {
  const kind = tokens.findIndex((token) => isWord(token, 'FUNCTION'))
  if (kind < 2 || kind > 4 || !isWord(tokens[kind - 1], 'TABLE')) return null
  const as = tokens.findIndex((token, index) => isWord(token, 'AS') && isQueryStart(tokens[index + 1]))
  return as < 0 ? null : { from: 0, to: as + 1, by: '' }
})
const isQueryStart = (token: Token | undefined): boolean => isWord(token, 'SELECT', 'WITH') || isMark(token, '(')

const emptyStructure = rule('STRUCT', (tokens, at) =>
  isMark(tokens[at + 1], '(') && isMark(tokens[at + 2], ')') ? { from: at, to: at + 3, by: 'NULL' } : null,
)

const copy = rule('COPY', (tokens, at) =>
  at > 1 && isWord(tokens[0], 'CREATE') && isName(tokens[at + 1]) ? { from: at, to: at + 1, by: 'CLONE' } : null,
)

/** `r'a\'b'`: a raw string, whose quote the parser ends at. */
const rawString = rule('R RB BR', (tokens, at) =>
  tokens[at + 1]?.kind === 'string' && tokens[at + 1]?.start === tokens[at]?.end
    ? { from: at, to: at + 2, by: "''" }
    : null,
)

const connection = rule('WITH', (tokens, at) =>
  isWord(tokens[at + 1], 'CONNECTION') && isWord(tokens[0], 'CREATE')
    ? { from: at, to: Math.max(afterName(tokens, at + 2), at + 3), by: '' }
    : null,
)

/** Options are changed, and no column. */
const setOptions = rule('SET', (tokens, at) =>
  isWord(tokens[0], 'ALTER') && isWord(tokens[1], 'TABLE') && isWord(tokens[at + 1], 'OPTIONS')
    ? { from: at, to: tokens.length, by: 'DROP COLUMN option' }
    : null,
)

export const bigqueryRules: readonly Rule[] = [
  safe,
  arrayWithOffset,
  model,
  tableArgument,
  typedArray,
  setOperator,
  corresponding,
  digits,
  systemTime,
  numberAlias,
  tableFunction,
  emptyStructure,
  wrapped('MODEL'),
  copy,
  rawString,
  connection,
  setOptions,
  words('DROP TABLE', 'DROP SNAPSHOT TABLE'),
  words('DROP TABLE', 'DROP EXTERNAL TABLE'),
]
