import { expect, it } from 'vitest'
import { byAsset, byDiscovery } from './group-changes.ts'

const change = (jobId: string, asset: string) => ({ jobId, detectedAt: `at ${jobId}`, asset: { id: asset } })
const changes = [change('new', 'a'), change('new', 'b'), change('new', 'a'), change('old', 'a')]

it('puts together what one discovery found', () => {
  expect(byDiscovery(changes).map((group) => [group.jobId, group.detectedAt, group.changes.length])).toEqual([
    ['new', 'at new', 3],
    ['old', 'at old', 1],
  ])
  expect(byDiscovery([])).toEqual([])
})

it('puts together what is of one asset', () => {
  expect(byAsset(changes).map((group) => group.map(({ asset }) => asset.id))).toEqual([['a', 'a', 'a'], ['b']])
})
