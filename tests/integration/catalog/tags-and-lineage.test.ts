import {
  assetDetail,
  columnTags,
  createJobLedger,
  findAsset,
  lineageAround,
  listAssets,
  listColumnTags,
  listSchemaChanges,
  resetEdges,
  reviewTags,
  selectRelations,
  setColumnTags,
  stageEdges,
  stageQueries,
  storeLineage,
  storeTags,
  writeSelectedTags,
  type TagRecord,
  type TracedEdge,
} from '@plumbline/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrange, completed, openStep, type Arrangement } from '../jobs/arrange.ts'
import { addSource, table, type Source } from './catalog-fixture.ts'

let at: Arrangement
let source: Source
let ids: Record<string, string>
beforeAll(async () => {
  at = await arrange()
  source = await addSource(at)
  await source.discover({
    relations: [
      table(1, 's/a', ['id', 'mail']),
      { ...table(2, 's/b', ['id', 'mail']), kind: 'view' },
      { ...table(3, 's/c', ['id', 'mail']), kind: 'view' },
      table(4, 'other/d', ['id']),
    ],
  })
  ids = await source.present()
})
afterAll(() => at.db.destroy())

const id = (name: string): string => ids[`shop.${name}`] ?? ''
const organization = () => at.actor.organizationId
const database = () => ({ id: source.databaseId, kind: 'database' as const })

const scopeOf = ({ connectionId, databaseId }: Source) => ({
  connectionId,
  assetId: databaseId,
  assetKind: 'database' as const,
})

const email = (confidence: number): TagRecord => ({
  tag: 'email',
  category: 'pii',
  confidence,
  evidence: ['its name'],
  inherited: false,
})

/** One run of tag generation over everything, or over what changed. */
async function tagRun(tags: Record<string, Record<string, TagRecord[]>>, changedOnly = false) {
  const jobId = await at.addJob(source.databaseId, 'tag_generation')
  const ledger = createJobLedger(at.db)
  await ledger.begin(jobId)
  const scope = scopeOf(source)
  const selected = await selectRelations(at.db, await openStep(at.db, jobId, 'select'), scope, {
    upkeep: 'tagged',
    changedOnly,
  })
  const names = ['s.a', 's.b', 's.c', 'other.d']
  await writeSelectedTags(
    at.db,
    await openStep(at.db, jobId, 'classify'),
    names.map((name) => ({ assetId: id(name), tags: tags[name] ?? {} })),
  )
  const stored = await storeTags(at.db, await openStep(at.db, jobId, 'store'))
  await ledger.end(jobId, completed)
  return { selected, ...stored }
}

