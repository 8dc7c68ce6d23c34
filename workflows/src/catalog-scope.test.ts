import { expect, test } from 'vitest'
import { scopePatterns } from './catalog-scope.ts'

const names = ['sales.orders', 'sales.tmp_1', 'salesman.orders', 'hr.staff', 'odd(name.a+b']
const matching = (pattern: string | null) => names.filter((name) => pattern === null || new RegExp(pattern).test(name))

test.each([
  [['sales'], ['sales.orders', 'sales.tmp_1']],
  [['sales.*'], ['sales.orders', 'sales.tmp_1']],
  [['sales*.orders'], ['sales.orders', 'salesman.orders']],
  [
    ['*.tmp_?', 'hr'],
    ['sales.tmp_1', 'hr.staff'],
  ],
  [['odd(name.a+b'], ['odd(name.a+b']],
  [['orders'], []],
])('%j includes %j', (include, expected) => {
  expect(matching(scopePatterns({ include, exclude: [] }).includeRelations)).toEqual(expected)
})

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
