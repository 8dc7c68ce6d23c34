import { describe, expect, it } from 'vitest'
import {
  isSelected,
  nothingSelected,
  selectedShare,
  toggled,
  toggledAll,
  toggledUpTo,
  type Selection,
} from './selection.ts'

const rows = ['a', 'b', 'c', 'd']
const some = (...ids: string[]): Selection => ({ kind: 'some', ids: new Set(ids) })
const matching: Selection = { kind: 'matching' }

describe('one row', () => {
  it('is taken and given back', () => {
    expect(toggled(nothingSelected, 'b', rows)).toEqual(some('b'))
    expect(toggled(some('a', 'b'), 'b', rows)).toEqual(some('a'))
  })

  it('taken from everything that matches leaves the other rows that are there', () => {
    expect(toggled(matching, 'b', rows)).toEqual(some('a', 'c', 'd'))
  })
})

describe('all rows', () => {
  it('are taken, and given back when they all were', () => {
    expect(toggledAll(some('a'), rows)).toEqual(some(...rows))
    expect(toggledAll(some(...rows), rows)).toEqual(nothingSelected)
    expect(toggledAll(matching, rows)).toEqual(nothingSelected)
  })
})

describe('a range', () => {
  it('becomes what its end becomes, whichever way it goes', () => {
    expect(toggledUpTo(some('a'), 'a', 'c', rows)).toEqual(some('a', 'b', 'c'))
    expect(toggledUpTo(some('d'), 'd', 'b', rows)).toEqual(some('b', 'c', 'd'))
    expect(toggledUpTo(some('a', 'b', 'c'), 'a', 'b', rows)).toEqual(some('c'))
  })

  it('is one row when its begin is not there any more', () => {
    expect(toggledUpTo(some('x'), 'x', 'b', rows)).toEqual(some('x', 'b'))
  })
})

it('knows how many of the rows are chosen', () => {
  expect(selectedShare(nothingSelected, rows)).toBe('none')
  expect(selectedShare(nothingSelected, [])).toBe('none')
  expect(selectedShare(some('a'), rows)).toBe('some')
  expect(selectedShare(some('elsewhere'), rows)).toBe('some')
  expect(selectedShare(some(...rows), rows)).toBe('all')
  expect(selectedShare(matching, rows)).toBe('all')
  expect(isSelected(matching, 'never read')).toBe(true)
})