describe('tags', () => {
  test('are replaced by each run, and only what changed is looked at again', async () => {
    const first = await tagRun({ 's.a': { mail: [email(0.9)] }, 's.b': { mail: [email(0.8)], id: [email(0.6)] } })
    expect(first).toEqual({ selected: 4, columns: 7, tagged: 3, changed: 3 })
    expect(await tagRun({}, true)).toMatchObject({ selected: 0, changed: 0 })
    const second = await tagRun({ 's.a': { mail: [email(0.95)] }, 's.b': { mail: [email(0.8)] } })
    expect(second).toEqual({ selected: 4, columns: 7, tagged: 2, changed: 1 })
    expect(await columnTags(at.db, organization(), id('s.a'))).toEqual(
      new Map([['mail', [expect.objectContaining({ tag: 'email', source: 'auto', evidence: ['its name'] })]]]),
    )
  })

  test('that a person decided on are never changed, also when the person left none', async () => {
    expect(await setColumnTags(at.db, at.actor, id('s.a'), 'mail', [{ tag: 'newsletter', category: 'domain' }])).toBe(
      'saved',
    )
    expect(await setColumnTags(at.db, at.actor, id('s.b'), 'mail', [])).toBe('saved')
    expect(
      await tagRun({ 's.a': { mail: [email(1)] }, 's.b': { mail: [email(1)] }, 's.c': { mail: [email(1)] } }),
    ).toMatchObject({
      tagged: 2,
      changed: 1,
    })
    const items = await pages()
    expect(items).toEqual(['s.a#mail newsletter', 's.c#mail email'])
    const rows = await at.db.selectFrom('audit').select('action').where('target_id', '=', id('s.a')).execute()
    expect(rows).toEqual([{ action: 'column.tag' }])
  })

  /** Every tagged column, read page by page of one. */
  async function pages() {
    const items: string[] = []
    let after: { qualifiedName: string; assetId: string; column: string } | undefined
    for (;;) {
      const [row] = await listColumnTags(at.db, organization(), database(), { after, limit: 1 })
      if (!row) return items
      items.push(`${row.asset.qualifiedName.slice(5)}#${row.column} ${row.tags.map(({ tag }) => tag).join()}`)
      after = { qualifiedName: row.asset.qualifiedName, assetId: row.asset.id, column: row.column }
    }
  }

  test('are rejected with what follows from them, and never where a person gave them', async () => {
    const sensitivity = (tag: string, derivedFrom?: string): TagRecord => ({
      ...email(0.9),
      tag,
      category: 'sensitivity',
      ...(derivedFrom !== undefined && { derivedFrom }),
    })
    await tagRun({
      's.c': { id: [email(0.9), sensitivity('restricted')], mail: [email(0.9), sensitivity('confidential', 'email')] },
    })
    const review = (verdict: 'accept' | 'reject', ...tags: [name: string, column: string, tag: string][]) =>
      reviewTags(
        at.db,
        at.actor,
        verdict,
        tags.map(([name, column, tag]) => ({ assetId: id(name), column, tag })),
      )
    const stranger = { ...at.actor, organizationId: crypto.randomUUID() }
    const mail = { assetId: id('s.c'), column: 'mail', tag: 'email' }
    expect(await reviewTags(at.db, stranger, 'reject', [mail])).toEqual({ reviewed: 0, notFound: [mail] })
    expect(await review('reject', ['s.a', 'mail', 'newsletter'])).toEqual({ reviewed: 0, notFound: [] })
    expect(await review('reject', ['s.c', 'id', 'email'], ['s.c', 'mail', 'email'])).toEqual({
      reviewed: 2,
      notFound: [],
    })
    expect(await pages()).toEqual(['s.a#mail newsletter', 's.c#id restricted'])
    expect(await review('accept', ['s.c', 'id', 'restricted'])).toEqual({ reviewed: 1, notFound: [] })
    expect(await review('reject', ['s.c', 'id', 'restricted'])).toEqual({ reviewed: 0, notFound: [] })
    expect(await pages()).toEqual(['s.a#mail newsletter', 's.c#id restricted'])
  })

  test('are for columns that exist, of one’s own organization', async () => {
    expect(await setColumnTags(at.db, at.actor, id('s.a'), 'nope', [])).toBe('not-found')
    expect(await setColumnTags(at.db, at.actor, 'no-uuid', 'mail', [])).toBe('not-found')
    const stranger = { ...at.actor, organizationId: crypto.randomUUID() }
    expect(await setColumnTags(at.db, stranger, id('s.a'), 'mail', [])).toBe('not-found')
    expect((await columnTags(at.db, stranger.organizationId, id('s.a'))).size).toBe(0)
  })
})

const edge = (from: number, to: number, evidence: TracedEdge['evidence'] = 'view'): TracedEdge => ({
  from: `r:${from}`,
  to: `r:${to}`,
  evidence,
  columns: [{ from: 'id', to: 'id' }],
  indirect: [],
  sql: null,
})

/** One run of lineage extraction in which the queries of these views were understood. */
async function lineageRun(edges: TracedEdge[], understood: number[]) {
  const jobId = await at.addJob(source.databaseId, 'lineage_extraction')
  const ledger = createJobLedger(at.db)
  await ledger.begin(jobId)
  const scope = scopeOf(source)
  const collecting = await openStep(at.db, jobId, 'collect')
  await selectRelations(at.db, collecting, scope, { upkeep: 'traced', changedOnly: false })
  await stageQueries(
    at.db,
    collecting,
    understood.map((oid) => ({ externalId: `r:${oid}`, kind: 'parsed', text: '{}' })),
  )
  const resolving = await openStep(at.db, jobId, 'resolve')
  await resetEdges(at.db, resolving)
  await stageEdges(at.db, resolving, edges)
  const stored = await storeLineage(at.db, await openStep(at.db, jobId, 'store'), {
    connectionId: source.connectionId,
    fadeDays: 30,
  })
  await ledger.end(jobId, completed)
  return stored
}

async function around(name: string, direction: 'upstream' | 'downstream' | 'both', depth: number) {
  const asset = name === '' ? database() : { id: id(name), kind: 'table' as const }
  const graph = await lineageAround(at.db, organization(), asset, {
    direction,
    depth,
    evidence: ['view', 'foreign_key'],
    maxNodes: 100,
    withColumns: false,
    withSql: false,
  })
  return graph.nodes.map((node) => node.qualifiedName.slice(5)).sort()
}

test('where no discovery has been, nothing is chosen and the job is told so; where it found nothing, there is nothing', async () => {
  const empty = await addSource(at)
  const choose = async () => {
    const jobId = await at.addJob(empty.databaseId, 'tag_generation')
    await createJobLedger(at.db).begin(jobId)
    const lease = await openStep(at.db, jobId, 'select')
    try {
      return await selectRelations(at.db, lease, scopeOf(empty), { upkeep: 'tagged', changedOnly: false })
    } finally {
      await createJobLedger(at.db).end(jobId, completed)
    }
  }
  await expect(choose()).rejects.toMatchObject({ code: 'not-discovered' })
  await empty.discover({ relations: [] })
  expect(await choose()).toBe(0)
})

