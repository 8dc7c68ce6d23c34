import { expect, test } from 'vitest'
import { isWidening } from './widening.ts'

test.each([
  ['smallint', 'integer'],
  ['integer', 'bigint'],
  ['integer', 'numeric'],
  ['real', 'double precision'],
  ['character varying(20)', 'character varying(40)'],
  ['character varying(20)', 'character varying'],
  ['character varying(20)', 'text'],
  ['character(3)', 'character varying(3)'],
  ['numeric(10,2)', 'numeric(12,2)'],
  ['numeric(10,2)', 'numeric(12,4)'],
  ['numeric(10,2)', 'numeric'],
  ['timestamp(3) with time zone', 'timestamp(6) with time zone'],
])('%s fits into %s', (before, after) => {
  expect(isWidening(before, after)).toBe(true)
})

test.each([
  ['bigint', 'integer'],
  ['integer', 'numeric(4,2)'],
  ['character varying(40)', 'character varying(20)'],
  ['text', 'character varying(20)'],
  ['character(30)', 'character varying(3)'],
  ['numeric(10,2)', 'numeric(10,4)'],
  ['numeric', 'numeric(10,2)'],
  ['timestamp without time zone', 'timestamp with time zone'],
  ['integer', 'text'],
  ['jsonb', 'json'],
])('%s does not fit into %s', (before, after) => {
  expect(isWidening(before, after)).toBe(false)
})
