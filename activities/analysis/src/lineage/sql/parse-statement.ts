import { init, Parser, ParserError } from '@guanmingchiu/sqlparser-ts'
import { parserDialect, type SqlDialect } from './dialect.ts'
import { isMark, isWord, lex, type Token } from './lex.ts'
import { plainDefinition } from './rewrite/plain-definition.ts'
import type { StatementText } from './split-script.ts'
import { tolerantRewrite } from './rewrite/tolerant-rewrite.ts'
import type { Statement } from './tree.ts'

export interface ParseFailure {
  message: string
  /** From 1, in the statement; null where the parser does not tell. */
  line: number | null
  column: number | null
  /** Its memory is damaged: whatever it says of later statements is worth nothing. */
  isParserBroken: boolean
}

interface Failed {
  statements: null
  failure: ParseFailure
}
/** `sql` is what was parsed in the end: as it was written, or written anew. */
type Parsed = { statements: readonly Statement[]; sql: string; failure: null } | Failed

/** Loads the parser; once a process. */
export const loadParser = (): Promise<void> => init()

/** Far more than people and generators nest, and within the stack of the parser. */
const recursionLimit = 300

/**
 * A chain of operators becomes a tree as deep as it is long, and one of about 1,000 overruns the stack of the parser: its memory is
 * then broken for every later statement. So it is not tried.
 */
const longestChain = 500

/** In characters: the memory that the parser takes is some hundred times a text, and is never given back. */
const longestText = 2_000_000

/** @returns the failure instead of throwing it: one statement of many cannot stop the others */
export function parseStatement({ text, tokens }: StatementText, dialect: SqlDialect): Parsed {
  if (text.length > longestText) return failed(`A statement of ${text.length} characters is too long`)
  const chain = tokens.length > longestChain ? longestChainIn(tokens) : 0
  if (chain > longestChain) return failed(`A chain of ${chain} operators is too long`)
  const grammar = grammarFor(tokens, dialect)
  const before = alwaysRewritten(tokens, dialect) ? tolerantRewrite(text, tokens, dialect) : null
  const first = tryParse(before ?? text, grammar)
  if (first.statements || first.failure.isParserBroken) return first
  for (const [written, by] of attempts(text, before ?? text, tokens, dialect)) {
    const again = tryParse(written, by ?? grammar)
    if (again.statements || again.failure.isParserBroken) return again
  }
  // The position is told of what was written.
  return first
}

/** Grammars that know what that of a dialect does not: of SQL that is nobody's, those with the most of their own. */
const relatives: Record<SqlDialect, readonly string[]> = {
  generic: ['snowflake', 'mssql', 'mysql', 'databricks'],
  postgres: ['redshift'],
  snowflake: ['databricks'],
  bigquery: ['databricks'],
}

/** What is tried in turn: other texts that say the same of data, then other grammars. */
function* attempts(
  text: string,
  before: string,
  tokens: readonly Token[],
  dialect: SqlDialect,
): Generator<readonly [string, string?], void> {
  for (const written of rewritings(text, tokens, dialect)) yield [written]
  // Some of them read calls within calls again and again, as PostgreSQL's does.
  if (deepestCallIn(tokens) > deepestCall) return
  const rewritten = tolerantRewrite(text, tokens, dialect)
  for (const grammar of relatives[dialect]) {
    yield [before, grammar]
    if (rewritten !== null) yield [rewritten, grammar]
  }
}

function* rewritings(text: string, tokens: readonly Token[], dialect: SqlDialect): Generator<string, void> {
  const rewritten = tolerantRewrite(text, tokens, dialect)
  if (rewritten !== null) yield rewritten
  const plain = plainDefinition(text, tokens)
  if (plain === null) return
  yield plain
  const both = tolerantRewrite(plain, lex(plain, dialect), dialect)
  if (both !== null) yield both
}

/** A whole script as it stands, without a second try: for what is judged by its tree, and run as it is. */
export function parseAsWritten(sql: string, dialect: SqlDialect): Parsed {
  const tokens = lex(sql, dialect)
  const chain = longestChainIn(tokens)
  return chain > longestChain
    ? failed(`A chain of ${chain} operators is too long`)
    : tryParse(sql, parserDialect[dialect])
}

