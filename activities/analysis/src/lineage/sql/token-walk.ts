import { foldIdentifier, type SqlDialect } from './dialect.ts'
import { afterParenthesis, isMark, isWord, type Token } from './lex.ts'

/** The tables that the words of a statement name: what is left to say of one that cannot be parsed. */
export function tablesByTokens(
  tokens: readonly Token[],
  dialect: SqlDialect,
): { reads: string[][]; writes: string[][] } {
  const ctes = new Set(cteNames(tokens, dialect))
  const reads: string[][] = []
  const writes: string[][] = []
  const isInCall = withinCalls(tokens)
  const isDelete = isWord(tokens[0], 'DELETE')
  for (let index = 0; index < tokens.length; index++) {
    const into =
      targetAt(tokens, index) ?? (isDelete && isWord(tokens[index], 'FROM') && writes.length === 0 ? index + 1 : null)
    if (into !== null) {
      const { parts, next } = nameAt(tokens, into, dialect)
      if (parts.length > 0) writes.push(parts)
      index = Math.max(index, next - 1)
    } else if (isWord(tokens[index], 'FROM', 'JOIN', 'USING') && !isInCall[index]) {
      for (const parts of listAt(tokens, index + 1, dialect))
        if (parts.length > 1 || !ctes.has(parts[0]?.toLowerCase() ?? '')) reads.push(parts)
    }
  }
  return { reads, writes }
}

/** For each token whether it stands directly within `EXTRACT(DAY FROM x)`, `TRIM(BOTH FROM x)`: a FROM there names no table. */
function withinCalls(tokens: readonly Token[]): boolean[] {
  const open = [false]
  return tokens.map((token, index) => {
    if (isMark(token, '(')) open.push(isWord(tokens[index - 1], 'EXTRACT', 'TRIM', 'SUBSTRING', 'OVERLAY'))
    else if (isMark(token, ')') && open.length > 1) open.pop()
    else if (isWord(token, 'SELECT')) open[open.length - 1] = false
    return open.at(-1) ?? false
  })
}

/** @returns where the name of a table begins that is written */
function targetAt(tokens: readonly Token[], at: number): number | null {
  if (isWord(tokens[at], 'INTO') && isWord(tokens[at - 1], 'INSERT', 'MERGE', 'COPY', 'OVERWRITE', 'DATA'))
    return isWord(tokens[at + 1], 'TABLE') ? at + 2 : at + 1
  if (isWord(tokens[at], 'UPDATE') && at === 0) return 1
  if (isWord(tokens[at], 'OVERWRITE') && isWord(tokens[at - 1], 'DATA')) return at + 1
  if (
    isWord(tokens[at], 'TABLE', 'VIEW') &&
    isWord(tokens[0], 'CREATE') &&
    at < 6 &&
    !isWord(tokens[at + 1], 'FUNCTION')
  )
    return isWord(tokens[at + 1], 'IF') ? at + 4 : at + 1
  return null
}

function listAt(tokens: readonly Token[], at: number, dialect: SqlDialect): string[][] {
  const names: string[][] = []
  for (let index = at; index < tokens.length;) {
    if (isWord(tokens[index], 'LATERAL', 'ONLY')) index++
    const { parts, next } = nameAt(tokens, index, dialect)
    if (parts.length === 0 || isMark(tokens[next], '(')) return names
    names.push(parts)
    index = next
    if (isWord(tokens[index], 'AS')) index++
    if (tokens[index]?.kind === 'word' && isMark(tokens[index + 1], ',')) index++
    if (!isMark(tokens[index], ',')) return names
    index++
  }
  return names
}

const notNames = ['FILES', 'SELECT', 'VALUES', 'UNNEST', 'LATERAL', 'TABLE', 'WHERE', 'ON', 'SET']

function nameAt(tokens: readonly Token[], at: number, dialect: SqlDialect): { parts: string[]; next: number } {
  const parts: string[] = []
  let next = at
  for (;;) {
    const token = tokens[next]
    if (token?.kind !== 'word' && token?.kind !== 'quoted') break
    if (parts.length === 0 && isWord(token, ...notNames)) break
    const value = token.kind === 'quoted' ? token.text.slice(1, -1) : token.text
    parts.push(foldIdentifier(dialect, token.kind === 'quoted' ? { value, quote_style: '"' } : { value }))
    next++
    if (!isMark(tokens[next], '.')) break
    next++
  }
  if (!parts[0]?.startsWith('@')) return { parts, next }
  // A stage goes on with its path.
  const end = tokens.findIndex((token, index) => index >= next && !isPathPart(tokens[index - 1], token))
  const path = tokens.slice(next, end < 0 ? undefined : end).map(({ text }) => text)
  return { parts: [parts.join('.') + path.join('')], next: end < 0 ? tokens.length : end }
}

const isPathPart = (before: Token | undefined, token: Token): boolean =>
  before?.end === token.start && !isMark(token, ')') && !isMark(token, '(') && !isMark(token, ',')

/** `name AS (` behind WITH or a comma. */
function cteNames(tokens: readonly Token[], dialect: SqlDialect): string[] {
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1]
    if (!isWord(before, 'WITH', 'RECURSIVE') && !isMark(before, ',')) return []
    const next = isMark(tokens[index + 1], '(') ? afterParenthesis(tokens, index + 1) : index + 1
    if (!isWord(tokens[next], 'AS') || !isMark(tokens[next + 1], '(')) return []
    return nameAt([token], 0, dialect).parts.map((part) => part.toLowerCase())
  })
}
