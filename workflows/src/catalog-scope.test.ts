import { expect, test } from 'vitest'
import { patternShape } from './catalog-pattern.ts'
import { scopePatterns, scopeSeparator, singlePatterns, wholeCatalog } from './catalog-scope.ts'

const names = [
  ['sales', 'orders'],
  ['sales', 'tmp_1'],
  ['salesman', 'orders'],
  ['hr', 'staff'],
  ['odd(name', 'a+b'],
  ['odd.schema', 'a table'],
  ['odd', 'schema.a table'],
  ['stars', '50*"off"?'],
] as const
type Name = (typeof names)[number]

const matching = (pattern: string | null): string[] =>
  names
    .filter((name) => pattern === null || new RegExp(pattern, 's').test(name.join(scopeSeparator)))
    .map((name: Name) => name.join('/'))

test.each([
  [['sales'], ['sales/orders', 'sales/tmp_1']],
  [['sales.*'], ['sales/orders', 'sales/tmp_1']],
  [['sales*.orders'], ['sales/orders', 'salesman/orders']],
  [
    ['*.tmp_?', 'hr'],
    ['sales/tmp_1', 'hr/staff'],
  ],
  [['odd(name.a+b'], ['odd(name/a+b']],
  [['orders'], []],
  [['"odd.schema"'], ['odd.schema/a table']],
  [['"odd.schema"."a table"'], ['odd.schema/a table']],
  [['"odd."*.*'], ['odd.schema/a table']],
  [['odd."schema.a table"'], ['odd/schema.a table']],
  [['stars."50*""off""?"'], ['stars/50*"off"?']],
  [['stars."50*"'], []],
  [['stars.50"*"*'], ['stars/50*"off"?']],
  [['"*".orders'], []],
  [['*.a table'], ['odd.schema/a table']],
])('%j includes %j', (include, expected) => {
  expect(matching(scopePatterns({ include, exclude: [] }).includeRelations)).toEqual(expected)
})

test.each(['sales', '*', 'sales.*', 'a b.c', '"odd.schema"."a table"', '"a""b"', 'a"."b.c', '*."*"'])(
  '%j is a pattern',
  (pattern) => {
    expect(pattern).toMatch(patternShape)
  },
)
test.each(['', '.', 'sales.', '.orders', 'a.b.c', '"open', 'a"b', '""', '"a".', '"a"."b"."c"', 'a\0b'])(
  '%j is none',
  (pattern) => {
    expect(pattern).not.toMatch(patternShape)
  },
)

test('without patterns nothing is asked', () => {
  expect(Object.values(scopePatterns({ include: null, exclude: [] }))).toEqual([null, null, null, null])
})

test('a schema is left out only by a pattern for all of it, and looked at when something in it may match', () => {
  const { includeSchemas, excludeSchemas } = scopePatterns({ include: ['sales.o*', 'h*'], exclude: ['hr.st*', 'tmp*'] })
  const looked = (name: string) => new RegExp(includeSchemas ?? '').test(name)
  const left = (name: string) => new RegExp(excludeSchemas ?? '').test(name)
  expect(['sales', 'hr', 'tmp_1'].map((name) => [looked(name), left(name)])).toEqual([
    [true, false],
    [true, false],
    [false, true],
  ])
})

test('each pattern by itself names a whole schema or relations', () => {
  const scope = { ...wholeCatalog, include: ['sales.o*'], exclude: ['tmp*', 'hr.*'] }
  expect(singlePatterns(scope)).toEqual([
    { pattern: 'sales.o*', list: 'include', schema: '^sales$', relation: '^o.*$' },
    { pattern: 'tmp*', list: 'exclude', schema: '^tmp.*$', relation: null },
    { pattern: 'hr.*', list: 'exclude', schema: '^hr$', relation: null },
  ])
})
