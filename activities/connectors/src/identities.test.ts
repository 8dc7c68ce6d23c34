import { expect, test } from 'vitest'
import { identitiesOf } from './identities.ts'
import { fingerprintOf, relationKey, type NamedRelation } from './source-fingerprint.ts'

const relation = (name: string, created: number, schema = 'SALES'): NamedRelation => ({ schema, name, created })
const document = {
  columns: [],
  keys: [],
  indexes: [],
  definition: null,
  comment: null,
  partitionOf: null,
  partition: null,
}

/** What a reading of these, with what the one before left, leaves to the next. */
function reading(relations: readonly NamedRelation[], before: ReadonlyMap<string, string> = new Map()) {
  const ids = identitiesOf(relations, before)
  const idOf = (name: string, schema = 'SALES') => ids.get(relationKey({ schema, name }))
  const known = new Map(
    relations.map((one): [string, string] => {
      const externalId = ids.get(relationKey(one)) ?? ''
      return [externalId, fingerprintOf(1, one, { kind: 'table', document })]
    }),
  )
  return { idOf, known, all: [...ids.values()] }
}

test('a rename keeps the identity, also into another schema', () => {
  const first = reading([relation('A', 1), relation('B', 2)])
  const second = reading([relation('A2', 1), relation('B', 2, 'OTHER')], first.known)
  expect(second.idOf('A2')).toBe(first.idOf('A'))
  expect(second.idOf('B', 'OTHER')).toBe(first.idOf('B'))
})

test('a table that was made anew under its name is the same, and stays so when it is renamed later', () => {
  const first = reading([relation('A', 1)])
  const replaced = reading([relation('A', 9)], first.known)
  expect(replaced.idOf('A')).toBe(first.idOf('A'))
  const renamed = reading([relation('A2', 9)], replaced.known)
  expect(renamed.idOf('A2')).toBe(first.idOf('A'))
})

test('where the old one is kept under another name, the name decides', () => {
  const first = reading([relation('A', 1)])
  const second = reading([relation('A', 5), relation('A_OLD', 1)], first.known)
  expect(second.idOf('A')).toBe(first.idOf('A'))
  expect(new Set(second.all).size).toBe(2)
})

test('tables that were cloned in one moment are told apart by their names, in every reading', () => {
  const first = reading([relation('A', 1), relation('B', 1), relation('C', 1)])
  expect(new Set(first.all).size).toBe(3)
  const second = reading([relation('A', 1)], first.known)
  expect(second.idOf('A')).toBe(first.idOf('A'))
  expect(reading([relation('X', 1), relation('B', 1)], first.known).idOf('X')).not.toBe(first.idOf('A'))
})
