import { describe, expect, it } from 'vitest'
import { parseSearch, stringifySearch } from '../search-params.ts'
import { countQuery, listQuery, parseJobSearch, toggledSort, type JobSearch } from './job-search.ts'

const now = Date.parse('2026-01-02T12:00:00.000Z')
const defined = (search: object) => JSON.parse(JSON.stringify(search))

describe('parseJobSearch', () => {
  it('reads every filter of the address and writes it back', () => {
    const address =
      '?tab=failed&q=orders&type=schema_discovery&type=tag_generation&status=failed&assetId=a&connectionId=c' +
      '&trigger=manual&actor=ada&range=24h&rootJobId=r&parentJobId=p&resolved=shown&sort=durationMs&order=asc'
    const search = parseJobSearch(parseSearch(address))
    expect(parseSearch(stringifySearch({ ...search }))).toEqual(parseSearch(address))
  })

  it('leaves out defaults, and what it does not know', () => {
    const search = parseJobSearch(
      parseSearch('?tab=all&sort=createdAt&order=desc&status=mystery&range=9y&trigger=x&createdAfter=soon'),
    )
    expect(defined(search)).toEqual({})
  })

  it('takes times with any offset', () => {
    expect(parseJobSearch({ createdAfter: '2026-01-01T10:00:00+02:00' }).createdAfter).toBe('2026-01-01T08:00:00.000Z')
  })
})

describe('listQuery', () => {
  it('hides fixed failures on the tab Failed, unless they are asked for', () => {
    expect(listQuery({ tab: 'failed' }, now)).toMatchObject({ tab: 'failed', unresolved: true })
    expect(listQuery({ tab: 'failed', resolved: 'shown' }, now).unresolved).toBeUndefined()
    expect(listQuery({ tab: 'completed' }, now).unresolved).toBeUndefined()
  })

  it('turns a preset into a time, and lets it win over exact times', () => {
    const query = listQuery({ range: '24h', createdBefore: '2020-01-01T00:00:00.000Z' }, now)
    expect(query).toMatchObject({ createdAfter: '2026-01-01T12:00:00.000Z' })
    expect(query['createdBefore']).toBeUndefined()
  })
})

it('counts under the same filters, whatever the tab', () => {
  expect(defined(countQuery({ tab: 'failed', q: ' x ', sort: 'durationMs' }, now))).toEqual({ q: 'x' })
})

describe('toggledSort', () => {
  it('goes from longest to shortest to the default', () => {
    const once: JobSearch = toggledSort({}, 'durationMs')
    expect(once).toEqual({ sort: 'durationMs', order: undefined })
    const twice = toggledSort(once, 'durationMs')
    expect(twice).toEqual({ sort: 'durationMs', order: 'asc' })
    expect(toggledSort(twice, 'durationMs')).toEqual({ sort: undefined, order: undefined })
  })

  it('turns the default order round', () => {
    expect(toggledSort({}, 'createdAt')).toEqual({ sort: undefined, order: 'asc' })
  })
})
