import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ColumnType } from '@plumbline/workflows'
import { classifyRelation } from './classify-relation.ts'

/** Columns in eleven languages and more, invented or named as in well-known sample schemas, written down while the rules were: `table|column|type|kind or -|other right answers`. */
const rows = readFileSync(new URL('fixtures/names.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [table = '', name = '', type = '', kind = '', accepted = ''] = line.split('|')
    return { table, name, type, right: [kind, ...accepted.split(',')].map((one) => (one === 'null' ? '-' : one)) }
  })

const types: Record<string, ColumnType> = {
  'char(1)': 'text',
  date: 'date',
  bit: 'boolean',
  datetime: 'timestamp',
  bytea: 'binary',
  int: 'integer',
  bigint: 'integer',
  boolean: 'boolean',
  numeric: 'decimal',
  float: 'float',
  'double precision': 'float',
  timestamptz: 'timestamp',
  inet: 'network',
}

function kindOf({ table, name, type }: (typeof rows)[number]): string {
  const columns = [
    {
      id: name,
      name,
      position: 1,
      type: types[type.replace(/\(\d+\)/, '')] ?? 'text',
      nativeType: type,
      nullable: true,
      default: null,
      identity: null,
      generated: null,
      comment: null,
    } as const,
  ]
  const tags = classifyRelation({ schema: '', name: table, columns, keys: [], evidence: null })[name] ?? []
  return tags.find(({ category }) => category === 'pii')?.tag ?? '-'
}

describe('names in many languages, without any value', () => {
  const wrong = rows.filter((row) => !row.right.includes(kindOf(row)))
  const isPersonal = ({ right }: (typeof rows)[number]) => right[0] !== '-'

  test('nineteen of twenty that name something personal are known', () => {
    const missed = wrong.filter(isPersonal).map(({ name }) => name)
    expect(missed.slice(rows.filter(isPersonal).length / 20)).toEqual([])
  })

  test('one in a hundred that is only about something personal is taken for it', () => {
    const alarms = wrong.filter((row) => !isPersonal(row)).map(({ name }) => name)
    expect(alarms.slice(rows.length / 100)).toEqual([])
  })
})
