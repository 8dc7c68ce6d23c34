import { describe, expect, it } from 'vitest'
import { keysByColumn } from './keys-by-column.ts'
import { tabsOf } from './tabs-of.ts'
import type { Key } from '@plumbline/api'

const key = (kind: Key['kind'], columns: string[], references?: Key['references']): Key => ({
  kind,
  name: `${kind}_${columns.join('_')}`,
  columns,
  definition: '',
  references,
})

describe('keysByColumn', () => {
  it('says of each column what keys it is in', () => {
    const reference = { assetId: 'other', columns: ['id'] }
    const columns = keysByColumn([
      key('primary', ['id']),
      key('unique', ['code']),
      key('unique', ['a', 'b']),
      key('foreign', ['b'], reference),
      key('check', ['a']),
    ])
    expect(columns.get('id')).toEqual({ primary: true, unique: false, references: null })
    expect(columns.get('code')?.unique).toBe(true)
    expect(columns.get('a')).toEqual({ primary: false, unique: false, references: null })
    expect(columns.get('b')?.references).toEqual(reference)
  })
})

describe('tabsOf', () => {
  const empty = { columns: [], keys: [], indexes: [], definition: null }

  it('shows what lies below a schema and what a table is made of', () => {
    expect(tabsOf({ ...empty, kind: 'schema' })[0]?.id).toBe('contents')
    expect(tabsOf({ ...empty, kind: 'table' }).map(({ id }) => id)).toEqual([
      'columns',
      'keys',
      'documentation',
      'tags',
      'schema-changes',
      'freshness',
      'lineage',
      'metrics',
      'jobs',
    ])
  })

  it('shows the definition of what has one', () => {
    expect(tabsOf({ ...empty, kind: 'view', definition: 'select 1' }).map(({ id }) => id)).toContain('definition')
  })
})
