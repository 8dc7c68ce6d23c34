import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { focused, setStage, type Stage } from './signed-in-page.ts'

const hostile = 'Orders <img src=x onerror="document.title=1"> [of](javascript:alert(1)) https://shop.example/'

let stage: Stage
let database: string
let orders: string
beforeAll(async () => {
  const source = await createDatabase()
  await inSource(
    source,
    `create table customers (id bigint primary key, name text);
     create table orders (id bigint primary key, customer_id bigint references customers,
       state text not null check (state in ('open', 'paid', 'sent')), total numeric(10, 2));
     comment on table orders is '${hostile}';
     comment on column orders.total is 'With tax, in euros'`,
  )
  stage = await setStage()
  const { product } = stage
  database = (await product.connect('Shop', source)).rootAssetId
  const { id } = await product.start('schema_discovery', database, { followUps: [] })
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 60_000, interval: 100 })
  const found = await product.gateway.call('GET', '/assets?kind=table&q=orders')
  orders = found.body.items[0].id
}, 180_000)
afterAll(() => stage.close())

const texts = (page: Page) => page.getByRole('list', { name: 'Texts' }).getByRole('listitem')
const textOf = (page: Page, name: string) => page.getByRole('listitem', { name: `Text of ${name}`, exact: true })

test('an empty page starts the job that describes the table; its texts tell their source and evidence, and are plain text', async () => {
  const page = await stage.open(`/assets/${orders}?tab=documentation`)
  await page.getByRole('button', { name: 'Describe this table' }).click()
  await page.waitForURL(/\/jobs\//)
  await page.getByRole('link', { name: 'Its documentation' }).click()
  const own = textOf(page, 'orders')
  await own.getByText('Rules', { exact: false }).first().waitFor()
  await own.getByText('Not reviewed').waitFor()
  await expect.poll(() => own.textContent()).toContain('<img src=x onerror=')
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  expect(await own.getByRole('link').allTextContents()).toEqual(['Run'])
  await own.getByRole('button', { name: 'Why: evidence of orders' }).click()
  await own
    .getByRole('list', { name: 'Evidence' })
    .getByText(/Comment: /)
    .first()
    .waitFor()
  expect(await textOf(page, 'state').textContent()).toContain("'paid'")
})

test('texts are judged and written with the keyboard alone, and a person’s text stays through the next run', async () => {
  const page = await stage.open(`/assets/${orders}?tab=documentation`)
  await texts(page).first().waitFor()
  await page.keyboard.press('j')
  await expect.poll(() => focused(textOf(page, 'orders'))).toBe(1)
  await page.keyboard.press('a')
  await textOf(page, 'orders').getByText('Accepted by admin').waitFor()
  await expect.poll(() => focused(textOf(page, 'id'))).toBe(1)
  await page.keyboard.press('r')
  await textOf(page, 'id').getByText('Nothing is said of it.').waitFor()
  await page.getByText('4 of 5 texts written').waitFor()
  await textOf(page, 'total').focus()
  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'Text of total' }).fill('In euros.\nWith <b>tax</b>.')
  await page.keyboard.press('Control+Enter')
  await textOf(page, 'total').getByText('Written by admin').waitFor()
  await expect.poll(() => focused(textOf(page, 'total'))).toBe(1)
  const { product } = stage
  const { id } = await product.start('intelligence_analysis', orders, { scope: 'all' })
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 60_000, interval: 100 })
  await page.reload()
  await textOf(page, 'total').getByText('With <b>tax</b>.').waitFor()
  await textOf(page, 'total').getByRole('button', { name: 'Versions of total' }).click()
  const versions = page.getByRole('dialog', { name: 'Versions of total' })
  await versions.getByRole('region', { name: 'Version 2' }).locator('ins').first().waitFor()
  await versions
    .getByRole('region', { name: 'Version 1' })
    .getByRole('button', { name: 'Use these words again' })
    .click()
  await expect.poll(() => textOf(page, 'total').textContent()).not.toContain('<b>')
})

test('what waits below a database is searched, chosen, and accepted all at once after it was counted', async () => {
  const { product } = stage
  const { id } = await product.start('intelligence_analysis', database)
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 60_000, interval: 100 })
  const page = await stage.open(`/assets/${database}?tab=documentation`)
  await page.getByText(/tables and views and .* are described/).waitFor()
  await page.getByText(/^To review [1-9]/).click()
  const before = await texts(page).count()
  await page.getByRole('searchbox', { name: 'Search the texts' }).fill('customers.name')
  await page.getByText('No text is like this.').waitFor()
  await page.getByRole('searchbox', { name: 'Search the texts' }).fill('customers')
  await textOf(page, 'name').getByRole('checkbox', { name: 'Choose name' }).check()
  await page.getByRole('group', { name: 'Review' }).getByRole('button', { name: 'Reject the chosen' }).click()
  await textOf(page, 'name').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await expect.poll(() => texts(page).count()).toBe(before - 1)
  await page.getByRole('button', { name: 'Accept all that match…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Accept all that match?' })
  await dialog.getByRole('button', { name: `Accept ${before - 1} texts` }).click()
  await page.getByText('Nothing waits for a review.').waitFor()
  await page.getByText('Rejected', { exact: true }).click()
  await textOf(page, 'name').getByRole('button', { name: 'Accept the text of name' }).click()
  await textOf(page, 'name').waitFor({ state: 'detached' })
})
