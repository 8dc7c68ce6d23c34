import { afterAll, beforeAll, expect, test } from 'vitest'
import { generatedLineage } from '../../support/generated-lineage.ts'
import { startLineageStage, type LineageStage } from './lineage-stage.ts'

let stage: LineageStage
let ids: Map<string, string>
let hub: string
beforeAll(async () => {
  stage = await startLineageStage()
  const large = generatedLineage({ relations: 10_000, layers: 10, columns: 10 })
  hub = large.hub
  ids = await stage.seed(large.relations, large.edges)
})
afterAll(() => stage.stop())

const get = async (name: string, path: string) =>
  (await stage.gateway.call('GET', `/assets/${ids.get(name)}${path}`)).body

test('of ten thousand relations come a thousand, and the answer says that there are more', async () => {
  const body = await get('', '/lineage?direction=downstream&sql=false')
  expect(body.nodes).toHaveLength(1_000)
  expect(body.truncatedBy).toBe('nodes')
})

test('all that lies downstream is reached once, through circles', async () => {
  const body = await get(hub, '/lineage?direction=downstream&depth=100&sql=false&limit=5000')
  const known = new Set(body.nodes.map(({ id }: { id: string }) => id))
  expect([body.nodes.length, known.size]).toEqual([5_000, 5_000])
  expect(body.edges.every(({ from, to }: { from: string; to: string }) => known.has(from) && known.has(to))).toBe(true)
})

test('a column is followed, and the impact is listed', async () => {
  const traced = await get(hub, '/lineage?column=column_1&direction=downstream&sql=false')
  expect(traced.nodes.length).toBeGreaterThan(100)
  const impact = await get(hub, '/impact?limit=200')
  expect(impact.total).toBeGreaterThan(5_000)
  expect(impact.items[0]).toMatchObject({ distance: 1, use: 'direct' })
})
