import { afterParenthesis, isMark, isWord, type Token } from '../lex.ts'
import { afterName, atStart, isName, rule, spaced, textOf, withParenthesis, words, type Rule } from './rule.ts'

/** `ONLY t` names the table without what inherits from it. */
const only = rule('FROM JOIN UPDATE INTO USING', (tokens, at) =>
  isWord(tokens[at + 1], 'ONLY') && isName(tokens[at + 2]) ? { from: at + 1, to: at + 2, by: '' } : null,
)

/** `(a.b).*` are the fields of a column; the row that a call gives is taken as a whole. */
const fieldsStar = rule('(', (tokens, at) => {
  const to = afterName(tokens, at + 1)
  const isStar = isMark(tokens[to], ')') && isMark(tokens[to + 1], '.') && isMark(tokens[to + 2], '*')
  return to > at + 1 && isStar ? { from: at, to: to + 3, by: `${textOf(tokens, at + 1, to)}.*` } : null
})
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
const rowsFrom = rule('ROWS', (tokens, at) => {
  if (!isWord(tokens[at + 1], 'FROM') || !isMark(tokens[at + 2], '(')) return null
  const to = afterParenthesis(tokens, at + 2)
  const functions: Token[] = []
  for (let index = at + 2; index < to; index++) {
    const isDefinition = isWord(tokens[index], 'AS') && isMark(tokens[index + 1], '(')
    if (isDefinition) index = afterParenthesis(tokens, index + 1) - 1
    else functions.push(...tokens.slice(index, index + 1))
  }
  return { from: at, to, by: `UNNEST ${spaced(functions)}` }
})

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

/** `a ISNULL`, and tests of which only the value that is tested matters: `a IS NOT JSON ARRAY WITH UNIQUE KEYS`. */
const test = rule('ISNULL NOTNULL IS', (tokens, at) => {
  if (!isWord(tokens[at], 'IS')) return { from: at, to: at + 1, by: 'IS NULL' }
  let to = isWord(tokens[at + 1], 'NOT') ? at + 2 : at + 1
  if (!isWord(tokens[to], 'JSON')) return null
  do to++
  while (isWord(tokens[to], 'VALUE', 'SCALAR', 'OBJECT', 'ARRAY', 'WITH', 'WITHOUT', 'UNIQUE', 'KEYS'))
  return { from: at, to, by: 'IS NULL' }
})

/** `ON CONFLICT (lower(a)) WHERE b DO`: which rows conflict decides none that come. */
const conflict = rule('CONFLICT', (tokens, at) => {
  const to = tokens.findIndex((token, index) => index > at && isWord(token, 'DO'))
  return isWord(tokens[at - 1], 'ON') && to > at + 1 ? { from: at + 1, to, by: '' } : null
})

/** Behind `WHEN NOT MATCHED` the parser knows only an INSERT, elsewhere DELETE: of both nothing flows. */
const doNothing = rule('DO', (tokens, at) => {
  if (!isWord(tokens[at + 1], 'NOTHING') || !isWord(tokens[at - 1], 'THEN')) return null
  const when = tokens.findLastIndex((token, index) => index < at && isWord(token, 'WHEN'))
  const isMissing = isWord(tokens[when + 1], 'NOT') && !isWord(tokens[when + 4], 'SOURCE')
  return { from: at, to: at + 2, by: isMissing ? 'INSERT VALUES (NULL)' : 'DELETE' }
})

/** What follows says which rows a part has. */
const partitionOf = rule('OF', (tokens, at) => {
  const to = afterName(tokens, at + 1)
  return isWord(tokens[at - 1], 'PARTITION') && isWord(tokens[0], 'CREATE') && to < tokens.length
    ? { from: to, to: tokens.length, by: 'DEFAULT' }
    : null
})

/** `(LIKE a INCLUDING DEFAULTS, b text)`: the columns of the model. */
const like = rule('LIKE', (tokens, at) => {
  if (!isMark(tokens[at - 1], '(') || !isWord(tokens[0], 'CREATE') || at > 10) return null
  return { from: afterName(tokens, at + 1), to: tokens.length, by: ')' }
})

/** `XMLELEMENT(NAME a, …)`: a name that the element gets. */
const elementName = rule('NAME', (tokens, at) =>
  isMark(tokens[at - 1], '(') && isName(tokens[at + 1])
    ? { from: at, to: isMark(tokens[at + 2], ',') ? at + 3 : at + 2, by: isMark(tokens[at + 2], ',') ? '' : 'NULL' }
    : null,
)
/** `XMLFOREST(a AS b, c)`: names that the attributes get. */
const attributeNames = rule('XMLATTRIBUTES XMLFOREST', (tokens, at) => {
  if (!isMark(tokens[at + 1], '(')) return null
  const to = afterParenthesis(tokens, at + 1)
  const isAlias = (index: number) => isWord(tokens[index], 'AS') && isName(tokens[index + 1])
  const kept = tokens.slice(at, to).filter((_, index) => !isAlias(at + index) && !isAlias(at + index - 1))
  return kept.length === to - at ? null : { from: at, to, by: kept.map(({ text }) => text).join(' ') }
})

/** `SUBSTRING(a FOR n FROM m)`. */
const substringFor = rule('FOR', (tokens, at) => {
  const open = tokens.findLastIndex((token, index) => index < at && isWord(token, 'SUBSTRING'))
  return open >= 0 && isMark(tokens[open + 1], '(') && isWord(tokens[at + 2], 'FROM')
    ? { from: at, to: at + 3, by: 'FROM' }
    : null
})

