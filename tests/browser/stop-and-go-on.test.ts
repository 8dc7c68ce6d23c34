import { afterAll, beforeAll, expect, test } from 'vitest'
import { inSource, manyTables } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { details, focused, setStage, type Stage } from './signed-in-page.ts'
import { slowLink, type SlowLink } from './slow-link.ts'

/** So slow that reading this catalog takes half a minute. */
const bytesPerSecond = 120_000
const tables = 1_000

let stage: Stage
let source: string
let link: SlowLink
beforeAll(async () => {
  source = await createDatabase()
  await inSource(source, manyTables(tables))
  link = await slowLink(source, bytesPerSecond)
  stage = await setStage()
})
afterAll(async () => {
  await stage.close()
  await link.close()
})

const statusOf = async (id: string) => (await stage.product.job(id)).status
const inRecord = (statement: string) => inSource(stage.product.databaseUrl, statement)

test('a log is followed while its job runs, and is whole when it was cancelled', async () => {
  const { rootAssetId } = await stage.product.connect('Followed', link.url)
  const { id } = await stage.product.start('schema_discovery', rootAssetId, { followUps: [] })
  const page = await stage.open(`/jobs/${id}`)
  await page.getByRole('tab', { name: 'Logs' }).click()
  // Gone after a reload: what is seen below came over the stream.
  await page.evaluate('window.neverReloaded = true')
  const logged = async (): Promise<{ message: string }[]> =>
    (await stage.product.gateway.call('GET', `/jobs/${id}/logs?limit=200`)).body.items
  await expect.poll(async () => (await logged()).length).toBeGreaterThan(0)
  await page.getByText(/[1-9]\d* lines? · following/).waitFor()
  const log = page.getByRole('log', { name: 'Log' })
  await log
    .getByText((await logged())[0]?.message ?? '')
    .first()
    .waitFor()

  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('dialog', { name: 'Cancel this job?' }).getByRole('button', { name: 'Cancel the job' }).click()
  await expect.poll(() => statusOf(id)).toBe('cancelled')
  await expect.poll(() => page.getByText('· following').count()).toBe(0)
  expect(await page.evaluate('window.neverReloaded')).toBe(true)
  const items = await logged()
  await page.getByText(`${items.length} lines`, { exact: true }).waitFor()
  await log
    .getByText(items.at(-1)?.message ?? '')
    .first()
    .waitFor()

  await page.getByRole('combobox', { name: 'Level' }).click()
  await page.getByRole('option', { name: 'Errors', exact: true }).click()
  await page.getByText('No line matches').waitFor()
  const begun = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  expect((await begun).suggestedFilename()).toBe(`job-${id}.log`)
  await page.context().close()
})

test('a job goes on from where it stopped, with what was done before', async () => {
  const { rootAssetId } = await stage.product.connect('Resumed', source)
  // The record refuses new tables: the source is read, and storing it is tried again and again.
  await inRecord(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
    create trigger refuse before insert on asset for each row when (new.kind = 'table') execute function refuse()`)
  const { id } = await stage.product.start('schema_discovery', rootAssetId, { followUps: [] })
  const page = await stage.open(`/jobs/${id}`)
  await page.getByText('Last error: no room').waitFor()
  await page.getByText(/next try (in|now)/).waitFor()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('dialog', { name: 'Cancel this job?' }).getByRole('button', { name: 'Cancel the job' }).click()
  await expect.poll(() => statusOf(id)).toBe('cancelled')
  await inRecord('drop trigger refuse on asset')

  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Retry this job' })
  await dialog.getByText('Not run again: Connect, Read catalog, Compare with the last snapshot').waitFor()
  expect(await dialog.getByRole('radio', { name: 'From where it stopped' }).isChecked()).toBe(true)

  // A change of what a finished step used takes the choice away and says so; taken back, it is there again.
  const resume = dialog.getByRole('radio', { name: 'From where it stopped' })
  await dialog.getByText('As in attempt 1').waitFor()
  await dialog.getByRole('button', { name: 'Options' }).click()
  const include = dialog.getByLabel('Include', { exact: true })
  await include.fill('s1')
  await include.press('Enter')
  await dialog.getByText('“Include” was changed, which its finished step “Read catalog” used').waitFor()
  await dialog.getByText('Changed: was Not set.').waitFor()
  await dialog.getByText('1 option changed').waitFor()
  expect(await resume.isDisabled()).toBe(true)

  // What the schema does not take is not sent: the field says why, and the keyboard is there.
  await include.fill('not.a.pattern')
  await include.press('Enter')
  await dialog.getByRole('button', { name: 'Retry' }).click()
  await dialog.getByRole('alert').getByText('1 field needs attention').waitFor()
  await expect.poll(() => focused(include)).toBe(1)
  await dialog.getByText('not.a.pattern: must be schema or').waitFor()

  await dialog.getByRole('button', { name: 'Put Include back' }).click()
  await expect.poll(() => resume.isChecked()).toBe(true)
  await dialog.getByRole('button', { name: 'Retry' }).click()
  await page.getByText('attempt 2', { exact: true }).waitFor()
  await expect.poll(() => page.getByText('Taken over from attempt 1').count()).toBe(3)
  await page.getByText('Completed').first().waitFor()
  await page.context().close()
})

test('a cancel that nobody hears is forced', async () => {
  const { rootAssetId } = await stage.product.connect('Abandoned', link.url)
  const { id } = await stage.product.start('schema_discovery', rootAssetId)
  await expect.poll(() => statusOf(id)).toBe('running')
  await stage.worker.kill()
  const page = await stage.open('/jobs')
  await page.getByRole('row').getByText('Running').first().click()
  await details(page).getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('dialog', { name: 'Cancel this job?' }).getByRole('button', { name: 'Cancel the job' }).click()

  const force = details(page).getByRole('button', { name: 'Force stop' })
  await force.waitFor()
  expect(await force.getAttribute('aria-disabled')).toBe('true')
  // As if it had been asked for half a minute ago: the page finds out by itself.
  await inRecord(`update job set cancel_requested_at = now() - interval '31 seconds' where id = '${id}'`)
  await expect.poll(() => force.getAttribute('aria-disabled')).toBe('false')
  await force.click()
  const dialog = page.getByRole('dialog', { name: 'Force this job to stop?' })
  expect(await dialog.getByRole('button', { name: 'Force it to stop' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Reason').fill('Its worker is gone')
  await dialog.getByRole('button', { name: 'Force it to stop' }).click()
  await expect.poll(() => statusOf(id)).toBe('cancelled')
  await details(page).getByText('Terminated by admin: Its worker is gone').waitFor()
  await page.context().close()
})
