import { openDatabase } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addEndedDiscovery } from '../support/ended-discovery.ts'
import { createDatabase } from '../support/test-database.ts'
import { jobRows, setStage, type Stage } from './signed-in-page.ts'

const day = 86_400_000
let stage: Stage
let slow: string
beforeAll(async () => {
  stage = await setStage()
  const { rootAssetId } = await stage.product.connect('Shop', await createDatabase())
  const db = openDatabase({ url: stage.product.databaseUrl, poolSize: 1, applicationName: 'test' })
  for (let ago = 20; ago > 1; ago -= 1) {
    await addEndedDiscovery(db, rootAssetId, {
      createdAt: Date.now() - ago * day,
      seconds: 10 + (ago % 4),
      rows: 1_000,
    })
  }
  await addEndedDiscovery(db, rootAssetId, { createdAt: Date.now() - 5 * day, seconds: 3, status: 'failed' })
  slow = await addEndedDiscovery(db, rootAssetId, { createdAt: Date.now() - day, seconds: 95, rows: 80_000 })
  await db.destroy()
})
afterAll(() => stage.close())

test('a slow job leads to its trend, which says what was different', async () => {
  const page = await stage.open(`/jobs/${slow}`)
  await page.getByText('far longer than usual').click()
  await page.getByRole('heading', { name: 'Trends' }).waitFor()
  const found = page.getByRole('table', { name: 'Jobs that became slow' })
  await expect
    .poll(async () => {
      await page.reload()
      await page.getByRole('heading', { name: 'Became slow' }).waitFor()
      return found.count()
    })
    .toBe(1)
  const text = await found.getByRole('row').nth(1).innerText()
  expect(text).toContain('1 m 35 s')
  expect(text).toContain('Rows: 1,000 → 80,000')
  await page.getByRole('img', { name: /Durations over time/ }).waitFor()
  const totals = page.locator('dl')
  expect(await totals.innerText()).toMatch(/21 jobs/)
  expect(await totals.innerText()).toMatch(/95 %/)
})

test('the same as numbers, and the way to the jobs themselves', async () => {
  const page = await stage.open('/trends?range=7d')
  await page.getByRole('button', { name: 'Show numbers' }).click()
  const rows = page.getByRole('table', { name: 'Jobs over time' }).getByRole('row')
  await expect.poll(() => rows.count()).toBeGreaterThan(7)
  await page.getByRole('link', { name: 'Show these jobs' }).click()
  await page.getByRole('heading', { name: 'Jobs' }).waitFor()
  // One a day, and the one that failed.
  await expect.poll(() => jobRows(page).count()).toBe(7)
})
