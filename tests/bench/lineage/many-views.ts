// A process of its own, so that it starts cold and its memory is only this: resolves as many views as it is told, each made of others.
import { createTableSchema, loadParser, scriptLineage } from '@plumbline/analysis'

const count = Number(process.argv[2])
const base = 200
const columns = Array.from({ length: 12 }, (_, index) => `c${index}`)

const tables = Object.fromEntries([
  ...Array.from({ length: base }, (_, index) => [`db.raw.t${index}`, columns] as const),
  ...Array.from({ length: count }, (_, index) => [`db.mart.v${index}`, columns] as const),
])
const tableAt = (index: number) => (index < base ? `db.raw.t${index}` : `db.mart.v${index - base}`)

/** A view of two relations that come before it, with what views have: CTEs, a join, a window, conditions, a filter. */
function view(index: number): string {
  const [one, other] = [tableAt((index * 7) % (base + index)), tableAt((index * 13 + 5) % (base + index))]
  const list = columns.slice(4).map((column, at) => `${at % 2 === 0 ? 'a' : 'b'}.${column}`)
  return `CREATE VIEW db.mart.v${index} AS
    WITH a AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY c0 ORDER BY c1 DESC) AS rn FROM ${one} WHERE c2 > ${index}),
    b AS (SELECT c0, MAX(c1) AS top, ${columns.slice(2).join(', ')} FROM ${other} GROUP BY ALL)
    SELECT a.c0, COALESCE(a.c1, b.top) AS c1, CASE WHEN a.c2 > 0 THEN b.c2 ELSE a.c3 END AS c2, a.c3 + b.c3 AS c3, ${list.join(', ')}
    FROM a LEFT JOIN b ON a.c0 = b.c0 WHERE a.rn = 1`
}

const begun = performance.now()
await loadParser()
const schema = createTableSchema(tables)
let edges = 0
for (let index = 0; index < count; index++)
  for (const { columns: found } of scriptLineage(view(index), 'snowflake', schema)) edges += found.length
const seconds = (performance.now() - begun) / 1000
process.stdout.write(JSON.stringify({ seconds, edges, peakMb: process.resourceUsage().maxRSS / 1024 }))
