import type { Documentation, DocumentationText } from '@plumbline/api'
import { expect, it } from 'vitest'
import { sourceText, verdictText } from './documentation-labels.ts'
import { itemsOf, listedItem, mentions, openText, reviewable } from './text-item.ts'

const proposed: DocumentationText = {
  text: 'All orders.',
  sentences: [],
  source: 'ai',
  model: 'a-model',
  promptVersion: '3',
  version: 2,
  confidence: 0.8,
  state: 'proposed',
  jobId: 'j',
  writtenBy: null,
  writtenAt: '2026-03-10T12:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
}
const accepted: DocumentationText = { ...proposed, text: 'Orders.', version: 1, state: 'accepted', decidedBy: 'ann' }
const asset = {
  id: 'a',
  kind: 'table' as const,
  name: 'orders',
  qualifiedName: 'shop.orders',
  connectionId: 'c',
  database: 'shop',
}
const nothing = {
  ...proposed,
  text: null,
  source: null,
  version: null,
  state: null,
  writtenAt: null,
  confidence: null,
  proposal: null,
}
const documentation: Documentation = {
  ...accepted,
  proposal: proposed,
  asset,
  columns: [{ column: 'id', ...nothing }],
}

it('has a row for the table and one for each column, also where nothing is said', () => {
  expect(itemsOf(documentation)).toMatchObject([
    { name: 'orders', column: null, text: accepted, proposal: proposed },
    { name: 'id', column: 'id', text: null, proposal: null },
  ])
})

it('judges what waits, by the version that is seen', () => {
  const items = itemsOf(documentation)
  expect(reviewable(items)).toEqual([{ assetId: 'a', column: null, version: 2 }])
  expect(openText({ text: accepted, proposal: null })).toBeNull()
  expect(openText({ text: { ...accepted, state: 'rejected' }, proposal: null })).toMatchObject({ version: 1 })
  const listed = listedItem({ ...proposed, asset, column: 'id', shownText: 'The key.' })
  expect(listed).toMatchObject({ name: 'id', replaces: 'The key.' })
  expect(reviewable([listed])).toEqual([{ assetId: 'a', column: 'id', version: 2 }])
})

it('is found by its name and by the words of both texts', () => {
  const [own, id] = itemsOf(documentation)
  expect(['ALL', 'orders.', 'sum'].map((part) => own && mentions(own, part))).toEqual([true, true, false])
  expect(id && mentions(id, 'ID')).toBe(true)
})

it('says who wrote it, and who judged it', () => {
  expect([proposed, accepted].map((text) => [sourceText(text), verdictText(text)])).toEqual([
    ['AI: a-model, prompt 3', 'Not reviewed'],
    ['AI: a-model, prompt 3', 'Accepted by ann'],
  ])
  expect(sourceText({ ...proposed, source: 'rules', model: null, promptVersion: 'rules-1' })).toBe('Rules, rules-1')
  const manual: DocumentationText = { ...proposed, source: 'manual', state: 'edited', writtenBy: 'ann' }
  expect([sourceText(manual), verdictText(manual)]).toEqual(['Written by ann', null])
})
