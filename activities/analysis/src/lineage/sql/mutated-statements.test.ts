import { array, assert, constantFrom, nat, property, record } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { casesOf } from './cases/read-cases.ts'
import { sqlDialects } from './dialect.ts'
import { lex } from './lex.ts'
import { loadParser } from './parse-statement.ts'
import { scriptLineage } from './script-lineage.ts'
import { createTableSchema } from './table-schema.ts'

beforeAll(loadParser)

const statements = sqlDialects.flatMap(casesOf)
const texts = statements.map(({ sql }) => lex(sql, 'generic').map(({ text }) => text))
const tokens = [...new Set(texts.flat()), '(', ')', "'", '"', '`', '$$', '/*', '--', '\\', '\u0000', '\ud800', '😀', '']

/** One token is left out, doubled, replaced or swapped with its neighbour. */
const mutation = record({
  at: nat(),
  kind: constantFrom('drop', 'double', 'replace', 'insert', 'swap'),
  by: constantFrom(...tokens),
})

function mutated(list: readonly string[], { at, kind, by }: { at: number; kind: string; by: string }): string[] {
  const index = list.length === 0 ? 0 : at % list.length
  const [token = '', next = ''] = list.slice(index, index + 2)
  const replaced = { drop: [], double: [token, token], replace: [by], insert: [by, token], swap: [next, token] }[kind]
  return [...list.slice(0, index), ...(replaced ?? []), ...list.slice(kind === 'swap' ? index + 2 : index + 1)]
}

// With a seed of its own, so that what is found is found again.
test('statements with wrong tokens neither throw nor break the parser', { timeout: 120_000 }, () => {
  const holds = property(
    constantFrom(...texts),
    array(mutation, { minLength: 1, maxLength: 4 }),
    constantFrom(...sqlDialects),
    constantFrom(...statements.map(({ schema }) => schema)),
    (text, mutations, dialect, schema) => {
      const sql = mutations.reduce(mutated, text).join(' ')
      const traced = scriptLineage(sql, dialect, createTableSchema(schema))
      expect(traced.filter(({ failure }) => failure?.isParserBroken)).toEqual([])
    },
  )
  assert(holds, { numRuns: 1_000, seed: 28 })
})
