import { expect, test } from 'vitest'
import { columnTypeOf, nativeTypeOf } from './column-type.ts'
import type { FieldResource } from './resources.ts'

const place = { name: 'place', type: 'RECORD', fields: [{ name: 'lat', type: 'FLOAT' }] }

const cases: [FieldResource, string, string][] = [
  [{ name: 'a', type: 'INTEGER' }, 'integer', 'INT64'],
  [{ name: 'a', type: 'NUMERIC', precision: '12', scale: '2' }, 'decimal', 'NUMERIC(12, 2)'],
  [{ name: 'a', type: 'BIGNUMERIC', precision: '60' }, 'decimal', 'BIGNUMERIC(60)'],
  [{ name: 'a', type: 'STRING', maxLength: '200' }, 'text', 'STRING(200)'],
  [{ name: 'a', type: 'BYTES' }, 'binary', 'BYTES'],
  [{ name: 'a', type: 'DATETIME' }, 'timestamp', 'DATETIME'],
  [{ name: 'a', type: 'RANGE', rangeElementType: { type: 'DATE' } }, 'other', 'RANGE<DATE>'],
  [{ name: 'a', type: 'STRING', mode: 'REPEATED' }, 'array', 'ARRAY<STRING>'],
  [
    { name: 'a', type: 'RECORD', fields: [{ name: 'city', type: 'STRING', mode: 'REQUIRED' }, place] },
    'struct',
    'STRUCT<city STRING NOT NULL, place STRUCT<lat FLOAT64>>',
  ],
  [
    { name: 'a', type: 'RECORD', mode: 'REPEATED', fields: [place] },
    'array',
    'ARRAY<STRUCT<place STRUCT<lat FLOAT64>>>',
  ],
  [
    { name: 'a', type: 'RECORD', fields: [{ name: 'größte Stadt, ca.', type: 'STRING' }] },
    'struct',
    'STRUCT<`größte Stadt, ca.` STRING>',
  ],
  [{ name: 'a', type: 'FOREIGN' }, 'other', 'FOREIGN'],
]

test.each(cases)('%j is of the type %s, as %s', (field, type, native) => {
  expect(columnTypeOf(field)).toBe(type)
  expect(nativeTypeOf(field)).toBe(native)
})
