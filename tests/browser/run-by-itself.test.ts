import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { focused, jobRows, setStage, type Stage } from './signed-in-page.ts'

let stage: Stage
let rootAssetId: string
beforeAll(async () => {
  const source = await createDatabase()
  await inSource(
    source,
    `create schema sales;
     create table sales.customer (id bigint primary key, email text not null);
     create table sales.orders (id bigint primary key, total numeric(10,2));`,
  )
  stage = await setStage()
  const { product } = stage
  rootAssetId = (await product.connect('Shop', source)).rootAssetId
  const { id } = await product.start('schema_discovery', rootAssetId)
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 120_000, interval: 200 })
  await vi.waitUntil(async () => (await product.jobs('tab=active')).length === 0, { timeout: 120_000, interval: 200 })
})
afterAll(() => stage.close())

test('a schedule is made where its asset is, shows when it would run, and is run, paused and deleted', async () => {
  const page = await stage.open(`/assets/${rootAssetId}`)
  await page.getByRole('button', { name: 'More ways to schedule' }).click()
  await page.getByRole('menuitem', { name: 'One job on' }).click()
  const editor = page.getByRole('dialog', { name: 'New schedule' })
  const nextRuns = editor.getByRole('status', { name: 'Next runs' })
  const cron = editor.getByLabel('Cron expression')

  // The next runs follow what is typed.
  await expect.poll(() => nextRuns.innerText()).toContain('06:00')
  await expect.poll(() => nextRuns.getByRole('listitem').count()).toBe(5)
  await cron.fill('30 7 * * 1-5')
  await expect.poll(() => nextRuns.innerText()).toContain('07:30, Monday through Friday')
  expect(await nextRuns.getByRole('listitem').allInnerTexts()).not.toContainEqual(expect.stringMatching(/Sat|Sun/))
  await editor.getByLabel('At', { exact: true }).fill('08:15')
  await expect.poll(() => cron.inputValue()).toBe('15 8 * * 1-5')
  await expect.poll(() => nextRuns.innerText()).toContain('08:15')

  // In another zone the reader's own clock stands beside it.
  await editor.getByRole('combobox', { name: 'Time zone' }).fill('Kolkata')
  await page.getByRole('option', { name: 'Asia/Kolkata' }).click()
  await expect.poll(() => nextRuns.innerText()).toContain('your time')

  // What is wrong is said at the field, and does not get in the way of going on.
  await cron.fill('61 8 * * *')
  await expect.poll(() => cron.getAttribute('aria-invalid')).toBe('true')
  await nextRuns.getByText('not understood yet').waitFor()
  const described = (await cron.getAttribute('aria-describedby')) ?? ''
  const said = await Promise.all(described.split(/\s+/).map((id) => editor.locator(`[id="${id}"]`).innerText()))
  expect(said.join(' ')).toMatch(/minute/i)
  await cron.fill('0 3 1 1 *')
  await expect.poll(() => cron.getAttribute('aria-invalid')).not.toBe('true')
  await editor.getByLabel('Name', { exact: true }).fill('At new year')
  await editor.getByRole('button', { name: 'Add the schedule' }).click()
  await page.getByRole('heading', { name: 'At new year', level: 1 }).waitFor()

  // Triggered, it starts a job that knows it.
  await page.getByRole('button', { name: 'Trigger now' }).click()
  const runs = page.getByRole('table', { name: 'Last runs' })
  await runs.getByText('Triggered by hand').waitFor()
  await runs.getByText('Completed').waitFor()
  await runs.getByRole('link').click()
  await expect.poll(() => page.url()).toContain('/jobs/')
  await page.getByRole('link', { name: 'Schedule', exact: true }).click()
  await page.getByRole('heading', { name: 'At new year', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'All scheduled jobs of this asset' }).click()
  await expect.poll(() => jobRows(page).count()).toBe(1)

  // Paused with a reason, and resumed.
  await page.getByRole('link', { name: 'Schedules', exact: true }).click()
  const row = page.getByRole('table', { name: 'Schedules' }).getByRole('row').filter({ hasText: 'At new year' })
  await row.getByRole('button', { name: 'Actions of At new year' }).click()
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  const pause = page.getByRole('dialog', { name: 'Pause At new year?' })
  await pause.getByLabel('Reason').fill('The warehouse moves')
  await pause.getByRole('button', { name: 'Pause the schedule' }).click()
  await row.getByLabel('The warehouse moves').waitFor()
  await row.getByRole('button', { name: 'Actions of At new year' }).click()
  await page.getByRole('menuitem', { name: 'Resume' }).click()
  await row.getByLabel('The warehouse moves').waitFor({ state: 'hidden' })

  // Deleted, but not forgotten.
  await row.getByRole('button', { name: 'Actions of At new year' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the schedule' }).click()
  await page.getByText('Nothing runs by itself yet').waitFor()
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByText('Deleted a schedule').first().waitFor()
  await page.context().close()
})

test('every table of a database is scheduled in two clicks, and edited later', async () => {
  const page = await stage.open(`/assets/${rootAssetId}`)
  await page.getByRole('button', { name: 'Schedule every table' }).click()
  const editor = page.getByRole('dialog', { name: 'New schedule' })
  await expect
    .poll(() => editor.getByRole('combobox', { name: 'Starts' }).inputValue())
    .toBe('One job for every table below it')
  await editor.getByRole('button', { name: 'Add the schedule' }).click()
  await page.getByRole('heading', { name: /^Freshness check of every table of/, level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Trigger now' }).click()
  const runs = page.getByRole('table', { name: 'Last runs' })
  await expect.poll(() => runs.getByText('Completed').count()).toBe(2)

  await page.getByRole('button', { name: /^Actions of/ }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog')
  await edit.getByText('stay as they are').waitFor()
  await edit.getByLabel('Only names like').fill('*.orders')
  // Its options are a form, held back while one is out of bounds.
  await edit.getByRole('button', { name: 'Options' }).click()
  const longest = edit.getByLabel('Longest reading')
  await longest.fill('0')
  await edit.getByRole('button', { name: 'Save' }).click()
  await edit.getByRole('alert').getByText('1 field needs attention').waitFor()
  await expect.poll(() => focused(longest)).toBe(1)
  await longest.fill('30')
  await edit.getByText('1 option not as by default').waitFor()
  await edit.getByLabel('Name', { exact: true }).fill('Freshness of orders')
  await edit.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Freshness of orders', level: 1 }).waitFor()
  expect(await runs.getByText('Completed').count()).toBe(2)
  await page.getByRole('region', { name: 'Options' }).getByText('30 s').waitFor()

  // The list is filtered by what the address says.
  await page.goto(`${stage.product.gateway.base}/schedules?assetId=${rootAssetId}`)
  await page.getByRole('link', { name: 'Freshness of orders' }).waitFor()
  await expect.poll(() => page.getByRole('combobox', { name: 'Asset, and all below it' }).inputValue()).not.toBe('')
  await page.context().close()
})
