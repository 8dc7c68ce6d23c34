import { init, Parser, ParserError } from '@guanmingchiu/sqlparser-ts'
import { parserDialect, type SqlDialect } from './dialect.ts'
import { isMark, isWord, type Token } from './lex.ts'
import type { StatementText } from './split-script.ts'
import { tolerantRewrite } from './tolerant-rewrite.ts'
import type { Statement } from './tree.ts'

export interface ParseFailure {
  message: string
  /** From 1, in the statement; null where the parser does not tell. */
  line: number | null
  column: number | null
}

export type Parsed = { statements: readonly Statement[]; failure: null } | { statements: null; failure: ParseFailure }

/** Loads the parser; once a process. */
export const loadParser = (): Promise<void> => init()

/** Far more than people and generators nest, and within the stack of the parser. */
const recursionLimit = 300

/**
 * A chain of operators becomes a tree as deep as it is long, and one of about 1,000 overruns the stack of the parser: its memory is
 * then broken for every later statement. So it is not tried.
 */
const longestChain = 500

/** @returns the failure instead of throwing it: one statement of many cannot stop the others */
export function parseStatement({ text, tokens }: StatementText, dialect: SqlDialect): Parsed {
  const chain = longestChainIn(tokens)
  if (chain > longestChain) return failed(`A chain of ${chain} operators is too long`)
  const before = alwaysRewritten(tokens, dialect) ? tolerantRewrite(text, tokens, dialect) : null
  const first = tryParse(before ?? text, dialect)
  if (first.statements || before !== null) return first
  const rewritten = tolerantRewrite(text, tokens, dialect)
  const second = rewritten === null ? first : tryParse(rewritten, dialect)
  // The position is told of what was written.
  return second.statements ? second : first
}

/** What the parser takes for something else instead of refusing it. */
const alwaysRewritten = (tokens: readonly Token[], dialect: SqlDialect): boolean =>
  tokens.some(
    (token, index) =>
      isWord(token, dialect === 'postgres' ? 'ONLY' : 'ARRAY') &&
      (dialect === 'postgres' || isMark(tokens[index + 1], '<')),
  )

function tryParse(sql: string, dialect: SqlDialect): Parsed {
  try {
    const parser = new Parser({ name: parserDialect[dialect] }).withOptions({ recursionLimit, trailingCommas: true })
    const statements: unknown = parser.parse(sql)
    return isTree(statements) ? { statements, failure: null } : failed('The parser gave no statements')
  } catch (cause) {
    if (!(cause instanceof ParserError)) throw cause
    const [, line, column] = /Line: (\d+), Column: (\d+)/.exec(cause.message) ?? []
    return failed(cause.message, line === undefined ? null : Number(line), column === undefined ? null : Number(column))
  }
}

/** The package declares an older tree than its parser gives: tree.ts says what is there. */
const isTree = (parsed: unknown): parsed is readonly Statement[] => Array.isArray(parsed)

const failed = (message: string, line: number | null = null, column: number | null = null): Parsed => ({
  statements: null,
  failure: { message, line, column },
})

const operators = new Set(['AND', 'OR'])
const setOperators = new Set(['UNION', 'INTERSECT', 'EXCEPT'])
const marks = new Set(['+', '-', '*', '/', '|'])
/** Behind these another expression begins. */
const endings = new Set(['SELECT', 'FROM', 'WHERE', 'ON', 'WHEN', 'THEN', 'ELSE', 'AS'])

/** The most operators in one expression, or of queries in one set operation, within one pair of parentheses. */
function longestChainIn(tokens: readonly Token[]): number {
  const open = [{ operators: 0, sets: 0 }]
  let longest = 0
  for (const { kind, text } of tokens) {
    const count = open.at(-1) ?? { operators: 0, sets: 0 }
    const word = kind === 'word' ? text.toUpperCase() : ''
    if (kind === 'mark' && text === '(') open.push({ operators: 0, sets: 0 })
    else if (kind === 'mark' && text === ')' && open.length > 1) open.pop()
    else if (text === ',' || endings.has(word)) count.operators = 0
    else if (setOperators.has(word)) longest = Math.max(longest, ++count.sets)
    else if (operators.has(word) || (kind === 'mark' && marks.has(text))) longest = Math.max(longest, ++count.operators)
  }
  return longest
}
