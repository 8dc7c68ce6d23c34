import type { SqlDialect } from './dialect.ts'
import { isMark, isWord, lex, type Token } from './lex.ts'
import type { Select } from './tree.ts'

/** What a dialect calls a select item by its text; null where it does not, or the text is not known. */
export type ItemText = (select: Select, index: number) => string | null

/**
 * Snowflake calls an expression by its text in upper case.
 *
 * @param sql what was parsed: the tree says where in it each SELECT stands
 */
export function itemTextsOf(sql: string, dialect: SqlDialect): ItemText {
  let lexed: { tokens: readonly Token[]; lines: readonly number[] } | null = null
  return ({ select_token: token }, index) => {
    const at = token?.span?.start
    if (!at || dialect !== 'snowflake') return null
    lexed ??= { tokens: lex(sql, dialect), lines: lineStarts(sql) }
    const start = (lexed.lines[at.line - 1] ?? 0) + at.column - 1
    const select = lexed.tokens.findIndex((one) => one.start === start)
    const item = select < 0 ? undefined : itemsBehind(lexed.tokens, select)[index]
    const [first, last] = [item?.[0], item?.at(-1)]
    return first && last ? sql.slice(first.start, last.end).toUpperCase() : null
  }
}

const lineStarts = (sql: string): number[] => [0, ...[...sql.matchAll(/\n/g)].map(({ index }) => index + 1)]

const behindItems = 'FROM INTO WHERE GROUP HAVING QUALIFY ORDER LIMIT FETCH WINDOW UNION INTERSECT EXCEPT MINUS'.split(
  ' ',
)

/** Behind `DISTINCT` and `TOP 5`. */
function firstItem(tokens: readonly Token[], at: number): number {
  const from = isWord(tokens[at], 'DISTINCT', 'ALL') ? at + 1 : at
  return isWord(tokens[from], 'TOP') && tokens[from + 1]?.kind === 'number' ? from + 2 : from
}

/** The tokens of each item of the list behind a SELECT. */
function itemsBehind(tokens: readonly Token[], select: number): Token[][] {
  const items: Token[][] = [[]]
  let depth = 0
  for (let index = firstItem(tokens, select + 1); index < tokens.length; index++) {
    const token = tokens[index]
    if (!token || (depth === 0 && (isWord(token, ...behindItems) || isMark(token, ')') || isMark(token, ';')))) break
    if (isMark(token, '(') || isMark(token, '[')) depth++
    else if (isMark(token, ')') || isMark(token, ']')) depth--
    if (depth === 0 && isMark(token, ',')) items.push([])
    else items.at(-1)?.push(token)
  }
  return items
}
