import { expect, it } from 'vitest'
import { lineageQuery, parseAssetSearch } from './asset-search.ts'

it('opens the tab that a job’s result leads to', () => {
  expect(parseAssetSearch({ tab: 'schema-changes', jobId: 'j1' })).toMatchObject({ tab: 'schema-changes', jobId: 'j1' })
  expect(parseAssetSearch({ tab: 'nothing-like-it' }).tab).toBeUndefined()
})

it('keeps the lineage within what the server draws', () => {
  expect(lineageQuery(parseAssetSearch({}))).toEqual({
    direction: 'both',
    depth: 3,
    columns: false,
    relations: false,
    column: undefined,
  })
  expect(lineageQuery(parseAssetSearch({ depth: '101', direction: 'sideways' }))).toMatchObject({
    depth: 3,
    direction: 'both',
  })
  expect(
    lineageQuery(parseAssetSearch({ depth: '5', direction: 'upstream', detail: 'columns', keys: 'shown' })),
  ).toEqual({ direction: 'upstream', depth: 5, columns: true, relations: true, column: undefined })
})

it('keeps a number that was read before', () => {
  const search = parseAssetSearch({ depth: '7', days: '30' })
  expect(parseAssetSearch({ ...search })).toMatchObject({ depth: 7, days: 30 })
})

it('follows one column as far as the server goes, without relationships', () => {
  expect(lineageQuery(parseAssetSearch({ column: 'email', keys: 'shown' }))).toEqual({
    direction: 'both',
    depth: undefined,
    columns: true,
    relations: false,
    column: 'email',
  })
})
