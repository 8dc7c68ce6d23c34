import type { RelationDocument } from '@plumbline/workflows'
import { expect, test } from 'vitest'
import { canonicalJson, fingerprintOf } from './fingerprint.ts'

const document: RelationDocument = {
  columns: [
    {
      id: '1',
      name: 'id',
      position: 1,
      type: 'integer',
      nativeType: 'integer',
      nullable: false,
      default: null,
      identity: 'always',
      generated: null,
      comment: 'ключ',
    },
  ],
  keys: [
    {
      kind: 'foreign',
      name: 'fk',
      columns: ['id'],
      definition: 'd',
      references: { externalId: 'r:1', columns: ['x'] },
    },
  ],
  indexes: [{ name: 'i', columns: ['id'], unique: true, primary: true, method: 'btree', definition: 'd' }],
  definition: null,
  comment: null,
  partitionOf: 'r:2',
  partition: 'FOR VALUES FROM (1) TO (2)',
}

test('keeps every field', () => {
  expect(JSON.parse(canonicalJson(document))).toEqual(document)
})

test('is the same whatever the order of keys', () => {
  const { columns, ...rest } = document
  expect(canonicalJson({ ...rest, columns })).toBe(canonicalJson(document))
})

test('differs with any value, and with the kind', () => {
  const json = canonicalJson(document)
  const other = canonicalJson({ ...document, comment: '' })
  const fingerprints = [fingerprintOf('table', json), fingerprintOf('view', json), fingerprintOf('table', other)]
  expect(new Set(fingerprints).size).toBe(3)
  expect(fingerprints[0]).toMatch(/^[\da-f]{64}$/)
})
