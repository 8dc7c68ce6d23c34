import { isMark, isWord } from '../lex.ts'
import { atStart, isName, rule, words, type Rule } from './rule.ts'

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

export const dialectFreeRules: readonly Rule[] = [
  assigned,
  words('', 'WITH NO DATA'),
  words('', 'WITH DATA'),
  words('', 'WITH NO SCHEMA BINDING'),
  words('CREATE VIEW', 'CREATE RECURSIVE VIEW'),
  words('REPLACE VIEW', 'REPLACE RECURSIVE VIEW'),
  tableQuery,
]
