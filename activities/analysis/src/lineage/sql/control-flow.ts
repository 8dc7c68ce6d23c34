import type { SqlDialect } from './dialect.ts'
import { afterParenthesis, isMark, isWord, type Token } from './lex.ts'
import { parameterNames } from './declaration.ts'

/** A piece of control flow that stands where a statement could. */
export interface Control {
  /** Where the next statement begins. */
  next: number
  /** The tokens of a condition, or of a query that is gone through row by row. */
  condition?: readonly [number, number]
  /** What follows are declarations. */
  declares?: boolean
  variables?: readonly string[]
  /** The condition is a query, and the variables hold a row of it in what follows. */
  iterates?: boolean
}

export function controlAt(tokens: readonly Token[], at: number, dialect: SqlDialect): Control | null {
  const token = tokens[at]
  const following = tokens[at + 1]
  if (token?.kind !== 'word') return isMark(token, '<') && isMark(following, '<') ? label(tokens, at) : null
  if (isWord(token, 'BEGIN'))
    return isWord(following, 'TRANSACTION', 'WORK', 'ISOLATION') || isMark(following, ';') || !following
      ? null
      : { next: isWord(following, 'ATOMIC') ? at + 2 : at + 1 }
  if (isWord(token, 'DECLARE') && dialect !== 'bigquery') return { next: at + 1, declares: true }
  if (isWord(token, 'ELSE', 'LOOP', 'REPEAT', 'THEN', 'DO')) return { next: at + 1 }
  if (isWord(token, 'EXCEPTION') && isWord(following, 'WHEN'))
    return { next: Math.min(until(tokens, at, 'THEN'), tokens.length) }
  if (isWord(token, 'CASE')) return choice(tokens, at)
  if (isWord(token, 'WHEN')) return conditional(tokens, at, 'THEN')
  if (isWord(token, 'IF', 'ELSEIF', 'ELSIF')) return conditional(tokens, at, 'THEN')
  if (isWord(token, 'WHILE')) return conditional(tokens, at, 'DO', 'LOOP')
  if (isWord(token, 'UNTIL')) return { next: endOfStatement(tokens, at), condition: [at + 1, endOfUntil(tokens, at)] }
  if (isWord(token, 'FOR', 'FOREACH')) return rowByRow(tokens, at)
  if (isWord(token, 'END')) return { next: endOf(tokens, at) }
  if (isWord(token, 'CREATE')) return routine(tokens, at)
  return isMark(following, ':') && !isMark(tokens[at + 2], '=') && isBlock(tokens[at + 2]) ? { next: at + 2 } : null
}

const isBlock = (token: Token | undefined): boolean => isWord(token, 'BEGIN', 'LOOP', 'WHILE', 'FOR', 'REPEAT')

/** `<<name>>`. */
const label = (tokens: readonly Token[], at: number): Control | null =>
  isMark(tokens[at + 3], '>') && isMark(tokens[at + 4], '>') ? { next: at + 5 } : null

/** `END IF`, `END WHILE`, `END LOOP name`: the words behind belong to it. */
function endOf(tokens: readonly Token[], at: number): number {
  const to = isWord(tokens[at + 1], 'IF', 'LOOP', 'WHILE', 'FOR', 'REPEAT', 'CASE') ? at + 2 : at + 1
  const isNamed = tokens[to]?.kind === 'word' && (isMark(tokens[to + 1], ';') || to + 1 === tokens.length)
  return isNamed && !isWord(tokens[to], 'END') ? to + 1 : to
}

const endOfStatement = (tokens: readonly Token[], at: number): number => {
  const end = tokens.findIndex((token, index) => index > at && isMark(token, ';'))
  return end < 0 ? tokens.length : end
}
/** `UNTIL condition END REPEAT`. */
function endOfUntil(tokens: readonly Token[], at: number): number {
  const end = endOfStatement(tokens, at)
  return isWord(tokens[end - 1], 'REPEAT') && isWord(tokens[end - 2], 'END') ? end - 2 : end
}

