import { expect, test } from 'vitest'
import type { Choice } from './name-choice.ts'
import { resolveStatement } from './resolve-statement.ts'
import type { WrittenFlow } from './written-flow.ts'

const known = (externalId: string, certainty: Choice['certainty'] = 'resolved'): Choice => ({
  relations: [{ externalId, schema: 's', columns: ['id', 'Name'] }],
  certainty,
})
const flow = (from: string, to: string, more: Partial<WrittenFlow> = {}): WrittenFlow => ({
  from,
  to,
  columns: [],
  indirect: [],
  told: false,
  ...more,
})

test('columns are those of the catalog; names that it does not have are counted', () => {
  const names = new Map([
    ['a', known('1')],
    ['s.a', known('1')],
    ['b', known('2', 'inferred')],
  ])
  const columns = [
    { from: 'id', to: 'id' },
    { from: 'name', to: 'name' },
    { from: 'gone', to: 'id' },
  ]
  const flows = [flow('a', 'b', { columns, indirect: ['NAME', 'x'] }), flow('a', 's.a'), flow('c', 'b'), flow('a', '')]
  expect(resolveStatement('query', flows, (name) => names.get(name) ?? null)).toEqual({
    edges: [
      {
        from: '1',
        to: '2',
        columns: [
          { from: 'id', to: 'id' },
          { from: 'Name', to: 'Name' },
        ],
        indirect: ['Name'],
        certainty: 'inferred',
        confidence: 0.76,
      },
    ],
    unresolved: 1,
    selfLoops: 1,
  })
})

test('tables that are told by words are no more than inferred', () => {
  const choose = (name: string) => known(name)
  const { edges } = resolveStatement('function', [flow('1', '2', { told: true })], choose)
  expect(edges).toMatchObject([{ certainty: 'inferred', confidence: 0.41 }])
})
