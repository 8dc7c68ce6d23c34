import { anyFreePort } from '@plumbline/local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { details, jobRows, setStage, type Stage } from './signed-in-page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

/** A connection whose port is wrong: nothing listens there. */
async function brokenConnection(): Promise<{ rightPort: string; rootAssetId: string }> {
  const source = await createDatabase()
  await inSource(source, 'create table invoice (id bigint primary key, email text not null, due date)')
  const wrong = new URL(source)
  wrong.port = String(await anyFreePort())
  const { rootAssetId } = await stage.product.connect('Billing', wrong.href)
  return { rightPort: new URL(source).port, rootAssetId }
}

test('a failed job is found, understood, mended and retried without leaving the page', async () => {
  const { product } = stage
  const { rightPort, rootAssetId } = await brokenConnection()
  const failed = await product.start('schema_discovery', rootAssetId)
  await expect.poll(async () => (await product.job(failed.id)).status).toBe('failed')

  const page = await stage.open('/jobs')
  await expect.poll(() => page.url()).not.toContain('token')

  // Found: on the tab of failures, with what went wrong in the row.
  await page.getByRole('tab', { name: 'Failed' }).click()
  await expect.poll(() => page.url()).toContain('tab=failed')
  await expect.poll(() => jobRows(page).count()).toBe(1)
  expect(await jobRows(page).innerText()).toContain('Nothing listens at')

  // Understood: code, hint and stack trace.
  await jobRows(page).getByText('Schema discovery').click()
  await expect.poll(() => page.url()).toContain(`/jobs/${failed.id}`)
  await details(page).getByText('connection-refused').waitFor()
  await details(page).getByText('Check that the server runs and that host and port').waitFor()
  await details(page).getByRole('button', { name: 'Stack trace', exact: true }).click()
  await expect.poll(() => details(page).locator('pre[aria-label="Stack trace"]').innerText()).toMatch(/\n\s+at /)

  // Mended: the port of the connection; the password stays as it is.
  await details(page).getByRole('link', { name: 'Edit the connection' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Port').fill(rightPort)
  await form.getByRole('button', { name: 'Save and test' }).click()
  await page.getByRole('status', { name: 'The connection works' }).waitFor()

  // Retried: the new attempt completes while one looks on.
  await page.getByRole('link', { name: 'Jobs' }).click()
  await page.getByRole('tab', { name: 'Failed' }).click()
  await jobRows(page).getByText('Schema discovery').click()
  await details(page).getByRole('button', { name: 'Retry', exact: true }).click()
  await page.getByRole('dialog', { name: 'Retry this job' }).getByRole('button', { name: 'Retry' }).click()
  await details(page).getByText('attempt 2', { exact: true }).waitFor()
  await details(page).getByText('1 table', { exact: false }).first().waitFor()
  await expect.poll(() => details(page).getByText('Completed').count()).toBeGreaterThan(0)

  // What is fixed is no open failure any more, but is not lost either.
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Completed' }).click()
  await page.getByRole('tab', { name: 'Failed' }).click()
  await page.getByText('No failure is open').waitFor()
  await page.getByRole('switch', { name: 'Show fixed ones (1)' }).click()
  await expect.poll(() => jobRows(page).count()).toBe(1)
  expect(await jobRows(page).innerText()).toContain('fixed')
  await page.context().close()
})

test('what may not be done says why', async () => {
  const page = await stage.open('/jobs?status=completed&type=schema_discovery')
  await jobRows(page).first().getByRole('button', { name: 'Actions of job' }).click()
  const retry = page.getByRole('menuitem', { name: 'Retry Job' })
  await expect.poll(() => retry.innerText()).toContain('nothing to retry')
  expect(await retry.isDisabled()).toBe(true)
  await page.getByRole('menuitem', { name: 'Go to Job Page' }).click()
  await expect.poll(() => page.url()).toContain('tab=schema-changes')
  await page
    .getByText('No schema changes')
    .or(page.getByRole('region', { name: /^Found by job/ }))
    .first()
    .waitFor()
  await page.context().close()
})
