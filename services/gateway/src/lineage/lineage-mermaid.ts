import type { LineageGraph } from '@plumbline/store'

/** Characters that Mermaid gives a meaning inside a quoted label, as its own entity codes. */
const entities: Record<string, string> = {
  '"': '#quot;',
  '#': '#35;',
  '<': '#lt;',
  '>': '#gt;',
  '&': '#amp;',
  '`': '#96;',
  '\\': '#92;',
}
const labelOf = (text: string): string =>
  `"${text.replaceAll(/["#<>&`\\]/g, (one) => entities[one] ?? one).replaceAll(/\s+/g, ' ')}"`

/** A flowchart from left to right, a box a schema. Foreign keys are dotted: they carry no data. */
export function* lineageMermaid({ nodes, edges }: LineageGraph): Generator<string> {
  yield 'flowchart LR\n'
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]))
  const schemas = Map.groupBy(nodes, ({ database, schema }) => (schema === null ? database : `${database}.${schema}`))
  for (const [index, [schema, members]] of [...schemas].entries()) {
    yield `  subgraph s${index}[${labelOf(schema)}]\n`
    for (const node of members) yield `    ${ids.get(node.id)}[${labelOf(node.name)}]\n`
    yield '  end\n'
  }
  const drawn = new Set<string>()
  for (const { from, to, evidence } of edges) {
    const arrow = evidence === 'foreign_key' ? '-.-' : '-->'
    const line = `  ${ids.get(from)} ${arrow} ${ids.get(to)}\n`
    if (!drawn.has(line)) yield line
    drawn.add(line)
  }
}
