import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { columnLineageOf } from './column-lineage.ts'
import { NodeTreeError } from './node-tree-error.ts'
import { parseNodeTree } from './node-tree.ts'

/** Recorded from Postgres 18; the tables are `a (id, x, y)` with oid 1001 and `c (id, parent, label)` with oid 1002. */
const recorded = (name: string) => readFileSync(new URL(`fixtures/${name}.tree`, import.meta.url), 'utf8')

const nameOf: Record<string, string> = {
  'r:1001 null': 'a',
  'r:1001 1': 'a.id',
  'r:1001 2': 'a.x',
  'r:1001 3': 'a.y',
  'r:1002 1': 'c.id',
  'r:1002 2': 'c.parent',
  'r:1002 3': 'c.label',
}
const told = (columns: readonly { externalId: string; attnum: number | null }[]) =>
  columns.map(({ externalId, attnum }) => nameOf[`${externalId} ${attnum}`]).join(' ')

function lineage(text: string): { flow: Record<string, string>; reads: string } {
  const { outputs, reads } = columnLineageOf(parseNodeTree(text))
  return { flow: Object.fromEntries(outputs.map(({ name, sources }) => [name, told(sources)])), reads: told(reads) }
}

describe('recorded trees', () => {
  test(`select id, x + 1 as next, 'k' as constant from a where y <> ''`, () => {
    expect(lineage(recorded('plain'))).toEqual({
      flow: { id: 'a.id', next: 'a.x', constant: '' },
      reads: 'a.id a.x a.y',
    })
  })

  test('select lower(y) as low, sum(x) filter (where id > 3) as total from a group by lower(y)', () => {
    expect(lineage(recorded('grouped'))).toEqual({
      flow: { low: 'a.y', total: 'a.id a.x' },
      reads: 'a.id a.x a.y',
    })
  })

  test('select id, x, label from a full join c using (id)', () => {
    expect(lineage(recorded('merged'))).toEqual({
      flow: { id: 'a.id c.id', x: 'a.x', label: 'c.label' },
      reads: 'a.id a.x c.id c.label',
    })
  })

  test('with recursive t (id, path) as (… union all … c join t on c.parent = t.id) select id, path from t', () => {
    expect(lineage(recorded('tree'))).toEqual({
      flow: { id: 'c.id', path: 'c.label' },
      reads: 'c.id c.parent c.label',
    })
  })

  test('select (select max(c.label) from c where c.id = a.x) as most, rank() over (partition by y order by x) …', () => {
    expect(lineage(recorded('sub'))).toEqual({
      flow: { most: 'c.label', place: 'a.x a.y' },
      reads: 'a.x a.y c.id c.label',
    })
  })

  test('outputs have the numbers of the view columns', () => {
    const { outputs } = columnLineageOf(parseNodeTree(recorded('plain')))
    expect(outputs.map(({ name, attnum }) => [name, attnum])).toEqual([
      ['id', 1],
      ['next', 2],
      ['constant', 3],
    ])
  })
})

describe('a tree that does not fit together', () => {
  const variable = (fields: string) => recorded('plain').replace(':varno 1 :varattno 1 ', `${fields} `)
  test.each([
    ['an entry that is not there', variable(':varno 7 :varattno 1')],
    ['a level that is not there', variable(':varno 1 :varattno 1').replaceAll(':varlevelsup 0', ':varlevelsup 2')],
    ['a number that is none', variable(':varno x :varattno 1')],
    ['a kind of entry nobody knows', recorded('plain').replace(':rtekind 0', ':rtekind 99')],
    ['a window that is not there', recorded('sub').replace(':winref 1', ':winref 5')],
    ['a common table expression that is not there', recorded('tree').replace(':ctename t ', ':ctename u ')],
    ['no query', '({VAR :varno 1})'],
    ['two queries', recorded('plain').replace(/^\((.*)\)\s*$/s, '($1 $1)')],
  ])('names %s', (_what, text) => {
    expect(() => columnLineageOf(parseNodeTree(text))).toThrow(NodeTreeError)
  })
})

describe('large trees', () => {
  const target = (expression: string, number: number) =>
    `{TARGETENTRY :expr ${expression} :resno ${number} :resname c${number} :ressortgroupref 0 :resjunk false}`
  const variable = (entry: number, column: number) =>
    `{VAR :varno ${entry} :varattno ${column} :varlevelsup 0 :location -1}`
  const query = (rangeTable: string, targets: string) =>
    `{QUERY :cteList <> :rtable (${rangeTable}) :jointree {FROMEXPR :fromlist ({RANGETBLREF :rtindex 1}) :quals <>} ` +
    `:targetList (${targets}) :havingQual <> :windowClause <> :setOperations <>}`
  const table = '{RANGETBLENTRY :eref {ALIAS :aliasname a :colnames ("id" "x")} :rtekind 0 :relid 1001 :tablesample <>}'

  test('an expression 100,000 levels deep is followed to its ground', () => {
    const depth = 100_000
    const expression = `${'{OPEXPR :args ('.repeat(depth)}${variable(1, 2)}${')}'.repeat(depth)}`
    expect(lineage(`(${query(table, target(expression, 1))})`)).toEqual({ flow: { c1: 'a.x' }, reads: 'a.x' })
  })

  test('2,000 subqueries in each other are followed to their ground', () => {
    let tree = query(table, target(variable(1, 1), 1))
    for (let level = 0; level < 2_000; level += 1) {
      const alias = ':eref {ALIAS :aliasname s :colnames ("c1")}'
      const entry = `{RANGETBLENTRY ${alias} :rtekind 1 :subquery ${tree} :tablesample <>}`
      tree = query(entry, target(variable(1, 1), 1))
    }
    expect(lineage(`(${tree})`)).toEqual({ flow: { c1: 'a.id' }, reads: 'a.id' })
  })

  test('100,000 variables in 1,000 columns take no more than their reading', { timeout: 20_000 }, () => {
    const sum = `{OPEXPR :args (${Array.from({ length: 100 }, () => variable(1, 2)).join(' ')})}`
    const targets = Array.from({ length: 1_000 }, (_, index) => target(sum, index + 1))
    const { flow } = lineage(`(${query(table, targets.join(' '))})`)
    expect(new Set(Object.values(flow))).toEqual(new Set(['a.x']))
  })
})
