import type { SqlDialect } from './dialect.ts'

export interface Token {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'mark'
  /** As written. */
  text: string
  start: number
  end: number
}

const word = /[\p{L}_@$][\p{L}\p{N}_$@]*/uy
const number = /\d[\w.]*/y
const space = /\s+/y
const dollar = /\$[A-Za-z_]*\$/y

/** The tokens of a text. Nothing is an error: what is not closed reaches to the end. */
export function lex(sql: string, dialect: SqlDialect): Token[] {
  const tokens: Token[] = []
  let at = 0
  const matchAt = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(sql)?.[0] ?? null
  }
  while (at < sql.length) {
    const start = at
    const skipped = matchAt(space) ?? commentAt(sql, at, dialect)
    if (skipped !== null) {
      at += skipped.length
      continue
    }
    const body = dialect === 'postgres' || dialect === 'snowflake' || dialect === 'generic' ? matchAt(dollar) : null
    if (body) at = after(sql, body, at + body.length)
    else at = quotedAt(sql, at, dialect) ?? at
    if (at > start) {
      const kind = sql[start] === '`' || (sql[start] === '"' && dialect !== 'bigquery') ? 'quoted' : 'string'
      tokens.push({ kind, text: sql.slice(start, at), start, end: at })
      continue
    }
    const text = matchAt(word) ?? matchAt(number) ?? sql[at] ?? ''
    at += text.length
    const kind = /^[\p{L}_@$]/u.test(text) && text.length > 0 ? 'word' : /^\d/.test(text) ? 'number' : 'mark'
    tokens.push({ kind, text, start, end: at })
  }
  return tokens
}

const after = (sql: string, ending: string, from: number): number => {
  const found = sql.indexOf(ending, from)
  return found < 0 ? sql.length : found + ending.length
}

function commentAt(sql: string, at: number, dialect: SqlDialect): string | null {
  const pair = sql.slice(at, at + 2)
  const toLineEnd =
    pair === '--' || (dialect === 'bigquery' && pair[0] === '#') || (dialect === 'snowflake' && pair === '//')
  if (toLineEnd) {
    const end = sql.indexOf('\n', at)
    return sql.slice(at, end < 0 ? sql.length : end + 1)
  }
  if (pair !== '/*') return null
  return sql.slice(at, dialect === 'postgres' ? afterNested(sql, at) : after(sql, '*/', at + 2))
}

/** In PostgreSQL a comment may hold comments. */
function afterNested(sql: string, from: number): number {
  const ends = /\/\*|\*\//g
  ends.lastIndex = from
  let depth = 0
  for (let end = ends.exec(sql); end; end = ends.exec(sql)) {
    depth += end[0] === '/*' ? 1 : -1
    if (depth === 0) return ends.lastIndex
  }
  return sql.length
}

/** @returns the end of a string or a quoted name that begins here */
function quotedAt(sql: string, at: number, dialect: SqlDialect): number | null {
  const quote = sql[at]
  if (quote !== "'" && quote !== '"' && quote !== '`') return null
  const triple = quote.repeat(3)
  if (dialect === 'bigquery' && sql.startsWith(triple, at)) return after(sql, triple, at + 3)
  const escapes =
    dialect === 'bigquery' ||
    (dialect === 'snowflake' && quote === "'") ||
    (/[eE]/.test(sql[at - 1] ?? '') && quote === "'")
  for (let end = at + 1; end < sql.length; end++) {
    if (escapes && sql[end] === '\\') end++
    else if (sql[end] === quote) {
      if (sql[end + 1] !== quote) return end + 1
      end++
    }
  }
  return sql.length
}

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toUpperCase())

export const isMark = (token: Token | undefined, mark: string): boolean => token?.kind === 'mark' && token.text === mark

/** The index behind the parenthesis that is opened at this one. */
export function afterParenthesis(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index++) {
    if (isMark(tokens[index], '(')) depth++
    else if (isMark(tokens[index], ')') && --depth === 0) return index + 1
  }
  return tokens.length
}
