import { expect, test } from 'vitest'
import { accessFlows } from './access-flows.ts'

const json = (objects: object[]): string => JSON.stringify(objects)
const source = (objectName: string, columnName: string, objectDomain = 'Table') => ({
  objectName,
  columnName,
  objectDomain,
})

test('columns flow from what was named directly; what was read besides decides rows', () => {
  const read = json([
    { objectName: 'D.S.V', objectDomain: 'View', columns: [{ columnName: 'A' }, { columnName: 'B' }] },
    { objectName: 'D.S.OTHER', objectDomain: 'Table', columns: [{ columnName: 'ID' }] },
    { objectName: 'D.S.T', objectDomain: 'Table', columns: [{ columnName: 'X' }] },
    { objectName: 'D.S.F', objectDomain: 'Function' },
  ])
  const written = json([
    {
      objectName: 'D.S.T',
      objectDomain: 'Table',
      columns: [
        { columnName: 'X', directSources: [source('D.S.V', 'A')], baseSources: [source('D.S.BASE', 'A')] },
        { columnName: 'Y', directSources: [], baseSources: [source('D.S.BASE', 'C'), source('D.S.P', 'C', 'Policy')] },
        { columnName: 'Z', directSources: [source('D.S.T', 'X')] },
      ],
    },
  ])
  expect(accessFlows(read, written)).toEqual([
    { from: 'D.S.V', to: 'D.S.T', columns: [{ from: 'A', to: 'X' }], indirect: ['B'] },
    { from: 'D.S.BASE', to: 'D.S.T', columns: [{ from: 'C', to: 'Y' }], indirect: [] },
    { from: 'D.S.OTHER', to: 'D.S.T', columns: [], indirect: ['ID'] },
  ])
})

test.each([
  ['no row of it', null],
  ['nothing written', '[]'],
  ['no list', '{}'],
  ['an object without a name', '[{"objectDomain":"Table"}]'],
])('%s says nothing of what flowed', (_, written) => {
  expect(accessFlows('[]', written)).toBeNull()
})

test('a stage is called as its asset is', () => {
  const read = json([
    { objectName: 'D.S.RAW', objectDomain: 'Stage' },
    { objectName: 'D.S."odd.one"', objectDomain: 'Stage' },
  ])
  const written = json([{ objectName: 'D.S.T', objectDomain: 'Table', columns: [{ columnName: 'X' }] }])
  expect(accessFlows(read, written)).toEqual([
    { from: 'D.S."@RAW"', to: 'D.S.T', columns: [], indirect: [] },
    { from: 'D.S."@odd.one"', to: 'D.S.T', columns: [], indirect: [] },
  ])
})
