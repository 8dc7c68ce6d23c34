import { expect, test } from 'vitest'
import { nestedFields, outerType } from './nested-type.ts'

const tree = (type: string) =>
  nestedFields('c', type).map((field) => `${'  '.repeat(field.depth)}${field.name} ${field.type}`)

test('a structure is a tree of its fields, those of arrays and maps among them', () => {
  const type = 'ARRAY<STRUCT<id INT64 NOT NULL, total NUMERIC(12, 2), place STRUCT<lat FLOAT64, tags ARRAY<STRING>>>>'
  expect(outerType(type)).toBe('ARRAY<STRUCT>')
  expect(tree(type)).toEqual([
    '  id INT64',
    '  total NUMERIC(12, 2)',
    '  place STRUCT',
    '    lat FLOAT64',
    '    tags ARRAY<STRING>',
  ])
  expect(
    nestedFields('c', type)
      .map(({ path, nullable }) => [path, nullable])
      .slice(0, 4),
  ).toEqual([
    ['c.id', false],
    ['c.total', true],
    ['c.place', true],
    ['c.place.lat', true],
  ])
})

test('as Snowflake writes types, with odd names', () => {
  expect(tree('OBJECT(city VARCHAR(10), "a, b" ARRAY(NUMBER(38,0)) NOT NULL)')).toEqual([
    '  city VARCHAR(10)',
    '  a, b ARRAY(NUMBER(38,0))',
  ])
  expect(outerType('MAP(VARCHAR, OBJECT(x NUMBER))')).toBe('MAP<VARCHAR, OBJECT>')
  expect(tree('MAP(VARCHAR, OBJECT(x NUMBER))')).toEqual(['  x NUMBER'])
})

test.each(['numeric(10,2)', 'text[]', 'OBJECT', 'ARRAY', 'character varying(200)', 'STRUCT<>', 'ARRAY<STRING>'])(
  '%s has no fields',
  (type) => {
    expect(tree(type)).toEqual([])
  },
)
