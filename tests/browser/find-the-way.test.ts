import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { details, jobRows, setStage, type Stage } from './signed-in-page.ts'

let stage: Stage
let source: string
let rootAssetId: string
beforeAll(async () => {
  source = await createDatabase()
  await inSource(
    source,
    `create schema sales;
     create table sales.customer (id bigint primary key, email text not null);
     create table sales.orders (id bigint primary key, customer_id bigint references sales.customer, total numeric(10,2));
     create table sales.wide (${Array.from({ length: 24 }, (_, column) => `m${column} int`).join(', ')});
     create view sales.spending as
       select c.email, sum(o.total) as spent from sales.customer c join sales.orders o on o.customer_id = c.id group by 1;`,
  )
  stage = await setStage()
  rootAssetId = (await stage.product.connect('Shop', source)).rootAssetId
  await discovered()
})
afterAll(() => stage.close())

/** Discovers the source and waits for the follow-up jobs, too. */
async function discovered(): Promise<void> {
  const { id } = await stage.product.start('schema_discovery', rootAssetId)
  const { product } = stage
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 120_000, interval: 200 })
  await vi.waitUntil(async () => (await product.jobs('tab=active')).length === 0, { timeout: 120_000, interval: 200 })
}

test('without a token the page asks for one and says where it is', async () => {
  const page = await stage.open('/jobs')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('.local/token').waitFor()
  await page.getByLabel('Access token').fill('pl_not_this_one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('The token was not accepted').waitFor()
  await page.getByLabel('Access token').fill(stage.product.gateway.token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.poll(() => jobRows(page).count()).toBeGreaterThan(0)
  await page.context().close()
})

test('the list is used by keyboard alone', async () => {
  const page = await stage.open('/jobs')
  await expect.poll(() => jobRows(page).count()).toBe(3)
  const secondRowInFocus = jobRows(page).nth(1).and(page.locator(':focus'))
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect.poll(() => secondRowInFocus.count()).toBe(1)
  await page.keyboard.press('Enter')
  await details(page).waitFor()
  await page.keyboard.press('Escape')
  await details(page).waitFor({ state: 'hidden' })
  await expect.poll(() => secondRowInFocus.count()).toBe(1)
  await page.keyboard.press('/')
  await page.keyboard.type('nothing like it')
  await page.getByText('No job matches these filters').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => jobRows(page).count()).toBe(3)
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await page.context().close()
})

test('filters are in the address and come off one by one', async () => {
  const page = await stage.open('/jobs?type=tag_generation&type=schema_discovery&range=24h')
  await expect.poll(() => jobRows(page).count()).toBe(2)
  await page.getByRole('button', { name: 'Remove filter Type: Tag generation' }).click()
  await expect.poll(() => jobRows(page).count()).toBe(1)
  await expect.poll(() => page.url()).not.toContain('tag_generation')
  await page.context().close()
})

test('new jobs wait to be asked for and push no row away', async () => {
  const page = await stage.open('/jobs')
  await page.getByText('Live', { exact: true }).waitFor()
  await expect.poll(() => jobRows(page).count()).toBeGreaterThanOrEqual(3)
  const before = await jobRows(page).count()
  const first = await jobRows(page).first().innerText()
  const { id } = await stage.product.start('tag_generation', rootAssetId)
  const pill = page.getByRole('button', { name: '1 new job' })
  await pill.waitFor()
  expect(await jobRows(page).count()).toBe(before)
  expect((await jobRows(page).first().innerText()).slice(0, 8)).toBe(first.slice(0, 8))
  await pill.click()
  await expect.poll(() => jobRows(page).count()).toBe(before + 1)
  expect(await jobRows(page).first().innerText()).toContain(id.slice(-8))
  await page.context().close()
})

test('what was found is there: the tree, columns, tags and lineage', async () => {
  const page = await stage.open('/assets')
  const tree = page.getByRole('tree', { name: 'Assets' })
  await tree.getByRole('treeitem').first().click()
  await tree.getByRole('treeitem', { name: 'sales' }).click()
  await tree.getByRole('treeitem', { name: 'customer' }).click()
  const columns = page.getByRole('table', { name: 'Columns' })
  await columns.getByText('email', { exact: true }).first().waitFor()
  expect(await columns.getByLabel('Primary key').count()).toBe(1)

  await page.getByRole('tab', { name: 'Lineage' }).click()
  await page.locator('.react-flow__node').getByRole('link', { name: 'spending' }).click()
  await page.getByRole('heading', { name: 'spending', level: 1 }).waitFor()
  await page.getByRole('tab', { name: 'Definition' }).click()
  await expect.poll(() => page.locator('pre[aria-label="Definition"]').innerText()).toContain('sum(')
  await page.context().close()
})

test('an admin makes a token, which is shown once and is no use after it was deleted', async () => {
  const { base } = stage.product.gateway
  const page = await stage.open('/tokens')
  await page.getByRole('button', { name: 'New token' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly-report')
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  await dialog.getByRole('button', { name: 'Make the token' }).click()
  const token = await dialog.getByLabel('The token', { exact: true }).innerText()
  const ask = () => fetch(`${base}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(await (await ask()).json()).toMatchObject({ actor: 'nightly-report', role: 'viewer' })

  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('table', { name: 'Tokens' }).getByRole('row').filter({ hasText: 'nightly-report' })
  await row.waitFor()
  expect(await page.getByText(token).count()).toBe(0)
  await row.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the token' }).click()
  await row.waitFor({ state: 'hidden' })
  await expect.poll(async () => (await ask()).status).toBe(401)
  await page.context().close()
})

test('what changed is told with what breaks first, compared, and weighs on trust', async () => {
  const types = Array.from({ length: 12 }, (_, column) => `alter m${column} type text`)
  await inSource(source, `alter table sales.wide add added int, ${types.join(', ')}`)
  await discovered()
  const page = await stage.open(`/assets/${rootAssetId}?tab=schema-changes`)
  await page.getByRole('status', { name: 'Trust' }).getByText('To be doubted').waitFor()
  const found = page.getByRole('region', { name: /^Found by job/ })
  await found.getByText('13 changes').waitFor()
  await expect.poll(() => found.getByRole('listitem').count()).toBe(8)
  expect(await found.getByRole('listitem').first().innerText()).toMatch(/m0\s+Breaking/i)
  await found.getByRole('button', { name: 'Show 5 more of this asset' }).click()
  await expect.poll(() => found.getByRole('listitem').count()).toBe(13)
  expect(await found.getByRole('listitem').last().innerText()).toContain('Column added')

  await page.getByText('Compare snapshots').click()
  await page.getByText('13 differences').waitFor()

  // On a narrow screen the open tab is in sight, and so is every column that is asked for.
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('link', { name: /wide$/ }).first().click()
  await page.getByRole('heading', { name: 'wide', level: 1 }).waitFor()
  await page.getByRole('textbox', { name: 'Filter columns' }).fill('added')
  await page.getByText('1 of 25 columns').waitFor()
  await page.getByRole('tab', { name: 'Jobs' }).click()
  await expect.poll(() => page.getByRole('tab', { name: 'Jobs' }).evaluate(fitsInSight)).toBe(true)
  await page.context().close()
})

/** Runs in the page. */
const fitsInSight = (tab: { getBoundingClientRect(): { left: number; right: number } }): boolean => {
  const { left, right } = tab.getBoundingClientRect()
  return left >= 0 && right <= 390
}
