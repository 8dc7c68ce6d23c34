import { afterAll, beforeAll, expect, test } from 'vitest'
import { inSource, manyTables } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { details, focused, jobRows, setStage, type Stage } from './signed-in-page.ts'
import { slowLink, type SlowLink } from './slow-link.ts'
import type { Page } from 'playwright-core'

/** So slow that reading this catalog takes half a minute. */
const bytesPerSecond = 120_000
const tables = 1_000

let stage: Stage
let link: SlowLink
beforeAll(async () => {
  const source = await createDatabase()
  await inSource(source, manyTables(tables))
  link = await slowLink(source, bytesPerSecond)
  stage = await setStage()
  await stage.product.connect('Warehouse behind a slow link', link.url)
})
afterAll(async () => {
  await stage.close()
  await link.close()
})

/** What is wrong is said at its field, where the keyboard then is, and mended there. */
async function startWithOptions(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Discover with options…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Schema discovery with options' })
  await dialog.getByLabel('Exclude').fill('*.tmp_*')
  const share = dialog.getByLabel('Largest share removed')
  await share.fill('125')
  await dialog.getByRole('button', { name: 'Start the job' }).click()
  await dialog.getByText('must be from 0 to 100 %').waitFor()
  await dialog.getByRole('alert').getByText('1 field needs attention').waitFor()
  await expect.poll(() => focused(share)).toBe(1)
  await share.fill('25')
  await dialog.getByRole('button', { name: 'Start the job' }).click()
}

test('the percentage of a long job moves by itself, and the job can be cancelled', async () => {
  const page = await stage.open('/connections')
  // Gone after a reload: what is seen below came over the live connection.
  await page.evaluate('window.neverReloaded = true')

  await startWithOptions(page)
  await expect.poll(() => page.url()).toContain('/jobs/')
  const [job] = await stage.product.jobs('tab=active')
  expect(job && (await stage.product.detail(job.id)).config).toMatchObject({
    exclude: ['*.tmp_*'],
    maxRemovedShare: 0.25,
  })
  await page.getByRole('link', { name: 'Jobs' }).first().click()
  await expect.poll(() => jobRows(page).getByText('Running').count()).toBe(1)

  const percent = async () => Number(await jobRows(page).getByRole('progressbar').getAttribute('aria-valuenow'))
  const seen = new Set<number>()
  await expect.poll(async () => seen.add(await percent()).size, { interval: 200 }).toBeGreaterThanOrEqual(4)
  const inOrder = [...seen]
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))

  await jobRows(page).getByRole('button', { name: 'Actions of job' }).click()
  await page.getByRole('menuitem', { name: 'Cancel Job' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cancel this job?' })
  await dialog.getByLabel('Reason').fill('The link is too slow today')
  await dialog.getByRole('button', { name: 'Cancel the job' }).click()
  await expect.poll(() => jobRows(page).getByText('Cancelled', { exact: true }).count()).toBeGreaterThan(0)

  await jobRows(page).getByText('Schema discovery').click()
  await details(page)
    .getByText(/^Cancelled by admin.*The link is too slow today/)
    .waitFor()
  expect(await page.evaluate('window.neverReloaded')).toBe(true)
  await page.context().close()
})
