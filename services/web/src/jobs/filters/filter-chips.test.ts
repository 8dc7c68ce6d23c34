import { expect, it } from 'vitest'
import { filterChips } from './filter-chips.ts'

it('shows every filter that is on as a chip', () => {
  const chips = filterChips(
    {
      type: ['schema_discovery'],
      status: ['failed', 'cancelled'],
      assetId: 'a-12345678',
      actor: 'ada',
      scheduleId: 's-12345678',
      range: '7d',
    },
    { asset: 'shop.public', schedule: 'nightly' },
  )
  expect(chips.map(({ label }) => label)).toEqual([
    'Type: Schema discovery',
    'Status: Failed',
    'Status: Cancelled',
    'Asset: shop.public',
    'By: ada',
    'Created: last 7 days',
    'Schedule: nightly',
  ])
})

it('takes off one and leaves the others', () => {
  const search = { tab: 'failed' as const, status: ['failed' as const, 'cancelled' as const], q: 'x' }
  const [failed] = filterChips(search)
  expect(failed?.without).toEqual({ tab: 'failed', status: ['cancelled'], q: 'x' })
})

it('takes off the last of several values wholly', () => {
  const [only] = filterChips({ status: ['failed'] })
  expect(only?.without.status).toBeUndefined()
})

it('neither the tab nor the search text is a chip', () => {
  expect(filterChips({ tab: 'failed', q: 'x', sort: 'durationMs' })).toEqual([])
})