/** What it refreshes is read. */
const refresh = atStart('REFRESH', (tokens) => {
  if (!isWord(tokens[1], 'MATERIALIZED') || !isWord(tokens[2], 'VIEW')) return null
  return { from: 0, to: isWord(tokens[3], 'CONCURRENTLY') ? 4 : 3, by: 'SELECT * FROM' }
})

/** `ASSERT a > 0, 'message'` in a routine. */
const assertion = atStart('ASSERT', () => ({ from: 0, to: 1, by: 'SELECT' }))

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

/** `ROWS … EXCLUDE TIES`: which rows of a frame count decides no value of its own. */
const frameExclusion = rule('EXCLUDE', (tokens, at) => {
  const to = isWord(tokens[at + 1], 'TIES', 'GROUP') ? at + 2 : isWord(tokens[at + 1], 'CURRENT', 'NO') ? at + 3 : at
  return to > at && isMark(tokens[to], ')') ? { from: at, to, by: '' } : null
})

/** `JSON_VALUE(a, '$.b' RETURNING int DEFAULT 0 ON EMPTY)`: what follows the path says how the value is given, not from where. */
const jsonOptions = rule('RETURNING DEFAULT NULL ERROR EMPTY WITH WITHOUT KEEP OMIT', (tokens, at) => {
  const open = openedBefore(tokens, at)
  if (open < 0 || isMark(tokens[at - 1], '(') || isMark(tokens[at - 1], ',')) return null
  const isQuery = isWord(tokens[open - 1], 'JSON_VALUE', 'JSON_QUERY', 'JSON_EXISTS')
  const isObject = isWord(tokens[open - 1], 'JSON_SERIALIZE', 'JSON_SCALAR', 'JSON') || isConstructor(tokens, open, at)
  return isQuery || isObject ? { from: at, to: afterParenthesis(tokens, open) - 1, by: '' } : null
})
const isConstructor = (tokens: readonly Token[], open: number, at: number): boolean =>
  isWord(tokens[open - 1], 'JSON_OBJECT', 'JSON_ARRAY', 'JSON_OBJECTAGG', 'JSON_ARRAYAGG') &&
  isWord(tokens[at], 'RETURNING', 'WITH', 'WITHOUT')

/** The parenthesis that a token stands directly within. */
function openedBefore(tokens: readonly Token[], at: number): number {
  let depth = 0
  for (let index = at - 1; index >= 0; index--) {
    if (isMark(tokens[index], ')')) depth++
    else if (isMark(tokens[index], '(') && depth-- === 0) return index
  }
  return -1
}

/** `FOR UPDATE OF t SKIP LOCKED` may also stand before LIMIT, where the parser does not look for it. */
const lock = rule('FOR', (tokens, at) => {
  const strength = tokens.slice(at + 1, at + 4).findIndex((token) => isWord(token, 'UPDATE', 'SHARE'))
  const between = tokens.slice(at + 1, at + 1 + Math.max(strength, 0))
  if (strength < 0 || between.some((token) => !isWord(token, 'NO', 'KEY'))) return null
  let to = at + strength + 2
  if (isWord(tokens[to], 'OF'))
    do to = afterName(tokens, to + 1)
    while (isMark(tokens[to], ','))
  if (isWord(tokens[to], 'NOWAIT')) to++
  else if (isWord(tokens[to], 'SKIP')) to += 2
  return { from: at, to, by: '' }
})

/** Redshift: `UNLOAD ('SELECT …') TO …` reads what its text reads. */
const unload = atStart('UNLOAD', (tokens) => {
  const query = tokens[2]
  if (!isMark(tokens[1], '(') || query?.kind !== 'string') return null
  return { from: 0, to: tokens.length, by: `COPY (${query.text.slice(1, -1).replaceAll("''", "'")}) TO STDOUT` }
})

/** Redshift: `ALTER TABLE a APPEND FROM b` moves the rows. */
const append = atStart('ALTER', (tokens) => {
  const at = tokens.findIndex((token) => isWord(token, 'APPEND'))
  if (at < 3 || !isWord(tokens[at + 1], 'FROM')) return null
  const from = textOf(tokens, at + 2, afterName(tokens, at + 2))
  return { from: 0, to: tokens.length, by: `INSERT INTO ${textOf(tokens, 2, at)} SELECT * FROM ${from}` }
})

/** A part that is attached or detached changes the table. */
const attach = rule('ATTACH DETACH', (tokens, at) =>
  isWord(tokens[0], 'ALTER') && isWord(tokens[at + 1], 'PARTITION')
    ? { from: at, to: tokens.length, by: 'DROP COLUMN part' }
    : null,
)

export const postgresRules: readonly Rule[] = [
  words('CREATE TABLE', 'CREATE UNLOGGED TABLE'),
  words('CREATE TABLE', 'CREATE FOREIGN TABLE'),
  words('', 'OVERRIDING SYSTEM VALUE'),
  words('', 'OVERRIDING USER VALUE'),
  words('', 'WITH CASCADED CHECK OPTION'),
  words('', 'WITH LOCAL CHECK OPTION'),
  words('BETWEEN', 'BETWEEN SYMMETRIC'),
  words('GROUP BY', 'GROUP BY DISTINCT'),
  withParenthesis('WITH'),
  words('', 'VARIADIC'),
  words('', 'AUTO REFRESH YES'),
  words('', 'AUTO REFRESH NO'),
  only,
  fieldsStar,
  rowStar,
  elementSet,
  rowsFrom,
  searchClause,
  test,
  conflict,
  doNothing,
  partitionOf,
  like,
  elementName,
  attributeNames,
  substringFor,
  lock,
  refresh,
  assertion,
  storage,
  redshiftStorage,
  frameExclusion,
  jsonOptions,
  unload,
  append,
  attach,
]
