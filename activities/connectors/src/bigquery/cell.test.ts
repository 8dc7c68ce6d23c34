import { expect, test } from 'vitest'
import { cellText } from './cell.ts'

test.each([
  ['9007199254740993', { name: 'n', type: 'INTEGER' }, '9007199254740993'],
  ['0.1000000000000000055511151231257827', { name: 'n', type: 'BIGNUMERIC' }, '0.1000000000000000055511151231257827'],
  ['1706659200000000', { name: 't', type: 'TIMESTAMP' }, '2024-01-31T00:00:00.000Z'],
  [null, { name: 't', type: 'STRING' }, null],
  [[{ v: 'a' }, { v: 'b' }], { name: 't', type: 'STRING', mode: 'REPEATED' }, '["a","b"]'],
  [
    { f: [{ v: 'Ulm' }, { v: [{ v: { f: [{ v: '1' }] } }] }] },
    {
      name: 'address',
      type: 'RECORD',
      fields: [
        { name: 'city', type: 'STRING' },
        { name: 'floors', type: 'RECORD', mode: 'REPEATED', fields: [{ name: 'id', type: 'INTEGER' }] },
      ],
    },
    '{"city":"Ulm","floors":[{"id":"1"}]}',
  ],
])('%j of %j is %j', (value, field, text) => {
  expect(cellText(value, field)).toBe(text)
})
