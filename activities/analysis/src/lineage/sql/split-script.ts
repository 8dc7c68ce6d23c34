import type { SqlDialect } from './dialect.ts'
import { isMark, isWord, lex, type Token } from './lex.ts'

/** One statement of a script. */
export interface StatementText {
  text: string
  /** Where it begins in the script, counted in characters. */
  start: number
  tokens: readonly Token[]
}

/**
 * The statements of a script, each for itself, so that one that cannot be parsed costs only itself. Of control flow only the
 * statements within count: whether a branch is taken is not known. A condition is a query of its own.
 */
export function splitScript(sql: string, dialect: SqlDialect, isBody = hasScripting(dialect)): StatementText[] {
  const tokens = lex(sql, dialect)
  const statements: StatementText[] = []
  const add = (from: number, to: number, before = '') => {
    const part = tokens.slice(from, to)
    const [first] = part
    const last = part.at(-1)
    if (first && last)
      statements.push({ text: before + sql.slice(first.start, last.end), start: first.start, tokens: part })
  }
  let from = 0
  for (let index = 0; index < tokens.length; index++) {
    if (isMark(tokens[index], ';')) {
      add(from, index)
      from = index + 1
    } else if (index === from) {
      const control = isBody ? controlAt(tokens, index) : null
      if (!control) continue
      if (control.condition) add(control.condition[0], control.condition[1], 'SELECT ')
      from = control.next
      index = control.next - 1
    }
  }
  add(from, tokens.length)
  return statements
}

interface Control {
  next: number
  condition?: readonly [number, number]
}

/**
 * The body of a procedure or of a `DO` block that is written as a string; null for one in another language than SQL. What is
 * behind `DECLARE` are no statements.
 */
export function routineBody({ tokens }: StatementText): string | null {
  const isProcedure = isWord(tokens[0], 'CREATE') && tokens.slice(1, 5).some((token) => isWord(token, 'PROCEDURE'))
  if (!isProcedure && !isWord(tokens[0], 'DO')) return null
  const body = tokens.findLast(({ kind, text }) => kind === 'string' && text.startsWith('$'))
  const language = tokens.findIndex((token) => isWord(token, 'LANGUAGE'))
  if (!body || (language >= 0 && !isWord(tokens[language + 1], 'SQL', 'PLPGSQL'))) return null
  const inner = body.text.replace(/^\$\w*\$/, '').replace(/\$\w*\$$/, '')
  return inner.replace(/^\s*DECLARE\b[^]*?\bBEGIN\b/i, 'BEGIN')
}

/** PostgreSQL has control flow only within the bodies of routines. */
const hasScripting = (dialect: SqlDialect): boolean => dialect === 'bigquery' || dialect === 'snowflake'

/** A piece of control flow that begins where a statement could. */
function controlAt(tokens: readonly Token[], at: number): Control | null {
  const token = tokens[at]
  const following = tokens[at + 1]
  if (isWord(token, 'BEGIN'))
    return isWord(following, 'TRANSACTION') || isMark(following, ';') || !following ? null : { next: at + 1 }
  if (isWord(token, 'ELSE', 'LOOP', 'REPEAT', 'THEN', 'DO')) return { next: at + 1 }
  if (isWord(token, 'EXCEPTION') && isWord(following, 'WHEN')) return { next: until(tokens, at, 'THEN') }
  if (isWord(token, 'WHEN')) return conditional(tokens, at, 'THEN')
  if (isWord(token, 'IF', 'ELSEIF', 'ELSIF')) return conditional(tokens, at, 'THEN')
  if (isWord(token, 'WHILE')) return conditional(tokens, at, 'DO')
  if (isWord(token, 'FOR')) return conditional(tokens, until(tokens, at, 'IN') - 1, 'DO')
  if (isWord(token, 'END')) return { next: endOf(tokens, at) }
  if (isWord(token, 'CREATE')) return procedure(tokens, at)
  return null
}

/** `END IF`, `END WHILE`: the word behind belongs to it. */
const endOf = (tokens: readonly Token[], at: number): number =>
  isWord(tokens[at + 1], 'IF', 'LOOP', 'WHILE', 'FOR', 'REPEAT', 'CASE') ? at + 2 : at + 1

function conditional(tokens: readonly Token[], at: number, ending: string): Control | null {
  const next = until(tokens, at, ending)
  if (next > tokens.length) return null
  return { next, condition: [at + 1, next - 1] }
}

/** @returns the index behind the word; beyond the end when it does not come in this statement */
function until(tokens: readonly Token[], at: number, ending: string): number {
  let depth = 0
  for (let index = at + 1; index < tokens.length; index++) {
    const token = tokens[index]
    if (isMark(token, '(') || isWord(token, 'CASE')) depth++
    else if (isMark(token, ')') || (depth > 0 && isWord(token, 'END'))) depth--
    else if (isMark(token, ';')) break
    else if (depth === 0 && isWord(token, ending)) return index + 1
  }
  return tokens.length + 1
}

/** What a procedure does is what its body does: `CREATE PROCEDURE p(…) … BEGIN`. */
function procedure(tokens: readonly Token[], at: number): Control | null {
  const head = tokens.slice(at, at + 6)
  if (!head.some((token) => isWord(token, 'PROCEDURE'))) return null
  for (let index = at; index < tokens.length && !isMark(tokens[index], ';'); index++) {
    if (isWord(tokens[index], 'BEGIN')) return { next: index + 1 }
  }
  return null
}
