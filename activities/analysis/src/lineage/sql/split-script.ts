import { controlAt } from './control-flow.ts'
import type { SqlDialect } from './dialect.ts'
import {
  declarationIn,
  fetchedInto,
  intoVariables,
  isWithoutData,
  namesIn,
  openedCursor,
  statementWords,
} from './declaration.ts'
import { isMark, isWord, lex, type Token } from './lex.ts'

/** One statement of a script. */
export interface StatementText {
  text: string
  /** Where it begins in the script, counted in characters. */
  start: number
  tokens: readonly Token[]
  /** The variable that gets the one value of this query. */
  assigns?: string
  /** The variables that hold a row of this query in the statements after it. */
  iterates?: readonly string[]
  /** The value of this query is a script that is executed. */
  isDynamic?: boolean
}

export interface Script {
  statements: readonly StatementText[]
  /** What is declared anywhere in it. */
  variables: readonly string[]
}

/**
 * The statements of a script, each for itself, so that one that cannot be parsed costs only itself. Of control flow only the
 * statements within count: whether a branch is taken is not known. A condition is a query of its own.
 *
 * @param isBody whether control flow is understood; PostgreSQL has it only within the bodies of routines
 */
export function splitScript(sql: string, dialect: SqlDialect, isBody = hasScripting(dialect)): Script {
  const tokens = lex(sql, dialect)
  const hasBody = isBody || tokens.some((token, index) => isWord(token, 'ATOMIC') && isWord(tokens[index - 1], 'BEGIN'))
  const splitting: Splitting = { sql, dialect, isBody: hasBody, statements: [], variables: [] }
  let from = 0
  let isDeclaring = false
  for (let index = 0; index < tokens.length; index++) {
    if (isMark(tokens[index], ';') || isBatchEnd(sql, tokens[index], dialect)) {
      addStatement(splitting, tokens.slice(from, index), isDeclaring)
      from = index + 1
      // Where DECLARE is a statement, others follow without BEGIN.
      isDeclaring &&= !isWord(tokens[from], ...statementWords)
    } else if (index === from && hasBody) {
      const control = controlAt(tokens, index, dialect)
      if (!control) continue
      isDeclaring = control.declares ?? (isDeclaring && !isWord(tokens[index], 'BEGIN'))
      splitting.variables.push(...(control.variables ?? []))
      if (control.condition)
        addQuery(
          splitting,
          tokens.slice(...control.condition),
          control.iterates ? { iterates: control.variables ?? [] } : {},
        )
      from = control.next
      index = control.next - 1
    }
  }
  addStatement(splitting, tokens.slice(from), isDeclaring)
  return splitting
}

/** `GO` on a line of its own, as clients of SQL Server have it. */
const isBatchEnd = (sql: string, token: Token | undefined, dialect: SqlDialect): boolean =>
  dialect === 'generic' &&
  isWord(token, 'GO') &&
  token !== undefined &&
  /(^|\n)[ \t]*$/.test(sql.slice(0, token.start)) &&
  /^[ \t]*(\r?\n|$)/.test(sql.slice(token.end))

/** PostgreSQL has control flow only within the bodies of routines. */
const hasScripting = (dialect: SqlDialect): boolean => dialect !== 'postgres'

interface Splitting extends Script {
  sql: string
  dialect: SqlDialect
  isBody: boolean
  statements: StatementText[]
  variables: string[]
}

function addStatement(splitting: Splitting, part: readonly Token[], isDeclaring: boolean): void {
  const [first] = part
  const last = part.at(-1)
  if (!first || !last) return
  const fetched = splitting.isBody ? fetchedInto(part) : null
  if (fetched)
    return addQuery(splitting, part.slice(fetched.cursor, fetched.cursor + 1), { iterates: fetched.variables })
  const declared = splitting.isBody ? (openedCursor(part) ?? declarationIn(part, isDeclaring, splitting.dialect)) : null
  if (!declared && splitting.isBody && isWithoutData(part)) return
  if (declared) {
    if (splitting.dialect !== 'snowflake') splitting.variables.push(declared.name)
    if (declared.value) addQuery(splitting, part.slice(...declared.value), { assigns: declared.name })
    return
  }
  const executed = splitting.isBody && isWord(first, 'EXECUTE') && !isWord(part[1], 'TASK') ? executedIn(part) : null
  if (executed) return addQuery(splitting, executed, { isDynamic: true })
  const into = splitting.isBody && splitting.dialect !== 'bigquery' ? intoVariables(part) : null
  if (into && !isTable(splitting, part.slice(into[0] + 1, into[1])))
    return addText(
      splitting,
      `${textIn(splitting, part.slice(0, into[0]))} ${textIn(splitting, part.slice(into[1]))}`,
      first,
      { iterates: namesIn(part.slice(into[0] + 1, into[1])).filter((name) => name.toUpperCase() !== 'STRICT') },
    )
  splitting.statements.push({ text: splitting.sql.slice(first.start, last.end), start: first.start, tokens: part })
}

/** `SELECT a INTO x` of no dialect: a table, unless `x` is declared or marked as a variable. */
function isTable({ dialect, variables }: Splitting, names: readonly Token[]): boolean {
  const declared = new Set(variables.map((name) => name.toLowerCase()))
  const isVariable = ({ text }: Token) => /^[@:]/.test(text) || declared.has(text.toLowerCase())
  return dialect === 'generic' && !names.some(isVariable)
}

const textIn = ({ sql }: Splitting, part: readonly Token[]): string =>
  sql.slice(part[0]?.start ?? 0, part.at(-1)?.end ?? 0)

/** `EXECUTE IMMEDIATE expression INTO a USING b`: the expression. */
function executedIn(part: readonly Token[]): readonly Token[] {
  const from = isWord(part[1], 'IMMEDIATE') ? 2 : 1
  const to = part.findIndex((token, index) => index > from && isWord(token, 'INTO', 'USING'))
  return part.slice(from, to < 0 ? undefined : to)
}

/** An expression or a query, as a query. */
function addQuery(splitting: Splitting, part: readonly Token[], more: Partial<StatementText> = {}): void {
  const [first] = part
  if (!first) return
  if (isWord(first, 'EXECUTE')) return addQuery(splitting, executedIn(part), { ...more, isDynamic: true })
  const isQuery = isWord(first, 'SELECT', 'WITH') && !more.isDynamic
  const text = textIn(splitting, part)
  addText(splitting, isQuery ? text : `SELECT (${text})`, first, more)
}

function addText(splitting: Splitting, text: string, { start }: Token, more: Partial<StatementText> = {}): void {
  splitting.statements.push({ text, start, tokens: lex(text, splitting.dialect), ...more })
}