describe('lineage', () => {
  test('edges are replaced, keep when they were seen first, and stay where nothing new is known', async () => {
    expect(await lineageRun([edge(1, 2), edge(2, 3), edge(1, 4, 'foreign_key')], [2, 3])).toEqual({
      edges: 3,
      added: 3,
      removed: 0,
    })
    const seen = () =>
      at.db.selectFrom('lineage_edge').select(['from_asset_id', 'first_seen_at']).orderBy('to_asset_id').execute()
    const before = await seen()
    expect(await lineageRun([edge(1, 2), edge(2, 3), edge(1, 4, 'foreign_key')], [2, 3])).toEqual({
      edges: 3,
      added: 0,
      removed: 0,
    })
    expect(await seen()).toEqual(before)
    expect(await lineageRun([edge(1, 2), edge(1, 4, 'foreign_key')], [2])).toEqual({ edges: 2, added: 0, removed: 0 })
    expect(await lineageRun([edge(1, 2), edge(1, 4, 'foreign_key'), edge(1, 404)], [2, 3])).toMatchObject({
      edges: 2,
      removed: 1,
    })
    await lineageRun([edge(1, 2), edge(2, 3), edge(1, 4, 'foreign_key')], [2, 3])
  })

  test('is walked up, down and both ways, to a depth', async () => {
    expect(await around('s.b', 'upstream', 5)).toEqual(['s.a', 's.b'])
    expect(await around('s.b', 'downstream', 5)).toEqual(['s.b', 's.c'])
    expect(await around('s.b', 'both', 5)).toEqual(['s.a', 's.b', 's.c'])
    expect(await around('s.a', 'downstream', 1)).toEqual(['other.d', 's.a', 's.b'])
    expect(await around('', 'both', 1)).toEqual(['other.d', 's.a', 's.b', 's.c'])
  })

  test('ends in a circle', async () => {
    await lineageRun([edge(1, 2), edge(2, 3), edge(3, 2), edge(1, 4, 'foreign_key')], [2, 3])
    expect(await around('s.b', 'both', 20)).toEqual(['s.a', 's.b', 's.c'])
  })
})

describe('reading', () => {
  test('assets page by name, and filter', async () => {
    const [first, second] = await listAssets(at.db, organization(), { connectionId: source.connectionId, limit: 2 })
    const after = { qualifiedName: second?.qualifiedName ?? '', id: second?.id ?? '' }
    const rest = await listAssets(at.db, organization(), { connectionId: source.connectionId, after, limit: 50 })
    expect([first, second, ...rest].map((asset) => asset?.qualifiedName)).toEqual(Object.keys(ids).sort())
    const named = async (filter: object) =>
      (await listAssets(at.db, organization(), { limit: 50, ...filter })).map((asset) => asset.name)
    expect(await named({ parentId: id('s') })).toEqual(['a', 'b', 'c'])
    expect(await named({ kind: 'view', q: 'S.B' })).toEqual(['b'])
    expect(await named({ tag: 'newsletter' })).toEqual(['a'])
    expect(await named({ q: '%' })).toEqual([])
    const quoted = await addSource(at)
    await quoted.discover({ relations: [table(1, 's/we"ird', ['id']), table(2, 's/plain', ['id'])] })
    for (const q of ['E"I', 'we"ird', '"we""ird"'])
      expect(await named({ connectionId: quoted.connectionId, q })).toEqual(['we"ird'])
  })

  test('an asset shows its path and what is below it', async () => {
    const detail = await assetDetail(at.db, organization(), id('s.a'))
    expect(detail?.path.map(({ kind, name }) => [kind, name])).toEqual([
      ['database', 'shop'],
      ['schema', 's'],
    ])
    expect((await assetDetail(at.db, organization(), source.databaseId))?.childCounts).toEqual({
      schema: 2,
      table: 2,
      view: 2,
    })
  })

  test('ids that are none are not found, and never an error', async () => {
    for (const wrong of ['', 'x', "'; drop table asset; --", '00000000-0000-4000-8000-000000000000']) {
      const asset = { id: wrong, kind: 'table' as const }
      expect(await findAsset(at.db, organization(), wrong)).toBeUndefined()
      expect(await assetDetail(at.db, organization(), wrong)).toBeUndefined()
      expect(await listAssets(at.db, organization(), { parentId: wrong, limit: 5 })).toEqual([])
      expect(await listSchemaChanges(at.db, organization(), asset, { limit: 5 })).toEqual([])
      expect(await listSchemaChanges(at.db, organization(), database(), { jobId: wrong, limit: 5 })).toEqual([])
      expect(await listColumnTags(at.db, organization(), asset, { limit: 5 })).toEqual([])
      const request = {
        direction: 'both' as const,
        depth: 3,
        evidence: ['view' as const],
        maxNodes: 10,
        withColumns: true,
        withSql: true,
      }
      expect((await lineageAround(at.db, organization(), asset, request)).nodes).toEqual([])
    }
  })
})
