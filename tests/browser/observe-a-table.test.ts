import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { setStage, type Stage } from './signed-in-page.ts'

let stage: Stage
let orders: string
beforeAll(async () => {
  const source = await createDatabase()
  await inSource(
    source,
    `create schema sales;
     create table sales.orders (id bigint primary key, state text, updated_at timestamptz);
     create index on sales.orders (updated_at);
     insert into sales.orders select n, 'open', now() - n * interval '1 hour' from generate_series(1, 20) n`,
  )
  stage = await setStage()
  const { rootAssetId } = await stage.product.connect('Shop', source)
  await completed('schema_discovery', rootAssetId, { followUps: [] })
  const { body } = await stage.product.gateway.call('GET', '/assets?kind=table')
  orders = body.items[0].id
})
afterAll(() => stage.close())

async function completed(type: string, assetId: string, config: object = {}): Promise<void> {
  const { product } = stage
  const { id } = await product.start(type, assetId, config)
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 120_000, interval: 200 })
}

test('a metric that its database refuses is told at its query; one that works shows what it came to', async () => {
  const page = await stage.open(`/assets/${orders}?tab=metrics`)
  await page.getByRole('button', { name: 'Define a metric' }).click()
  const dialog = page.getByRole('dialog', { name: 'Define a metric of orders' })
  const query = dialog.getByRole('textbox', { name: 'Query' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('open orders')
  await query.fill('select count(*) from sales.order')
  await dialog.getByRole('button', { name: 'Define' }).click()
  await expect.poll(() => query.getAttribute('aria-invalid')).toBe('true')
  await dialog.getByText('"sales.order" does not exist').first().waitFor()
  await query.fill(`select count(*) from sales.orders where state = 'open'`)
  await dialog.getByRole('button', { name: 'Define' }).click()
  const row = page.getByRole('table', { name: 'Defined metrics' }).getByRole('row', { name: /open orders/ })
  await row.getByText('Not measured yet').waitFor()
  await completed('metric_capture', orders)
  await page.reload()
  await expect.poll(() => row.innerText()).toMatch(/\b20\b/)
  await page.getByText('counted exactly').first().waitFor()
  const label = page
    .getByRole('group', { name: /^Chart of/ })
    .locator('text')
    .first()
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await expect.poll(async () => (await label.boundingBox())?.height ?? 0).toBeGreaterThan(9)
  }
})

test('a table that is learned of says what it waits for, and days of which nothing is known look like it', async () => {
  await completed('freshness_check', orders)
  const page = await stage.open(`/assets/${orders}?tab=freshness`)
  await page
    .getByText('No two updates have been seen yet. It is judged after 8 intervals over at least 7 days')
    .waitFor()
  await page.getByText('Not checked, or not known').waitFor()
  const calendar = page.getByRole('img', { name: /something is known of/ })
  expect(await calendar.locator('[data-unknown]').count()).toBeGreaterThan(80)
})
