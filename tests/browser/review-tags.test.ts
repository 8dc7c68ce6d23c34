import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { setStage, type Stage } from './signed-in-page.ts'

let stage: Stage
let database: string
beforeAll(async () => {
  const source = await createDatabase()
  await inSource(
    source,
    `create table people (id bigint primary key, email text, phone_number text, locker_no text);
     insert into people select n, 'person' || n || '@example.org', '+49 30 5550' || n, 'L' || n
     from generate_series(100, 140) n`,
  )
  stage = await setStage()
  database = (await stage.product.connect('Club', source)).rootAssetId
  await completed('schema_discovery', { followUps: [] })
  await completed('tag_generation')
})
afterAll(() => stage.close())

async function completed(type: string, config: object = {}): Promise<void> {
  const { product } = stage
  const { id } = await product.start(type, database, config)
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 120_000, interval: 200 })
}

test('what runs found is reviewed one by one and many at once, and stays as it was decided', async () => {
  const page = await stage.open(`/assets/${database}?tab=tags`)
  const tags = page.getByRole('table', { name: 'Tags' })
  await page.getByText(/^To review 2$/).click()
  await tags.getByRole('button', { name: 'Reject the tags of phone_number' }).click()
  await expect.poll(() => tags.getByRole('row', { name: /phone_number/ }).count()).toBe(0)
  await tags.getByRole('checkbox', { name: 'Choose email' }).check()
  const chosen = page.getByRole('group', { name: 'Chosen columns' })
  await chosen.getByRole('button', { name: 'Accept the chosen' }).click()
  await page.getByText('Nothing waits for a review.').waitFor()
  await completed('tag_generation')
  await page.reload()
  await page.getByText(/^To review 0$/).waitFor()
  await page.getByText('Decided by people').click()
  await tags.getByRole('cell', { name: 'email', exact: true }).first().waitFor()
})

test('a rule is refused with what to write instead, tried, added, and finds its column in the next run', async () => {
  const page = await stage.open('/tag-rules')
  await page.getByRole('button', { name: 'New rule' }).click()
  const dialog = page.getByRole('dialog', { name: 'New tag rule' })
  const pattern = dialog.getByRole('textbox', { name: 'Pattern' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Lockers')
  await dialog.getByRole('textbox', { name: 'Tag', exact: true }).fill('locker')
  await pattern.fill('(?=locker)')
  await dialog.getByRole('button', { name: 'Add the rule' }).click()
  await dialog.getByText(/no look-around/).waitFor()
  await pattern.fill('^locker_')
  await dialog.getByRole('button', { name: 'Add the rule' }).click()
  await page
    .getByRole('table', { name: 'Tag rules' })
    .getByRole('row', { name: /Lockers/ })
    .waitFor()
  await completed('tag_generation')
  await page.goto(new URL(`/assets/${database}?tab=tags`, page.url()).href)
  const row = page.getByRole('table', { name: 'Tags' }).getByRole('row', { name: /locker_no/ })
  await expect.poll(() => row.getByText('locker', { exact: true }).count()).toBe(1)
})
