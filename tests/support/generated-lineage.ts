import type { SeededEdge, SeededRelation } from './lineage-seed.ts'

/** How many relations read the first one. */
const hubFan = 100

/** A warehouse in layers: each relation reads up to three of the layer before, a few read far back, and a few close a circle. */
export function generatedLineage({
  relations: count,
  layers,
  columns,
}: {
  relations: number
  layers: number
  columns: number
}) {
  const random = seededRandom(7)
  const perLayer = Math.ceil(count / layers)
  const columnNames = Array.from({ length: columns }, (_, index) => `column_${index}`)
  const nameOf = (index: number): string => `layer_${Math.floor(index / perLayer)}.relation_${index}`
  const relations: SeededRelation[] = Array.from({ length: count }, (_, index) => {
    const [schema = '', name = ''] = nameOf(index).split('.')
    const first = index < perLayer
    return { schema, name, kind: first ? 'table' : 'view', columns: columnNames, definition: `select * from ${name}` }
  })
  const edges = new Map<string, SeededEdge>()
  const connect = (from: number, to: number): void => {
    const pairs = columnNames.map((_, place): [string, string] => [
      columnNames[Math.floor(random() * columns)] ?? '',
      columnNames[place] ?? '',
    ])
    edges.set(`${from} ${to}`, {
      from: nameOf(from),
      to: nameOf(to),
      columns: pairs,
      indirect: columnNames.slice(0, 1),
    })
  }
  for (let index = perLayer; index < count; index++) {
    const layer = Math.floor(index / perLayer)
    for (let source = 0; source < 1 + Math.floor(random() * 3); source++) {
      const back = random() < 0.9 ? 1 : 1 + Math.floor(random() * layer)
      connect((layer - back) * perLayer + Math.floor(random() * perLayer), index)
    }
    if (random() < 0.01) connect(index, index - perLayer)
  }
  for (let index = perLayer; index < perLayer + hubFan && index < count; index++) connect(0, index)
  return { relations, edges: [...edges.values()], hub: nameOf(0) }
}

/** The same graph every time (a linear congruential generator with the constants of the C standard's example). */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
}
