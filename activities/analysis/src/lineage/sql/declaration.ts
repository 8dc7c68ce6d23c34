import type { SqlDialect } from './dialect.ts'
import { afterParenthesis, isMark, isWord, lex, type Token } from './lex.ts'
import { afterName } from './rewrite/rule.ts'

/** A variable of a script; `value` are the tokens of what it gets. */
interface Declaration {
  name: string
  value: readonly [number, number] | null
}

/** `n INT := 1`, `c CURSOR FOR SELECT …`, `LET x := 1`, `x := 1`. BigQuery's `DECLARE` and `SET` are statements of the parser. */
export function declarationIn(part: readonly Token[], isDeclaring: boolean, dialect: SqlDialect): Declaration | null {
  const from = isWord(part[0], 'LET') ? 1 : 0
  const name = part[from]
  if ((name?.kind !== 'word' && name?.kind !== 'quoted') || dialect === 'bigquery') return null
  const isAssigned = isMark(part[from + 1], ':') && isMark(part[from + 2], '=')
  if (!isDeclaring && from === 0 && !isAssigned) return null
  const value = part.findIndex(
    (token, index) =>
      (isMark(token, '=') && isMark(part[index - 1], ':')) ||
      isWord(token, 'DEFAULT') ||
      (isWord(token, 'FOR') && part.slice(0, index).some((before) => isWord(before, 'CURSOR'))),
  )
  return { name: name.text, value: value < 0 ? null : [value + 1, part.length] }
}

/** The parameters of a routine. */
export function parameterNames(tokens: readonly Token[], at: number): string[] {
  const kind = tokens.findIndex((token, index) => index >= at && isWord(token, 'PROCEDURE', 'FUNCTION'))
  const open = afterName(tokens, isWord(tokens[kind + 1], 'IF') ? kind + 4 : kind + 1)
  if (kind < 0 || !isMark(tokens[open], '(')) return []
  const close = afterParenthesis(tokens, open) - 1
  const names: string[] = []
  for (let index = open; index < close; index++) {
    if (isMark(tokens[index], '(') && index > open) index = afterParenthesis(tokens, index) - 1
    else if (index === open || isMark(tokens[index], ',')) {
      const first = isWord(tokens[index + 1], 'IN', 'OUT', 'INOUT', 'VARIADIC') ? index + 2 : index + 1
      if (tokens[first]?.kind === 'word') names.push(tokens[first].text)
    }
  }
  return names
}

/** `OPEN c FOR SELECT …`: the cursor and its query. */
export function openedCursor(part: readonly Token[]): Declaration | null {
  const at = part.findIndex((token) => isWord(token, 'FOR'))
  const name = part[1]?.text
  return isWord(part[0], 'OPEN') && at > 1 && name !== undefined ? { name, value: [at + 1, part.length] } : null
}

/** `FETCH NEXT FROM c INTO a, b`: the cursor, and the variables that get a row of it. */
export function fetchedInto(part: readonly Token[]): { cursor: number; variables: string[] } | null {
  const into = isWord(part[0], 'FETCH') ? part.findIndex((token) => isWord(token, 'INTO')) : -1
  return into < 2 ? null : { cursor: into - 1, variables: namesIn(part.slice(into + 1)) }
}

export const namesIn = (part: readonly Token[]): string[] =>
  part.flatMap(({ kind, text }) => (kind === 'word' ? [text] : []))

const withoutData = 'RAISE EXIT CONTINUE LEAVE BREAK ITERATE NULL GET CLOSE FETCH OPEN CANCEL AWAIT'.split(' ')

/** Statements of a body that neither read nor write tables; `RETURN` without a value among them. */
export const isWithoutData = (part: readonly Token[]): boolean =>
  (isWord(part[0], ...withoutData) && !part.some((token) => isWord(token, 'SELECT'))) ||
  (isWord(part[0], 'RETURN') && part.length === 1)

/** `SELECT a INTO x FROM t` in a body: the tokens that name variables. */
export function intoVariables(part: readonly Token[]): readonly [number, number] | null {
  let depth = 0
  for (let index = 0; index < part.length; index++) {
    if (isMark(part[index], '(')) depth++
    else if (isMark(part[index], ')')) depth--
    if (depth !== 0 || !isWord(part[index], 'INTO') || isWord(part[index - 1], 'INSERT', 'MERGE', 'COPY', 'OVERWRITE'))
      continue
    const isReturned = part.slice(0, index).some((token) => isWord(token, 'RETURNING'))
    if (!isWord(part[0], 'SELECT', 'WITH') && !isReturned) return null
    let to = isWord(part[index + 1], 'STRICT') ? index + 2 : index + 1
    while (to < part.length && !isWord(part[to], 'FROM', 'WHERE', 'GROUP', 'ORDER', 'LIMIT', 'UNION')) {
      if (!isMark(part[to], ',') && !isMark(part[to], '.') && !isMark(part[to], ':') && !isNameAfterMark(part, to))
        break
      to++
    }
    return [index, to]
  }
  return null
}
const isNameAfterMark = (part: readonly Token[], at: number): boolean =>
  part[at]?.kind !== 'mark' && (part[at - 1]?.kind === 'mark' || isWord(part[at - 1], 'INTO', 'STRICT'))

/**
 * The body of a routine or of a `DO` block that is written as a string, and its parameters; null for one in another language than
 * SQL, and for what is no routine.
 */
export function routineBody(
  tokens: readonly Token[],
  dialect: SqlDialect,
): { text: string; variables: string[] } | null {
  const isRoutine =
    isWord(tokens[0], 'CREATE') && tokens.slice(1, 6).some((token) => isWord(token, 'PROCEDURE', 'FUNCTION'))
  if ((!isRoutine && !isWord(tokens[0], 'DO')) || dialect === 'bigquery') return null
  const at = tokens.findLastIndex(
    ({ kind, text }, index) => kind === 'string' && (text.startsWith('$') || isWord(tokens[index - 1], 'AS', 'DO')),
  )
  const language = tokens.findIndex((token) => isWord(token, 'LANGUAGE'))
  if (at < 0 || (language >= 0 && !isSqlLanguage(tokens[language + 1]))) return null
  const text = unquoted(tokens[at]?.text ?? '')
  const [first] = lex(text, dialect)
  const isExpression = isRoutine && !isWord(first, ...statementWords) && !isMark(first, '<')
  const variables = isRoutine && dialect !== 'snowflake' ? parameterNames(tokens, 0) : []
  return { text: isExpression ? `SELECT ${text}` : text, variables }
}

const isSqlLanguage = (token: Token | undefined): boolean =>
  isWord(token, 'SQL', 'PLPGSQL') || /^'(sql|plpgsql)'$/i.test(token?.text ?? '')
export const statementWords =
  'SELECT WITH INSERT UPDATE DELETE MERGE BEGIN DECLARE VALUES TABLE CREATE TRUNCATE COPY CALL'.split(' ')

/** `$tag$ … $tag$` and `'it''s'`. */
const unquoted = (text: string): string =>
  text.startsWith('$') ? text.replace(/^\$\w*\$/, '').replace(/\$\w*\$$/, '') : text.slice(1, -1).replaceAll("''", "'")
