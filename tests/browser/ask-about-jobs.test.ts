import { openDatabase } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addEndedDiscovery } from '../support/ended-discovery.ts'
import { startModelServer, type ModelServer } from '../support/model-server/model-server.ts'
import { createDatabase } from '../support/test-database.ts'
import { jobRows, setStage, type Stage } from './signed-in-page.ts'

const hour = 3_600_000
const error = {
  code: 'permission-denied',
  message: 'permission denied for schema hr [click](javascript:alert(1)) <img src=x>',
  retryable: false,
  hint: 'Grant the role what it needs.',
  stack: null,
  causes: [],
} as const

let stage: Stage
let model: ModelServer
let failed: string
beforeAll(async () => {
  model = await startModelServer()
  stage = await setStage(
    {},
    {
      PLUMBLINE_MODEL_PROVIDER: 'openai-compatible',
      PLUMBLINE_MODEL: 'a-model',
      PLUMBLINE_MODEL_BASE_URL: `${model.url}/v1`,
    },
  )
  const { rootAssetId } = await stage.product.connect('Shop', await createDatabase())
  const db = openDatabase({ url: stage.product.databaseUrl, poolSize: 1, applicationName: 'test' })
  for (let n = 2; n < 14; n += 1)
    await addEndedDiscovery(db, rootAssetId, { createdAt: Date.now() - n * hour, seconds: 4 })
  const of = { createdAt: Date.now() - hour, seconds: 2, status: 'failed' as const }
  failed = await addEndedDiscovery(db, rootAssetId, { ...of, error: { ...error, causes: [] } })
  await db.destroy()
})
afterAll(async () => {
  await stage.close()
  await model.close()
})

test('a question is answered with its jobs, and the next one refers to it', async () => {
  const page = await stage.open('/ask')
  const field = page.getByRole('textbox', { name: 'Question' })
  await field.fill('Why did the last job fail?')
  await field.press('Enter')
  const why = page.getByRole('article', { name: 'Why did the last job fail?' })
  await why.getByText('permission denied for schema hr').waitFor()
  expect(await why.getByRole('img').count()).toBe(0)
  expect(await why.locator('blockquote a').count()).toBe(0)
  await why.getByRole('link', { name: failed.slice(-8) }).waitFor()

  await field.fill('How many jobs ran in the last 24 hours?')
  await field.press('Enter')
  await page.getByRole('article').nth(1).getByText('13 jobs').waitFor()
  await field.fill('only failed ones')
  await field.press('Enter')
  const only = page.getByRole('article', { name: 'only failed ones' })
  await only.getByText('1 job:').waitFor()
  await only.getByRole('link', { name: 'show these jobs' }).click()
  await page.getByRole('heading', { name: 'Jobs' }).waitFor()
  await expect.poll(() => jobRows(page).count()).toBe(1)
})

test('what is not about jobs is declined, and what can be asked is offered', async () => {
  const page = await stage.open('/ask?question=Cancel%20all%20jobs')
  await page.getByText('Declined').waitFor()
  await page.getByRole('button', { name: 'How long does schema discovery usually take?' }).click()
  const usual = page.getByRole('article').nth(1)
  await expect.poll(() => usual.innerText()).toContain('Usually 4.0 s')
})

test('over the list of jobs a question is answered in place, and its jobs open there', async () => {
  const page = await stage.open('/jobs')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Ask about jobs' })
  await panel.getByRole('textbox', { name: 'Question' }).fill('Which jobs failed?')
  await panel.getByRole('textbox', { name: 'Question' }).press('Enter')
  const answer = panel.getByRole('article', { name: 'Which jobs failed?' })
  await answer.getByText('There is 1 job').waitFor()
  await answer.getByRole('link', { name: failed.slice(-8) }).click()
  await panel.waitFor({ state: 'hidden' })
  await page.getByRole('dialog').getByText('permission denied for schema hr').first().waitFor()

  await page.getByRole('button', { name: 'Close the details' }).click()
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await answer.getByRole('link', { name: 'show these jobs' }).click()
  await expect.poll(() => jobRows(page).count()).toBe(1)
})

test('who answers is shown and chosen: rules, or the language model, with why where it could not', async () => {
  model.treat = ({ results }) =>
    results.length === 0
      ? { kind: 'call', tool: 'count_jobs', input: { statuses: ['completed'] } }
      : { kind: 'text', text: 'They do well: 12 jobs completed.' }
  const page = await stage.open('/ask')
  const field = page.getByRole('textbox', { name: 'Question' })
  await field.fill('How are our loads doing?')
  await field.press('Enter')
  const first = page.getByRole('article').first()
  await first.getByText('They do well: 12 jobs completed.').waitFor()
  await first.getByText('by the model openai-compatible/a-model').waitFor()
  await first.getByText('How many: completed jobs').waitFor()

  await page.getByRole('radiogroup', { name: 'Answered by' }).getByText('The model', { exact: true }).click()
  model.treat = () => ({ kind: 'status', status: 500 })
  await field.fill('How many jobs failed?')
  await field.press('Enter')
  const second = page.getByRole('article').nth(1)
  await second.getByText('1 job: failed jobs.').waitFor()
  await second.getByText('by rules, without a model').waitFor()
  expect(await second.innerText()).toContain('Rules answered, not the language model: it failed')
})
