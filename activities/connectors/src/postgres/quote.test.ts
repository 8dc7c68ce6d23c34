import { expect, test } from 'vitest'
import { quoteIdentifier, quoteLiteral, quoteRelation } from './quote.ts'

test.each([
  ['plain', '"plain"'],
  ['Größe', '"Größe"'],
  ['select', '"select"'],
  ['a"b', '"a""b"'],
  ['"; drop table x; --', '"""; drop table x; --"'],
  [`it's`, `"it's"`],
  ['back\\slash', '"back\\slash"'],
])('the identifier %s', (name, quoted) => {
  expect(quoteIdentifier(name)).toBe(quoted)
})

test('a relation has both its names quoted', () => {
  expect(quoteRelation('a.b', 'c"d')).toBe('"a.b"."c""d"')
})

test.each([
  ['plain', `'plain'`],
  [`it's`, `'it''s'`],
  ['back\\slash', ` E'back\\\\slash'`],
  [`\\' or 1=1 --`, ` E'\\\\'' or 1=1 --'`],
])('the text %s', (text, quoted) => {
  expect(quoteLiteral(text)).toBe(quoted)
})

test('nothing holds a NUL character', () => {
  expect(() => quoteIdentifier('a\0b')).toThrow('NUL')
  expect(() => quoteLiteral('a\0b')).toThrow('NUL')
})
