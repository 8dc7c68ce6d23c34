import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startProduct, type JobAnswer, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

let product: Product
let root: string
let owner: string

const waiting = { timeout: 60_000, interval: 100 }
const role = `namer_${crypto.randomUUID().slice(0, 8)}`

/** A role that may not read a single row. */
beforeAll(async () => {
  product = await startProduct()
  const url = new URL(await createDatabase())
  owner = url.href
  await inSource(
    owner,
    `create schema shop;
     create table shop.customers (id bigint primary key, email text unique, phone text, badge text, note text);
     create table shop.visits (id bigint, visitor text references shop.customers (email), seen_at timestamptz);
     create view shop.reach as select c.email as x1, c.phone as x2, length(c.email) as email_length from shop.customers c;
     create view shop.reach_again as select r.x1 as y1, r.x2 as y2 from shop.reach r;
     create role ${role} login password 'pw'; grant usage on schema shop to ${role};`,
  )
  await product.startWorker()
  url.username = role
  url.password = 'pw'
  root = (await product.connect('shop', url.href)).rootAssetId
  await run('schema_discovery')
  await vi.waitUntil(async () => (await product.jobs('tab=active')).length === 0, waiting)
}, 120_000)
afterAll(() => product.stop())

async function run(type: string, config?: object): Promise<JobAnswer> {
  const { id } = await product.start(type, root, config)
  await vi.waitUntil(async () => !/pending|running/.test((await product.job(id)).status), waiting)
  return product.job(id)
}

const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object) =>
  product.gateway.call(method, path, body)

interface TagLine {
  asset: { id: string; name: string }
  column: string
  tags: { tag: string; category: string; source: string; inherited: boolean }[]
}

async function lines(query = ''): Promise<TagLine[]> {
  const { body } = await call('GET', `/assets/${root}/tags?limit=200${query}`)
  return body.items
}

/** `table.column tag`, with a star where it is inherited and an exclamation mark where it is a person's. */
async function personal(query = ''): Promise<string[]> {
  return (await lines(query)).flatMap(({ asset, column, tags }) =>
    tags
      .filter(({ category }) => category === 'pii')
      .map(
        ({ tag, inherited, source }) =>
          `${asset.name}.${column} ${tag}${inherited ? '*' : ''}${source === 'manual' ? '!' : ''}`,
      ),
  )
}

const tagOf = async (column: string): Promise<{ assetId: string; column: string }> => {
  const line = (await lines()).find((one) => one.column === column)
  return { assetId: line?.asset.id ?? '', column }
}

test('by names only, no right to read is needed; tags flow along keys and views', async () => {
  const job = await run('tag_generation', { sampleRows: 0 })
  expect(job).toMatchObject({ status: 'completed', warnings: 0 })
  expect(await personal()).toEqual([
    'customers.email email',
    'customers.phone phone',
    'reach.x1 email*',
    'reach.x2 phone*',
    'reach_again.y1 email*',
    'reach_again.y2 phone*',
    'visits.visitor email*',
  ])
})

test('what a person accepted, rejected or set holds through every later run', async () => {
  const [accepted, rejected, set] = await Promise.all([tagOf('email'), tagOf('x2'), tagOf('phone')])
  const review = (verdict: string, tags: object[]) => call('POST', '/tags/review', { verdict, tags })
  expect((await review('accept', [{ ...accepted, tag: 'email' }])).body).toEqual({ reviewed: 1, notFound: [] })
  expect((await review('reject', [{ ...rejected, tag: 'phone' }])).body).toEqual({ reviewed: 1, notFound: [] })
  expect((await review('reject', [{ ...rejected, tag: 'phone' }])).body).toEqual({ reviewed: 0, notFound: [] })
  expect((await lines('&category=sensitivity')).map(({ column }) => column)).toEqual(expect.not.arrayContaining(['x2']))
  expect((await review('reject', [{ ...accepted, tag: 'email' }])).body).toEqual({ reviewed: 0, notFound: [] })
  const wrong = [
    { ...accepted, tag: 'no such tag' },
    { ...accepted, column: 'no such column', tag: 'email' },
    { ...accepted, assetId: crypto.randomUUID(), tag: 'email' },
    { ...accepted, assetId: 'no such asset', tag: 'email' },
  ]
  for (const verdict of ['accept', 'reject']) {
    const { body } = await review(verdict, [{ ...accepted, tag: 'email' }, ...wrong])
    expect(body).toEqual({ reviewed: 0, notFound: expect.arrayContaining(wrong) })
    expect(body.notFound).toHaveLength(wrong.length)
  }
  await call('PUT', `/assets/${set.assetId}/columns/phone/tags`, { tags: [{ tag: 'desk number', category: 'pii' }] })
  await run('tag_generation', { sampleRows: 0 })
  expect(await personal()).toEqual([
    'customers.email email!',
    'customers.phone desk number!',
    'reach.x1 email*',
    'reach.x2 desk number*',
    'reach_again.y1 email*',
    'reach_again.y2 desk number*',
    'visits.visitor email*',
  ])
  expect(await personal('&review=decided')).toEqual(['customers.email email!', 'customers.phone desk number!'])
  expect(await personal('&review=open&category=pii&tag=email')).toEqual([
    'reach.x1 email*',
    'reach_again.y1 email*',
    'visits.visitor email*',
  ])
  const summary = (await call('GET', `/assets/${root}/tags/summary`)).body
  expect(summary).toMatchObject({ open: 5 })
  expect(summary.kinds[0]).toMatchObject({ tag: 'email', category: 'pii', columns: 4 })
  const changes = (await call('GET', `/assets/${root}/tag-changes?jobId=${summary.lastJobId}`)).body
  expect(changes.items).toContainEqual(expect.objectContaining({ column: 'y2', tag: 'desk number', kind: 'added' }))
  expect(changes.items).toContainEqual(expect.objectContaining({ column: 'y2', tag: 'phone', kind: 'removed' }))
  const { body: audit } = await call('GET', '/audit?action=column.tag-reject')
  expect(audit.items[0]).toMatchObject({ after: { tags: [{ column: 'x2', tag: 'phone' }] } })
})