/** What the parser takes for something else instead of refusing it. */
const alwaysRewritten = (tokens: readonly Token[], dialect: SqlDialect): boolean =>
  (dialect === 'snowflake' && isWord(tokens[0], 'COPY')) ||
  (dialect === 'postgres'
    ? isWord(tokens[0], 'UNLOAD') || tokens.some((token) => isWord(token, 'ONLY'))
    : tokens.some(
        (token, index) =>
          (isWord(token, 'ARRAY') && isMark(tokens[index + 1], '<')) ||
          (isMark(token, '|') && isMark(tokens[index + 1], '>')),
      ))

/**
 * For PostgreSQL the parser reads each argument of a call twice, in case it is named: 20 calls within each other are a million
 * readings. Redshift's grammar is nearest and does not.
 */
const grammarFor = (tokens: readonly Token[], dialect: SqlDialect): string =>
  dialect === 'postgres' && deepestCallIn(tokens) > deepestCall ? 'redshift' : parserDialect[dialect]
const deepestCall = 6

function deepestCallIn(tokens: readonly Token[]): number {
  const calls: boolean[] = []
  let [depth, most] = [0, 0]
  tokens.forEach((token, index) => {
    if (isMark(token, '(')) {
      const isCall = tokens[index - 1]?.kind === 'word'
      calls.push(isCall)
      most = Math.max(most, isCall ? ++depth : depth)
    } else if (isMark(token, ')') && calls.pop()) depth--
  })
  return most
}

function tryParse(sql: string, grammar: string): Parsed {
  try {
    const parser = new Parser({ name: grammar }).withOptions({ recursionLimit, trailingCommas: true })
    const statements: unknown = parser.parse(sql)
    return isTree(statements) ? { statements, sql, failure: null } : failed('The parser gave no statements')
  } catch (cause) {
    if (!(cause instanceof ParserError)) throw cause
    const [, line, column] = /Line: (\d+), Column: (\d+)/.exec(cause.message) ?? []
    return failed(cause.message, {
      line: line === undefined ? null : Number(line),
      column: column === undefined ? null : Number(column),
      // The parser begins its refusals so, and its lexer tells a position: anything else is a trap of the WebAssembly.
      isParserBroken: line === undefined && !cause.message.startsWith('sql parser error'),
    })
  }
}

/** The package declares an older tree than its parser gives: tree.ts says what is there. */
const isTree = (parsed: unknown): parsed is readonly Statement[] => Array.isArray(parsed)

export const failed = (message: string, more: Partial<ParseFailure> = {}): Failed => ({
  statements: null,
  failure: { message, line: null, column: null, isParserBroken: false, ...more },
})

/** How tightly an operator binds; one that binds less tightly ends a chain of those that bind more. */
const binding: ReadonlyMap<string, number> = new Map(
  [
    'OR XOR',
    'AND',
    'NOT',
    '= < > ! ~ IS IN LIKE ILIKE RLIKE SIMILAR BETWEEN',
    '+ - | & # ^',
    '* / % DIV',
    ': [ COLLATE AT',
  ]
    .map((operators) => operators.split(' '))
    .flatMap((operators, level) => operators.map((operator) => [operator, level] as const)),
)
const levels = new Set(binding.values()).size
const setOperators = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'MINUS'])
/** Behind these another expression begins. */
const endings = new Set([',', 'SELECT', 'FROM', 'WHERE', 'ON', 'WHEN', 'THEN', 'ELSE', 'AS'])

interface Chain {
  /** Operators in a row, by how tightly they bind. */
  operators: number[]
  sets: number
}
const noChain = (): Chain => ({ operators: Array.from({ length: levels }, () => 0), sets: 0 })

/** How deep the tree of an expression or a set operation becomes, within one pair of parentheses. */
function longestChainIn(tokens: readonly Token[]): number {
  const open = [noChain()]
  let longest = 0
  for (const { kind, text } of tokens) {
    if (kind !== 'mark' && kind !== 'word') continue
    const word = kind === 'word' ? text.toUpperCase() : text
    const chain = open.at(-1) ?? noChain()
    const level = binding.get(word)
    if (word === '(') open.push(noChain())
    else if (word === ')' && open.length > 1) open.pop()
    else if (endings.has(word)) chain.operators.fill(0)
    else if (setOperators.has(word)) longest = Math.max(longest, ++chain.sets)
    else if (level !== undefined) {
      chain.operators[level] = (chain.operators[level] ?? 0) + 1
      chain.operators.fill(0, level + 1)
      longest = Math.max(
        longest,
        chain.operators.reduce((depth, count) => depth + count, 0),
      )
    }
  }
  return longest
}
