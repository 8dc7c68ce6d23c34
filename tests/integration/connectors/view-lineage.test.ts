import { columnLineageOf, parseNodeTree, type ColumnLineage } from '@plumbline/analysis'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { read } from './catalog.ts'
import { connectTo, execute, relationRefs, targetOf, withSession } from './source-database.ts'
import { viewShapes, viewTables } from './view-shapes.ts'

let url: string
let version: number
/** `r:1234 2` as `a.x`, `r:1234` as `a`, and the other way round for views. */
const nameOf = new Map<string, string>()
const lineageOf = new Map<string, ColumnLineage>()

const viewName = (index: number) => `view_${index}`
const isKnown = (since = 12) => version >= since

beforeAll(async () => {
  url = await createDatabase()
  await using owner = await connectTo(url)
  const { rows } = await owner.client.query<{ version: number }>(
    `select current_setting('server_version_num')::int / 10000 as version`,
  )
  version = rows[0]?.version ?? 0
  await execute(url, viewTables)
  for (const [index, { sql, since }] of viewShapes.entries()) {
    if (isKnown(since)) await execute(url, `create view ${viewName(index)} as ${sql}`)
  }
  const { relations } = await read(url)
  for (const { externalId, name, document } of relations.values()) {
    nameOf.set(externalId, name)
    for (const column of document.columns) nameOf.set(`${externalId} ${column.id}`, `${name}.${column.name}`)
  }
  const views = [...relations.values()].filter(({ kind }) => kind === 'view')
  await withSession(targetOf(url), async (session) => {
    for await (const batch of session.readQueries([...relationRefs(['r:1']), ...views])) {
      for (const { externalId, text } of batch) {
        lineageOf.set(nameOf.get(externalId) ?? externalId, columnLineageOf(parseNodeTree(text)))
      }
    }
  })
})

const told = (columns: readonly { externalId: string; attnum: number | null }[]) =>
  columns
    .map(({ externalId, attnum }) => nameOf.get(attnum === null ? externalId : `${externalId} ${attnum}`) ?? externalId)
    .toSorted()
    .join(' ')

describe('where the columns of a view come from', () => {
  test.each(viewShapes.map((shape, index) => ({ ...shape, index })))('$shape', ({ flow, alsoReads, since, index }) => {
    const lineage = lineageOf.get(viewName(index))
    const flows = Object.fromEntries(lineage?.outputs.map(({ name, sources }) => [name, told(sources)]) ?? [])
    expect(flows).toEqual(isKnown(since) ? flow : {})
    expect(lineage?.outputs.map(({ attnum }) => attnum) ?? []).toEqual(
      isKnown(since) ? Object.keys(flow).map((_, column) => column + 1) : [],
    )
    const touched = Object.values(flow)
      .concat(alsoReads ?? [])
      .join(' ')
      .split(' ')
    const expected = [...new Set(touched.filter((name) => name !== ''))].toSorted().join(' ')
    expect(told(lineage?.reads ?? [])).toBe(isKnown(since) ? expected : '')
  })
})

test('materialized views have the same trees', async () => {
  await execute(url, 'create materialized view kept as select x, count(*) as n from a group by x')
  const { relations } = await read(url)
  const kept = relations.get('public.kept')
  await withSession(targetOf(url), async (session) => {
    const [[query] = []] = await Array.fromAsync(session.readQueries(relationRefs([kept?.externalId ?? ''])))
    const { outputs } = columnLineageOf(parseNodeTree(query?.text ?? ''))
    expect(outputs.map(({ name, sources }) => [name, told(sources)])).toEqual([
      ['x', 'a.x'],
      ['n', ''],
    ])
  })
})

test('every view of the system itself can be traced', async () => {
  await using owner = await connectTo(url)
  const { rows } = await owner.client.query<{ name: string; tree: string; columns: number }>(
    `select ev_class::regclass::text as name, ev_action::text as tree,
       (select count(*)::int from pg_attribute where attrelid = ev_class and attnum > 0 and not attisdropped) as columns
     from pg_rewrite where rulename = '_RETURN'`,
  )
  expect(rows.length).toBeGreaterThan(100)
  for (const { name, tree, columns } of rows) {
    const { outputs, reads } = columnLineageOf(parseNodeTree(tree))
    expect({ name, outputs: outputs.length }).toEqual({ name, outputs: columns })
    const touched = new Set(reads.map(({ externalId, attnum }) => `${externalId} ${attnum}`))
    const untouched = outputs
      .flatMap(({ sources }) => sources)
      .filter((s) => !touched.has(`${s.externalId} ${s.attnum}`))
    expect({ name, untouched }).toEqual({ name, untouched: [] })
  }
})