function conditional(tokens: readonly Token[], at: number, ...endings: readonly string[]): Control | null {
  const next = until(tokens, at, ...endings)
  return next > tokens.length ? null : { next, condition: [at + 1, next - 1] }
}

/** `CASE WHEN a THEN`, `CASE a WHEN 1 THEN`, where it is a statement. */
function choice(tokens: readonly Token[], at: number): Control | null {
  const next = until(tokens, at, 'WHEN') - 1
  if (next > tokens.length) return null
  return next === at + 1 ? { next } : { next, condition: [at + 1, next] }
}

/** `FOR r IN query DO`, `FOR a, b IN query LOOP`, `FOR i IN 1..9 LOOP`, `FOREACH x IN ARRAY a LOOP`. */
function rowByRow(tokens: readonly Token[], at: number): Control | null {
  const within = until(tokens, at, 'IN')
  const next = until(tokens, within - 1, 'DO', 'LOOP')
  if (next > tokens.length) return null
  const variables = tokens.slice(at + 1, within - 1).flatMap(({ kind, text }) => (kind === 'word' ? [text] : []))
  const first = isWord(tokens[within], 'ARRAY') && isWord(tokens[at], 'FOREACH') ? within + 1 : within
  if (first > within) return { next, variables, condition: [first, next - 1] }
  const isWrapped = isMark(tokens[first], '(') && afterParenthesis(tokens, first) === next - 1
  const query = isWrapped ? ([first + 1, next - 2] as const) : ([first, next - 1] as const)
  if (isWord(tokens[query[0]], 'SELECT', 'WITH')) return { next, variables, condition: query, iterates: true }
  if (isCursor(tokens.slice(first, next - 1))) return { next, variables, condition: [first, first + 1], iterates: true }
  if (isWord(tokens[first], 'EXECUTE')) return { next, variables, condition: [first, next - 1], iterates: true }
  return isMark(tokens[first], '(') ? { next, variables, condition: [first, next - 1] } : { next, variables }
}

/** `c`, `c(1)`: the variable that holds the rows of a query. */
const isCursor = (part: readonly Token[]): boolean =>
  part[0]?.kind === 'word' && (part.length === 1 || (isMark(part[1], '(') && afterParenthesis(part, 1) === part.length))

/** @returns the index behind the word; beyond the end when it does not come in this statement */
function until(tokens: readonly Token[], at: number, ...endings: readonly string[]): number {
  let depth = 0
  for (let index = at + 1; index < tokens.length; index++) {
    const token = tokens[index]
    if (isMark(token, '(') || isWord(token, 'CASE')) depth++
    else if (isMark(token, ')') || (depth > 0 && isWord(token, 'END'))) depth--
    else if (isMark(token, ';')) break
    else if (depth === 0 && isWord(token, ...endings)) return index + 1
  }
  return tokens.length + 1
}

/** What a procedure or a task does is what its body does: `CREATE PROCEDURE p(…) … BEGIN`. */
function routine(tokens: readonly Token[], at: number): Control | null {
  const kind = tokens.slice(at, at + 6).find((token) => isWord(token, 'PROCEDURE', 'FUNCTION', 'TASK', 'ALERT'))
  if (!kind) return null
  for (let index = at; index < tokens.length && !isMark(tokens[index], ';'); index++) {
    if (isMark(tokens[index], '(')) index = afterParenthesis(tokens, index) - 1
    const isBegin = isWord(tokens[index], 'BEGIN')
    if (isBegin || (isWord(tokens[index], 'DECLARE') && isWord(tokens[index - 1], 'AS')))
      return {
        next: index,
        variables: isWord(kind, 'PROCEDURE', 'FUNCTION') ? parameterNames(tokens, at) : [],
      }
  }
  return null
}
