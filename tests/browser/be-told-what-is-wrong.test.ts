import { openDatabase } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addEndedDiscovery } from '../support/ended-discovery.ts'
import { jobError } from '../support/failing-jobs.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { createDatabase } from '../support/test-database.ts'
import { setStage, type Stage } from './signed-in-page.ts'

let stage: Stage
let receiver: Receiver
let failed: string
beforeAll(async () => {
  receiver = await startReceiver()
  stage = await setStage({ PLUMBLINE_ALERTS_PRIVATE_ADDRESSES: 'allow' })
  const { rootAssetId } = await stage.product.connect('Shop', await createDatabase())
  const db = openDatabase({ url: stage.product.databaseUrl, poolSize: 1, applicationName: 'test' })
  const error = jobError('permission-denied', 'permission denied for schema sales')
  const one = { seconds: 3, status: 'failed', error } as const
  await addEndedDiscovery(db, rootAssetId, { ...one, createdAt: Date.now() - 50_000 })
  failed = await addEndedDiscovery(db, rootAssetId, { ...one, createdAt: Date.now() - 10_000 })
  await db.destroy()
})
afterAll(async () => {
  await stage.close()
  await receiver.stop()
})

test('a failed job leads to its incident, which is acknowledged and resolved', async () => {
  const page = await stage.open(`/jobs/${failed}`)
  await page.getByRole('group', { name: 'Part of an incident' }).getByRole('link').click()
  await page.getByRole('heading', { name: /^Schema discovery of .* failed/ }).waitFor()
  await page.getByText('Open', { exact: true }).waitFor()
  const jobs = page.getByRole('table', { name: 'Occurrences' }).locator('tbody tr')
  expect(await jobs.count()).toBe(2)
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByText('Acknowledged', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Mute' }).click()
  await page.getByRole('menuitem', { name: 'For a day' }).click()
  await page.getByText('ends in').waitFor()
  await page.getByRole('button', { name: 'Resolve' }).click()
  await page.getByText('Resolved', { exact: true }).waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Alerts' }).click()
  const incidents = page.getByRole('table', { name: 'Incidents' }).locator('tbody tr')
  await expect.poll(() => incidents.count()).toBe(1)
  expect(await incidents.innerText()).toContain('Resolved')
})

test('a channel is added, tried, and its deliveries can be read', async () => {
  const page = await stage.open('/alerts?tab=channels')
  await page.getByText('Nobody is told').waitFor()
  await page.getByRole('button', { name: 'New channel' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('On call')
  const dialog = page.getByRole('dialog')
  await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
  await dialog.getByRole('button', { name: 'Add the channel' }).click()
  await dialog.getByText('Keep this secret now').waitFor()
  expect(await dialog.locator('code').innerText()).toMatch(/^whsec_/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await page.getByText('It arrived').waitFor()
  expect(receiver.received).toHaveLength(1)
  receiver.answer(500)
  await page.getByRole('button', { name: 'Test' }).click()
  await page.getByText('The receiver answered 500').waitFor()
  receiver.answer(204)
  await page.getByRole('tab', { name: 'Deliveries' }).click()
  const rows = page.getByRole('table', { name: 'Deliveries' }).locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(2)
  await rows.filter({ hasText: 'Failed' }).getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => rows.filter({ hasText: 'Delivered' }).count()).toBe(2)
})

test('a rule is limited and switched off', async () => {
  const page = await stage.open('/alerts?tab=rules')
  const rules = page.getByRole('table', { name: 'Alert rules' })
  await expect.poll(() => rules.locator('tbody tr').count()).toBe(8)
  const stale = rules.locator('tbody tr').filter({ hasText: 'Stale tables' })
  await stale.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Only assets with this tag' }).fill('fin')
  await page.getByRole('option', { name: 'Finance' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await stale.getByText('tag Finance').waitFor()
  await stale.getByRole('switch').click()
  await page.reload()
  await expect.poll(() => stale.getByRole('switch').isChecked()).toBe(false)
})
