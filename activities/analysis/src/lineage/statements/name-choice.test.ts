import { expect, test } from 'vitest'
import { chooseRelation, partsOfName } from './name-choice.ts'

const inSchema = (schema: string) => ({ externalId: schema, schema, columns: [] })
const chosen = (name: string, schemas: string[], path: string[] | null = null) => {
  const choice = chooseRelation(name, schemas.map(inSchema), path)
  return choice && [choice.certainty, ...choice.relations.map(({ schema }) => schema)]
}

test('a bare name is looked for along the path, then anywhere', () => {
  expect(chosen('t', ['sales', 'public'])).toEqual(['resolved', 'public'])
  expect(chosen('t', ['sales', 'public'], ['app', 'sales'])).toEqual(['resolved', 'sales'])
  expect(chosen('t', ['sales'])).toEqual(['inferred', 'sales'])
  expect(chosen('t', ['a', 'b'])).toEqual(['ambiguous', 'a', 'b'])
  expect(chosen('t', ['a', 'b', 'c', 'd'])).toBeNull()
  expect(chosen('s.t', ['s'])).toEqual(['resolved', 's'])
  expect(chosen('s.t', [])).toBeNull()
})

test('parts of a name may be quoted', () => {
  expect(partsOfName('shop."odd.one"."a""b"')).toEqual(['shop', 'odd.one', 'a"b'])
})
