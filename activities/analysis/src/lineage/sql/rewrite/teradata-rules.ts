import { afterParenthesis, isMark, isWord, type Token } from '../lex.ts'
import { atStart, isName, rule, type Rule } from './rule.ts'

const isValueEnd = (token: Token | undefined): boolean =>
  isName(token) || token?.kind === 'number' || token?.kind === 'string' || isMark(token, ')')
const isValueStart = (token: Token | undefined): boolean =>
  isName(token) || token?.kind === 'number' || token?.kind === 'string' || isMark(token, '(')

/** `a NE b`, `a MOD b`: operators that are words. */
const wordOperator = rule('EQ NE LT LE GT GE MOD', (tokens, at) =>
  isValueEnd(tokens[at - 1]) && isValueStart(tokens[at + 1]) ? { from: at, to: at + 1, by: '=' } : null,
)

/** `a ^= b`, `a NOT= b`. */
const unequal = rule('^ NOT', (tokens, at) => (isMark(tokens[at + 1], '=') ? { from: at, to: at + 2, by: '<>' } : null))

/** `a ** b`. */
const power = rule('*', (tokens, at) =>
  isMark(tokens[at], '*') && isMark(tokens[at + 1], '*') && isValueEnd(tokens[at - 1])
    ? { from: at, to: at + 2, by: '*' }
    : null,
)

/** `a (FORMAT 'YYYY', TITLE 'x')` says how a value is shown, `a (NAMED b)` how it is called. */
const shown = rule('(', (tokens, at) => {
  const to = afterParenthesis(tokens, at)
  if (isWord(tokens[at + 1], 'NAMED') && to === at + 4) return { from: at, to, by: `AS ${tokens[at + 2]?.text ?? ''}` }
  return isWord(tokens[at + 1], 'FORMAT', 'TITLE') && tokens[at + 2]?.kind === 'string'
    ? { from: at, to, by: '' }
    : null
})

/** `SEL`, wherever a query begins. */
const select = rule('SEL', (tokens, at) => {
  const before = tokens[at - 1]
  const isInside = isMark(before, '(') || isMark(before, ')') || isWord(before, 'AS', 'UNION', 'ALL', 'MINUS', 'ACCESS')
  return at === 0 || isInside || isWord(tokens[0], 'INS', 'INSERT') ? { from: at, to: at + 1, by: 'SELECT' } : null
})
const short = atStart('INS DEL UPD REPLACE', (tokens) => {
  const by = { INS: 'INSERT', DEL: 'DELETE', UPD: 'UPDATE', REPLACE: 'CREATE OR REPLACE' }[
    (tokens[0]?.text ?? '').toUpperCase()
  ]
  const isShort = by !== undefined && (by !== 'CREATE OR REPLACE' || isWord(tokens[1], 'VIEW', 'PROCEDURE'))
  return isShort ? { from: 0, to: 1, by } : null
})

/** `LOCKING ROW FOR ACCESS`. */
const locking = rule('LOCKING LOCK', (tokens, at) => {
  const to = tokens.findIndex((token, index) => index > at && index < at + 6 && isWord(token, 'FOR', 'IN'))
  return to < 0 ? null : { from: at, to: to + 2, by: '' }
})

export const teradataRules: readonly Rule[] = [wordOperator, unequal, power, shown, select, short, locking]
