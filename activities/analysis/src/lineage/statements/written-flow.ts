import type { LineageCertainty } from '@plumbline/workflows'
import type { ColumnEdge, StatementLineage } from '../sql/script-lineage.ts'

/** What flows between two tables by the names that a script gives them. */
export interface WrittenFlow {
  from: string
  /** Empty: into the result of a query. */
  to: string
  columns: { from: string; to: string; certainty?: LineageCertainty }[]
  /** Columns of `from` that decide which rows come, and no value. */
  indirect: string[]
  /** Its statement was not parsed: tables told by its words. */
  told: boolean
}

export interface WrittenScript {
  flows: WrittenFlow[]
  /** Statements that write into a table what they read of it. */
  selfLoops: number
  failures: ScriptFailure[]
}

/** A statement of the script that was not parsed. */
export interface ScriptFailure {
  message: string
  /** From 1, in the statement; null where the parser does not tell. */
  line: number | null
  column: number | null
  /** Where the statement begins in the script, from 0. */
  start: number
  /** What stands there: some words of the statement. */
  extract: string
}

const longestExtract = 80
/** Of one script: what is wrong with a generated one is the same all over. */
const mostFailures = 5

const isTemporary = (sql: string): boolean =>
  /^\s*create\s+(?:or\s+replace\s+)?(?:(?:global|local)\s+)?temp(?:orary)?\s/i.test(sql) ||
  /\binto\s+temp(?:orary)?\s/i.test(sql)

/**
 * The flows of a script, table to table, each pair once. What goes through a temporary table of the script goes from where it came
 * from to where it ends; the temporary table itself is nobody's.
 */
export function writtenFlows(statements: readonly StatementLineage[]): WrittenScript {
  const temporary = new Map<string, WrittenFlow[]>()
  const flows = new Map<string, WrittenFlow>()
  let selfLoops = 0
  for (const statement of statements) {
    const direct = flowsOf(statement).flatMap((flow) => throughTemporary(flow, temporary.get(key(flow.from))))
    for (const target of isTemporary(statement.sql) ? statement.targets : []) temporary.set(key(target), [])
    for (const flow of direct) {
      const kept = temporary.get(key(flow.to))
      if (kept) kept.push(flow)
      else if (key(flow.from) === key(flow.to)) selfLoops++
      else addFlow(flows, flow)
    }
  }
  return { flows: [...flows.values()], selfLoops, failures: failuresIn(statements) }
}

const key = (table: string): string => table.toLowerCase()

function flowsOf({ sources, targets, columns, indirect, failure }: StatementLineage): WrittenFlow[] {
  const into = targets.length > 0 ? targets : ['']
  return into.flatMap((to) =>
    sources.map((from) => {
      const pairs = columns.flatMap((edge) =>
        key(edge.source.table) === key(from) && key(edge.target.table ?? '') === key(to) ? pairOf(edge) : [],
      )
      const deciding = indirect.flatMap(({ table, column }) => (key(table) === key(from) ? column : []))
      return { from, to, columns: pairs, indirect: onlyDeciding(deciding, pairs), told: failure !== null }
    }),
  )
}

/** All columns of a table of which none is known are no column that one could follow. */
const pairOf = ({ source, target, certainty }: ColumnEdge): WrittenFlow['columns'] =>
  source.column === '*' || target.column === '*'
    ? []
    : [{ from: source.column, to: target.column, ...(certainty === 'resolved' ? {} : { certainty }) }]

const onlyDeciding = (names: readonly string[], pairs: WrittenFlow['columns']): string[] => {
  const flowing = new Set(pairs.map(({ from }) => from))
  return [...new Set(names)].filter((name) => name !== '*' && !flowing.has(name))
}

/** @param before what flowed into its source when that is temporary */
function throughTemporary(flow: WrittenFlow, before: readonly WrittenFlow[] | undefined): WrittenFlow[] {
  if (!before) return [flow]
  return before.map((earlier) => {
    const columns = earlier.columns.flatMap((first) =>
      flow.columns.flatMap((second) => (second.from === first.to ? { ...first, ...second, from: first.from } : [])),
    )
    const deciding = earlier.columns.flatMap((first) => (flow.indirect.includes(first.to) ? first.from : []))
    return {
      from: earlier.from,
      to: flow.to,
      columns,
      indirect: onlyDeciding([...earlier.indirect, ...deciding], columns),
      told: earlier.told || flow.told,
    }
  })
}

function addFlow(flows: Map<string, WrittenFlow>, flow: WrittenFlow): void {
  const pair = `${key(flow.from)}\u0000${key(flow.to)}`
  const known = flows.get(pair)
  if (!known) return void flows.set(pair, flow)
  const columns = [...known.columns, ...flow.columns]
  const distinct = [...new Map(columns.map((one) => [`${one.from}\u0000${one.to}`, one])).values()]
  flows.set(pair, {
    ...known,
    columns: distinct,
    indirect: onlyDeciding([...known.indirect, ...flow.indirect], distinct),
    told: known.told && flow.told,
  })
}

/** What writes nothing is no loss: a body holds assignments and messages, too. */
const failuresIn = (statements: readonly StatementLineage[]): ScriptFailure[] =>
  statements
    .filter(({ targets }) => targets.length > 0 || statements.length === 1)
    .flatMap(failureOf)
    .slice(0, mostFailures)

function failureOf({ failure, sql, start }: StatementLineage): ScriptFailure[] {
  if (!failure) return []
  const line = sql.split('\n')[(failure.line ?? 1) - 1] ?? ''
  const from = Math.max(0, (failure.column ?? 1) - 1 - longestExtract / 2)
  const extract = line.slice(from, from + longestExtract).trim()
  return [{ message: failure.message, line: failure.line, column: failure.column, start, extract }]
}