test('rules of an organization find columns by name; patterns that could run for ever are refused', async () => {
  const rule = { name: 'Badges', tag: 'badge', category: 'pii', matcher: { kind: 'name', pattern: '^badge' } }
  const made = await call('POST', '/tag-rules', rule)
  expect(made.status).toBe(201)
  expect(await call('POST', '/tag-rules', rule)).toMatchObject({ status: 409, body: { code: 'name-taken' } })
  for (const pattern of ['(?=x)', '(a)\\1', '[']) {
    const refused = await call('POST', '/tag-rules', { ...rule, name: pattern, matcher: { kind: 'value', pattern } })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'matcher.pattern' }] } })
  }
  const trial = await call('POST', '/tag-rules/dry-run', { assetId: root, matcher: { kind: 'name', pattern: 'BADGE' } })
  expect(trial.body.columns).toEqual([expect.objectContaining({ column: 'badge' })])
  const typed = { assetId: root, matcher: { kind: 'value', pattern: 'B-\\d{3}' }, values: ['b-123', 'B-12'] }
  expect((await call('POST', '/tag-rules/dry-run', typed)).body.values).toEqual([true, false])
  await run('tag_generation', { sampleRows: 0, scope: 'changed' })
  expect(await personal('&tag=badge')).toEqual(['customers.badge badge'])
  await call('PATCH', `/tag-rules/${made.body.id}`, { enabled: false })
  await run('tag_generation', { sampleRows: 0, scope: 'changed' })
  expect(await personal('&tag=badge')).toEqual([])
  expect((await call('DELETE', `/tag-rules/${made.body.id}`)).status).toBe(204)
  const created = async () => (await call('GET', '/audit?action=tag-rule.create')).body.items[0]
  expect(await created()).toMatchObject({ target: { kind: 'tag-rule', id: made.body.id } })
  const words = ['M-4711', 'M-4712']
  const members = { ...rule, name: 'Members', matcher: { kind: 'dictionary', words } }
  expect((await call('POST', '/tag-rules', members)).body).toMatchObject({ matcher: { words } })
  const { after } = await created()
  expect(after.matcher).toMatchObject({ kind: 'dictionary', words: 2, digest: expect.stringMatching(/^[0-9a-f]{16}$/) })
  expect(JSON.stringify(after)).not.toContain('4711')
})

test('the export has a tag a line', async () => {
  const response = await fetch(`${product.gateway.base}/api/v1/assets/${root}/tags/export?tag=email`, {
    headers: { authorization: `Bearer ${product.gateway.token}` },
  })
  const text = await response.text()
  expect(text.split('\r\n')[0]).toBe('table,column,tag,category,confidence,source,inherited,evidence')
  expect(text).toContain('.shop.reach,x1,email,pii,')
  expect(text).toContain(',manual,no,')
})

const cards = ['4111111111111111', '5555555555554444', '4012888888881881', '6011111111111117', '5105105105105100']

test('what values showed stays until they are looked at again, as long as the column is the same', async () => {
  const held = async (column: string) => {
    const tags = (await lines()).find((one) => one.column === column)?.tags ?? []
    return tags.filter(({ category }) => category !== 'domain').map(({ tag, source }) => `${tag} ${source}`)
  }
  const discover = async () => {
    await run('schema_discovery')
    await vi.waitUntil(async () => (await product.jobs('tab=active')).length === 0, waiting)
  }
  const rows = cards.map((card) => `('${card}', '${card}', '${card}')`).join(', ')
  await inSource(
    owner,
    `create table shop.payments (f0 text, f1 text, f2 text); insert into shop.payments values ${rows};
     grant select on shop.payments to ${role};`,
  )
  await discover()
  const found = await lines('&tag=credit_card')
  expect(found.map(({ column }) => column)).toEqual(['f0', 'f1', 'f2'])
  await call('POST', '/tags/review', { verdict: 'accept', tags: [{ ...(await tagOf('f1')), tag: 'credit_card' }] })
  await call('POST', '/tags/review', { verdict: 'reject', tags: [{ ...(await tagOf('f2')), tag: 'credit_card' }] })

  await run('tag_generation', { sampleRows: 0 })
  expect((await lines('&tag=credit_card')).find(({ column }) => column === 'f0')).toEqual(found[0])
  expect(await held('f0')).toEqual(['credit_card auto', 'restricted auto'])
  expect(await held('f1')).toEqual(['credit_card manual', 'restricted auto'])
  expect(await held('f2')).toEqual([])

  await inSource(owner, `revoke select on shop.payments from ${role}; alter table shop.payments add column f3 int;`)
  await discover()
  expect((await run('tag_generation')).counts).toMatchObject({ changed: 0 })
  expect(await held('f0')).toEqual(['credit_card auto', 'restricted auto'])

  await inSource(owner, `alter table shop.payments alter f1 type jsonb using to_jsonb(f1)`)
  await discover()
  expect(await held('f0')).toEqual(['credit_card auto', 'restricted auto'])
  expect(await held('f1')).toEqual(['credit_card manual'])

  await inSource(owner, `update shop.payments set f0 = 'blue'; grant select on shop.payments to ${role};`)
  await run('tag_generation')
  expect(await held('f0')).toEqual([])
})
