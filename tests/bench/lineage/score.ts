import type { Answer, LineageCase } from './cases.ts'

/** Whether an answer is exactly what is expected; null where that is not stated or not scored. */
export interface Score {
  tables: boolean | null
  columns: boolean | null
}

const notScored = ['policy', 'unused_cte', 'star_unresolved']

export function scoreOf(expected: LineageCase, answer: Answer): Score {
  if (expected.tags.some((tag) => notScored.includes(tag))) return { tables: null, columns: null }
  return { tables: tablesMatch(expected, answer), columns: columnsMatch(expected, answer) }
}

function tablesMatch({ expected_table: expected, ...rules }: LineageCase, { tables }: Answer): boolean | null {
  if (!expected) return null
  const name = nameIn(rules.defaults)
  const optional = new Set(rules.optional_sources.map(name))
  const sources = (names: string[]) => names.map(name).filter((source) => !optional.has(source))
  return (
    same(sources(expected.sources), sources(tables.sources)) &&
    same(expected.targets.map(name), tables.targets.map(name))
  )
}

function columnsMatch({ expected_columns: expected, ...rules }: LineageCase, { columns }: Answer): boolean | null {
  if (!expected) return null
  const name = nameIn(rules.defaults)
  const last = (target: string) => target.split('.').at(-1)?.toLowerCase() ?? ''
  const ignored = new Set(rules.ignore_targets.map((target) => target.toLowerCase()))
  const checked = rules.check_targets && new Set(rules.check_targets.map((target) => target.toLowerCase()))
  const stated = (pairs: readonly [string, string][]) =>
    pairs.filter(([, target]) => !ignored.has(last(target)) && (!checked || checked.has(last(target))))
  const spelled = (pairs: readonly [string, string][]) =>
    withoutNames(stated(pairs).map(([source, target]) => [name(source), name(target)]))
  return same(spelled(expected), spelled(columns))
}

/** Outputs without a name are known by what they come from. */
function withoutNames(pairs: readonly (readonly [string, string])[]): string[] {
  const sources = Map.groupBy(pairs, ([, target]) => target)
  return [...sources].flatMap(([target, of]) => {
    const from = [...new Set(of.map(([source]) => source))].toSorted()
    return target.includes('~expr') ? [`~ ${from.join(' ')}`] : from.map((source) => `${source} ${target}`)
  })
}

/** Names compare without regard to case and with or without the prefixes that go without saying. */
const nameIn =
  (defaults: readonly string[]) =>
  (name: string): string => {
    const lower = name.toLowerCase()
    const prefix = defaults.map((part) => `${part.toLowerCase()}.`).toSorted((one, other) => other.length - one.length)
    return lower.slice(prefix.find((part) => lower.startsWith(part))?.length ?? 0)
  }

const same = (one: readonly string[], other: readonly string[]): boolean => {
  const [first, second] = [new Set(one), new Set(other)]
  return first.size === second.size && first.isSubsetOf(second)
}
