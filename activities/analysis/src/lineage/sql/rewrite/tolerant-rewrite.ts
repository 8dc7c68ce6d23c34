import type { SqlDialect } from '../dialect.ts'
import type { Token } from '../lex.ts'
import { bigqueryRules } from './bigquery-rules.ts'
import { dialectFreeRules } from './dialect-free-rules.ts'
import { genericRules } from './generic-rules.ts'
import { pipesAsQueries } from './pipe-syntax.ts'
import { postgresRules } from './postgres-rules.ts'
import type { Rule } from './rule.ts'
import { snowflakeRules } from './snowflake-rules.ts'

/**
 * Writes a statement anew without what the parser does not know and what carries no data: tags and policies, options, forms that
 * another form says as well.
 *
 * @returns null when there is nothing to change
 */
export function tolerantRewrite(sql: string, tokens: readonly Token[], dialect: SqlDialect): string | null {
  const piped = dialect === 'bigquery' ? pipesAsQueries(tokens) : null
  if (piped) return tolerantRewrite(textOfTokens(piped), relocated(piped), dialect) ?? textOfTokens(piped)
  const rules = rulesByWord[dialect]
  const start = tokens[0]?.start ?? 0
  let text = ''
  let copied = 0
  let changed = false
  for (let index = 0; index < tokens.length; index++) {
    const edit = editAt(tokens, index, rules)
    if (!edit) continue
    changed = true
    text += `${sql.slice(copied, (tokens[edit.from]?.start ?? start) - start)}${edit.by} `
    copied = (tokens[edit.to]?.start ?? start + sql.length) - start
    index = edit.to - 1
  }
  return changed ? text + sql.slice(copied) : null
}

function editAt(tokens: readonly Token[], index: number, rules: ReadonlyMap<string, readonly Rule[]>) {
  const token = tokens[index]
  if (!token || token.kind === 'string' || token.kind === 'number') return null
  const own = token.kind === 'quoted' ? undefined : rules.get(token.text.toUpperCase())
  for (const candidates of [own, token.kind === 'mark' ? undefined : rules.get('*')])
    for (const { edit } of candidates ?? []) {
      const found = edit(tokens, index)
      if (found) return found
    }
  return null
}

const textOfTokens = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join(' ')

/** The tokens of the text that is made of them. */
function relocated(tokens: readonly Token[]): Token[] {
  let start = 0
  return tokens.map((token) => {
    const moved = { ...token, start, end: start + token.text.length }
    start = moved.end + 1
    return moved
  })
}

const indexed = (rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> =>
  Map.groupBy(
    rules.flatMap((rule) => rule.at.map((word) => ({ word, rule }))),
    ({ word }) => word,
  )
    .entries()
    .reduce(
      (map, [word, entries]) =>
        map.set(
          word,
          entries.map(({ rule }) => rule),
        ),
      new Map<string, Rule[]>(),
    )

const rulesByWord: Record<SqlDialect, ReadonlyMap<string, readonly Rule[]>> = {
  generic: indexed([...dialectFreeRules, ...genericRules]),
  postgres: indexed([...dialectFreeRules, ...postgresRules]),
  snowflake: indexed([...dialectFreeRules, ...snowflakeRules]),
  bigquery: indexed([...dialectFreeRules, ...bigqueryRules]),
}
