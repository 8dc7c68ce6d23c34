import { isMark, isWord } from '../lex.ts'
import { afterName, creates, isName, rule, textOf, wrapped, type Rule } from './rule.ts'

/** `SAFE.f(x)`: null instead of an error. */
const safe = rule('SAFE', (tokens, at) =>
  isMark(tokens[at + 1], '.') && isName(tokens[at + 2]) ? { from: at, to: at + 2, by: '' } : null,
)

/** How a materialized view is partitioned; the parser knows it of tables only. */
const viewPartition = rule('PARTITION', (tokens, at) => {
  if (!creates(tokens, 'VIEW') || !isWord(tokens[at + 1], 'BY')) return null
  const to = tokens.findIndex((token, index) => index > at && isWord(token, 'OPTIONS', 'AS'))
  return to < 0 || tokens.slice(0, at).some((token) => isWord(token, 'SELECT')) ? null : { from: at, to, by: '' }
})

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

const copy = rule('COPY', (tokens, at) =>
  at > 1 && isWord(tokens[0], 'CREATE') && isName(tokens[at + 1]) ? { from: at, to: at + 1, by: 'CLONE' } : null,
)

export const bigqueryRules: readonly Rule[] = [
  safe,
  arrayWithOffset,
  viewPartition,
  model,
  tableArgument,
  typedArray,
  setOperator,
  corresponding,
  wrapped('MODEL'),
  copy,
]
