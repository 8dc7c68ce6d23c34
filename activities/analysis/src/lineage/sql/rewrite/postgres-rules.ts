import { afterParenthesis, isMark, isWord, type Token } from '../lex.ts'
import { atStart, isName, namedTableAs, rule, withParenthesis, words, type Rule } from './rule.ts'

/** `ONLY t` names the table without what inherits from it. */
const only = rule('FROM JOIN UPDATE INTO USING', (tokens, at) =>
  isWord(tokens[at + 1], 'ONLY') && isName(tokens[at + 2]) ? { from: at + 1, to: at + 2, by: '' } : null,
)

/** `(row).*` is taken as the row. */
const rowStar = rule(')', (tokens, at) =>
  isMark(tokens[at + 1], '.') && isMark(tokens[at + 2], '*') ? { from: at, to: at + 3, by: ')' } : null,
)

/** `SET list[1] = x` changes the list. */
const elementSet = rule('SET ,', (tokens, at) => {
  if (!isWord(tokens[0], 'UPDATE', 'INSERT', 'WITH') || !isName(tokens[at + 1]) || !isMark(tokens[at + 2], '['))
    return null
  const to = tokens.findIndex((token, index) => index > at + 2 && isMark(token, ']')) + 1
  return to > 0 && isMark(tokens[to], '=') ? { from: at + 2, to, by: '' } : null
})

/** `ROWS FROM (f(a), g(b))`: several functions side by side, like arrays in UNNEST. */
const rowsFrom = rule('ROWS', (tokens, at) =>
  isWord(tokens[at + 1], 'FROM') && isMark(tokens[at + 2], '(') ? { from: at, to: at + 2, by: 'UNNEST' } : null,
)

/** `SEARCH DEPTH FIRST BY a SET b`, `CYCLE a SET b USING c` behind a recursive CTE. */
const searchClause = rule(')', (tokens, at) => {
  const isClause =
    (isWord(tokens[at + 1], 'SEARCH') && isWord(tokens[at + 2], 'DEPTH', 'BREADTH')) ||
    (isWord(tokens[at + 1], 'CYCLE') && isName(tokens[at + 2]))
  if (!isClause) return null
  const to = tokens.findIndex((token, index) => index > at + 1 && (endsClause(token) || isNextCte(tokens, index)))
  return to < 0 ? null : { from: at, to, by: ')' }
})
const endsClause = (token: Token): boolean => isWord(token, 'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TABLE')
const isNextCte = (tokens: readonly Token[], at: number): boolean =>
  isMark(tokens[at], ',') && isWord(tokens[at + 2], 'AS') && isMark(tokens[at + 3], '(')

/** What it refreshes is read. */
const refresh = atStart('REFRESH', (tokens) => {
  if (!isWord(tokens[1], 'MATERIALIZED') || !isWord(tokens[2], 'VIEW')) return null
  return { from: 0, to: isWord(tokens[3], 'CONCURRENTLY') ? 4 : 3, by: 'SELECT * FROM' }
})

/** The storage of a table or a view says nothing of its columns. */
const storage = rule('USING TABLESPACE', (tokens, at) =>
  isWord(tokens[0], 'CREATE') && isName(tokens[at + 1]) && isWord(tokens[at + 2], 'AS', 'WITH', 'TABLESPACE')
    ? { from: at, to: at + 2, by: '' }
    : null,
)

/** What Redshift adds to `CREATE TABLE … AS`. */
const redshiftStorage = rule('DISTKEY SORTKEY DISTSTYLE BACKUP', (tokens, at) => {
  if (!isWord(tokens[0], 'CREATE')) return null
  if (isMark(tokens[at + 1], '(')) return { from: at, to: afterParenthesis(tokens, at + 1), by: '' }
  return isWord(tokens[at], 'DISTSTYLE', 'BACKUP') ? { from: at, to: at + 2, by: '' } : null
})

export const postgresRules: readonly Rule[] = [
  words('CREATE TABLE', 'CREATE UNLOGGED TABLE'),
  words('CREATE TABLE', 'CREATE FOREIGN TABLE'),
  words('', 'OVERRIDING SYSTEM VALUE'),
  words('', 'OVERRIDING USER VALUE'),
  words('', 'WITH CHECK OPTION'),
  words('', 'WITH CASCADED CHECK OPTION'),
  words('', 'WITH LOCAL CHECK OPTION'),
  words('BETWEEN', 'BETWEEN SYMMETRIC'),
  withParenthesis('WITH'),
  words('', 'INCLUDING ALL'),
  words('THEN DELETE', 'THEN DO NOTHING'),
  words('', 'AUTO REFRESH YES'),
  words('', 'AUTO REFRESH NO'),
  only,
  rowStar,
  elementSet,
  rowsFrom,
  searchClause,
  namedTableAs,
  refresh,
  storage,
  redshiftStorage,
]
