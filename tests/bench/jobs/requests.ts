import { jobTypes, triggerKinds } from '@plumbline/workflows'
import type { Samples } from './samples.ts'

type Filter = Record<string, string>

const dayMs = 86_400_000

/** Each filter of the list with the values to try, common and rare; those of one dimension are never combined. */
export function dimensionsOf(samples: Samples): Filter[][] {
  const ago = (days: number) => new Date(samples.newestMs - days * dayMs).toISOString()
  const each = (name: string, values: readonly string[]) => values.map((value) => ({ [name]: value }))
  return [
    [
      ...each('tab', ['active', 'completed', 'failed']),
      ...each('status', ['cancelled', 'running']),
      { tab: 'failed', unresolved: 'true' },
    ],
    each('type', jobTypes),
    each('trigger', triggerKinds),
    each('actor', samples.actors),
    [
      ...each('connectionId', samples.connections),
      ...each('assetId', [...samples.databases, ...samples.schemas, ...samples.tables]),
    ],
    [
      { createdAfter: ago(1) },
      { createdAfter: ago(7) },
      { createdAfter: ago(30) },
      { createdAfter: ago(200), createdBefore: ago(193) },
      { createdBefore: ago(300) },
    ],
    each('q', [
      'warehouse_', // every job
      'zzqqx', // none
      'orders_', // a tenth
      'econnrefused 10.1.', // few, error text
      'permission denied for table orders_', // few
      'warehouse_3.finance_3', // an asset
      samples.jobId,
      'or',
      'zq', // two characters, none
      'é', // one character, none
    ]),
  ]
}

/** What the list is asked for: every value alone, every pair, and combinations of three to five drawn with a fixed seed. */
export function filtersOf(samples: Samples, drawn: number): Filter[] {
  const dimensions = dimensionsOf(samples)
  const singles = dimensions.flat()
  const random = seeded(7)
  const pick = <T>(values: readonly T[]): T[] => values.slice(Math.floor(random() * values.length)).slice(0, 1)
  const pairs = dimensions.flatMap((one, index) =>
    dimensions
      .slice(index + 1)
      .flatMap((other) => one.flatMap((left) => pick(other).map((right) => ({ ...left, ...right })))),
  )
  const more = Array.from({ length: drawn }, (_, index) => {
    const chosen = dimensions.map((dimension) => ({ dimension, rank: random() })).toSorted((a, b) => a.rank - b.rank)
    return chosen
      .slice(0, 3 + (index % 3))
      .flatMap(({ dimension }) => pick(dimension))
      .reduce((all, one) => ({ ...all, ...one }), {})
  })
  const chains = [{ rootJobId: samples.rootJobId }, { parentJobId: samples.parentJobId }]
  return [{}, ...singles, ...chains, ...pairs, ...more]
}

/** Park and Miller's generator: the same draw at every run and size. */
function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
