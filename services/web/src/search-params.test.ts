import { describe, expect, it } from 'vitest'
import { chosenOf, oneOf, parseSearch, stringifySearch, textOf } from './search-params.ts'

describe('parseSearch', () => {
  it('makes a list of a name given several times', () => {
    expect(parseSearch('?status=failed&tab=all&status=cancelled&status=running')).toEqual({
      status: ['failed', 'cancelled', 'running'],
      tab: 'all',
    })
  })

  it('reads back what was written', () => {
    const search = { q: 'a b&c=ü', type: ['x', 'y'] }
    expect(parseSearch(stringifySearch(search))).toEqual(search)
  })
})

describe('stringifySearch', () => {
  it('leaves out what is undefined and is empty for nothing', () => {
    expect(stringifySearch({ tab: undefined, depth: 4 })).toBe('?depth=4')
    expect(stringifySearch({ tab: undefined })).toBe('')
  })
})

describe('values', () => {
  it('takes the first text, and none for the empty one', () => {
    expect(textOf({ q: ['a', 'b'] }, 'q')).toBe('a')
    expect(textOf({ q: ' ' }, 'q')).toBeUndefined()
    expect(textOf({}, 'q')).toBeUndefined()
  })

  it('keeps what is known and drops the rest', () => {
    expect(chosenOf({ status: ['failed', 'mystery'] }, 'status', ['failed', 'running'])).toEqual(['failed'])
    expect(chosenOf({ status: 'mystery' }, 'status', ['failed'])).toBeUndefined()
    expect(oneOf({ tab: 'failed' }, 'tab', ['all', 'failed'])).toBe('failed')
  })
})
