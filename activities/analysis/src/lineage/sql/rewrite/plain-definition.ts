import { afterParenthesis, isMark, isWord, type Token } from '../lex.ts'
import { afterName, isName, textOf } from './rule.ts'

type Tokens = readonly Token[]

/**
 * `CREATE TABLE t (a INT PRIMARY KEY, b TEXT) … AS query` as a view of these columns, and without a query as a table of them: whatever
 * else is said of them, of storage, keys, options and policies, nothing of it is data.
 *
 * @returns null of a statement that defines nothing, or nothing that has columns
 */
export function plainDefinition(sql: string, tokens: Tokens): string | null {
  const kind = isWord(tokens[0], 'CREATE') ? tokens.findIndex((token) => isWord(token, 'TABLE', 'VIEW')) : -1
  if (kind < 1 || kind > 6 || isWord(tokens[kind + 1], 'FUNCTION')) return null
  const name = isWord(tokens[kind + 1], 'IF') ? kind + 4 : kind + 1
  const behind = afterName(tokens, name)
  const as = queryAt(tokens, behind)
  const columns = columnsIn(tokens, behind, as < 0 ? tokens.length : as)
  const called = textOf(tokens, name, behind)
  const query = as < 0 ? undefined : tokens[as + 1]
  if (behind === name || (!query && columns.length === 0)) return null
  if (!query) return `CREATE TABLE ${called} (${columns.map((column) => `${column} INT`).join(', ')})`
  const list = columns.length > 0 ? ` (${columns.join(', ')})` : ''
  return `CREATE VIEW ${called}${list} AS ${sql.slice(query.start - (tokens[0]?.start ?? 0))}`
}

/** Where `AS query` begins. */
function queryAt(tokens: Tokens, from: number): number {
  for (let index = from; index < tokens.length; index++) {
    if (isMark(tokens[index], '(')) index = afterParenthesis(tokens, index) - 1
    else if (isWord(tokens[index], 'AS')) {
      let first = index + 1
      while (isMark(tokens[first], '(')) first++
      if (isWord(tokens[first], 'SELECT', 'WITH', 'FROM', 'VALUES', 'TABLE')) return index
    }
  }
  return -1
}

/** The list stands behind the name, or behind `OPTION = value`. */
function columnsIn(tokens: Tokens, from: number, to: number): string[] {
  for (let index = from; index < to; index++) {
    if (!isMark(tokens[index], '(')) continue
    const end = afterParenthesis(tokens, index)
    if (index === from || isMark(tokens[index - 2], '=')) return namesIn(tokens.slice(index + 1, end - 1))
    index = end - 1
  }
  return []
}

const constraints = ['PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK', 'CONSTRAINT', 'EXCLUDE', 'LIKE', 'INDEX']

/** The first word of each item. */
function namesIn(tokens: Tokens): string[] {
  const names: string[] = []
  for (let index = 0; index < tokens.length; index++) {
    const isFirst = index === 0 || isMark(tokens[index - 1], ',')
    if (isMark(tokens[index], '(')) index = afterParenthesis(tokens, index) - 1
    else if (isMark(tokens[index], '<')) index = afterAngle(tokens, index) - 1
    else if (isFirst && isName(tokens[index]) && !isWord(tokens[index], ...constraints))
      names.push(tokens[index]?.text ?? '')
  }
  return names
}

/** Behind `<a INT64, b STRING>`. */
function afterAngle(tokens: Tokens, open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index++) {
    if (isMark(tokens[index], '<')) depth++
    else if (isMark(tokens[index], '>') && --depth === 0) return index + 1
  }
  return tokens.length
}
