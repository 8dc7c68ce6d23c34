import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { jobRows, setStage, type Stage } from './signed-in-page.ts'

const tables = ['customer', 'orders', 'payment', 'product', 'stock', 'visit']

let stage: Stage
let connectionId: string
beforeAll(async () => {
  const source = await createDatabase()
  await inSource(source, tables.map((name) => `create table ${name} (id bigint primary key, email text);`).join('\n'))
  stage = await setStage()
  const { product } = stage
  const shop = await product.connect('Shop', source)
  connectionId = shop.id
  const { id } = await product.start('schema_discovery', shop.rootAssetId, { followUps: [] })
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 120_000, interval: 200 })
})
afterAll(() => stage.close())

/** One waiting job for each table: the connection is paused, so that none begins while it is looked at. */
async function waitingJobs(): Promise<string[]> {
  const { product } = stage
  await product.gateway.call('PATCH', `/connections/${connectionId}`, { paused: true })
  const { body } = await product.gateway.call('GET', `/assets?connectionId=${connectionId}&kind=table`)
  const assets: { id: string }[] = body.items
  const jobs = await Promise.all(assets.map(({ id }) => product.start('tag_generation', id)))
  return jobs.map(({ id }) => id)
}

const toolbar = { name: 'Selected jobs' }

test('many jobs are cancelled after a look at what that does, and the operation is found again after a reload', async () => {
  const ids = await waitingJobs()
  const page = await stage.open('/jobs')
  await expect.poll(() => jobRows(page).count()).toBe(tables.length + 1)

  // All rows, also the discovery that has ended: the preview leaves it out and says why.
  await page.getByRole('checkbox', { name: 'Select all jobs that are shown' }).click()
  await page
    .getByRole('toolbar', toolbar)
    .getByText(`${tables.length + 1} jobs selected`)
    .waitFor()
  await page.getByRole('toolbar', toolbar).getByRole('button', { name: 'Cancel' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cancel many jobs' })
  await dialog.getByText(`It acts on ${tables.length} jobs.`).waitFor()
  await dialog.getByText('1 job: Already completed').waitFor()
  expect(await dialog.getByRole('list', { name: 'Some of the jobs' }).getByText('Tag generation').count()).toBe(6)
  // A look changes nothing.
  expect((await stage.product.jobs('tab=active')).length).toBe(tables.length)

  await dialog.getByLabel('Reason').fill('The wrong tables')
  await dialog.getByRole('button', { name: `Cancel ${tables.length} jobs` }).click()
  const operation = page.getByRole('region', { name: 'Bulk operation' })
  await operation.getByText(`Cancelled ${tables.length} jobs, 1 refused`).waitFor()
  await expect.poll(() => jobRows(page).getByText('Cancelled', { exact: true }).count()).toBe(tables.length)
  const states = await Promise.all(ids.map(async (id) => (await stage.product.job(id)).status))
  expect(new Set(states)).toEqual(new Set(['cancelled']))

  await page.reload()
  await operation.getByRole('button', { name: 'Show what was refused' }).click()
  await page.getByRole('table', { name: 'Refused jobs' }).getByText('completed').waitFor()
  await page.keyboard.press('Escape')
  await operation.getByRole('button', { name: 'Put away' }).click()
  await operation.waitFor({ state: 'hidden' })
  await page.context().close()
})

test('rows are chosen by keyboard, and all that match the filter at once', async () => {
  const page = await stage.open('/jobs?status=cancelled')
  await expect.poll(() => jobRows(page).count()).toBe(tables.length)
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByRole('toolbar', toolbar).getByText('2 jobs selected').waitFor()
  const cancel = page.getByRole('toolbar', toolbar).getByRole('button', { name: 'Cancel' })
  expect(await cancel.getAttribute('aria-disabled')).toBe('true')

  await page.getByRole('toolbar', toolbar).getByRole('button', { name: 'Retry' }).click()
  const dialog = page.getByRole('dialog', { name: 'Retry many jobs' })
  await dialog.getByRole('button', { name: 'Retry 2 jobs' }).click()
  await page.getByRole('region', { name: 'Bulk operation' }).getByText('Retried 2 jobs').waitFor()
  await expect.poll(async () => (await stage.product.jobs('tab=active')).length).toBe(2)
  await page.context().close()
})

test('what the filters show is exported', async () => {
  const page = await stage.open('/jobs?type=schema_discovery')
  await expect.poll(() => jobRows(page).count()).toBe(1)
  const shown = await stage.product.jobs('type=schema_discovery')

  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByText('1 job that the filters show').waitFor()
  const begun = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  const file = await begun
  expect(file.suggestedFilename()).toBe('jobs.csv')
  const [header, ...lines] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  expect(header).toMatch(/^id,type,status,/)
  expect(lines.map((line) => line.split(',')[0])).toEqual(shown.map(({ id }) => id))
  await page.getByRole('region', { name: 'Export' }).getByText('Exported jobs.csv · 2 lines').waitFor()
  await page.context().close()
})
