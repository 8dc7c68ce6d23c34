import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as bigquery from '../integration/bigquery/shop.ts'
import * as snowflake from '../integration/snowflake/shop.ts'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { setStage, type Stage } from './signed-in-page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

/** What is clicked on the page of a database. */
const buttons = {
  schema_discovery: 'Discover',
  tag_generation: 'Generate tags',
  lineage_extraction: 'Extract lineage',
  metric_capture: 'Capture metrics',
  freshness_check: 'Check freshness',
  intelligence_analysis: 'Document',
}

async function runAll(page: Page, rootAssetId: string): Promise<void> {
  const { product } = stage
  for (const [type, button] of Object.entries(buttons)) {
    // A discovery is followed by jobs of its own.
    await expect.poll(() => product.jobs('tab=active')).toEqual([])
    const before = (await product.jobs(`type=${type}`)).length
    await page.goto(`${product.gateway.base}/assets/${rootAssetId}`)
    await page.getByRole('button', { name: button, exact: true }).click()
    const newest = async () => {
      const [job, ...others] = await product.jobs(`type=${type}`)
      return others.length < before ? 'not started' : job?.status
    }
    await expect.poll(newest).toBe('completed')
  }
}

/** A shop with customers and a view of their addresses, by the names that its kind gives them. */
interface Names {
  customer: string
  email: string
  mail: string
}

async function seeResults(page: Page, connectionId: string, { customer, email, mail }: Names): Promise<void> {
  const { body } = await stage.product.gateway.call('GET', `/assets?connectionId=${connectionId}&limit=100`)
  const open = async (wanted: string, tab: string) => {
    const { id } = body.items.find(({ name }: { name: string }) => name === wanted)
    await page.goto(`${stage.product.gateway.base}/assets/${id}?tab=${tab}`)
  }
  await open(customer, 'tags')
  await page.getByRole('table', { name: 'Tags' }).getByRole('row').filter({ hasText: email }).first().waitFor()
  await open(mail, 'lineage')
  const graph = page.getByRole('application', { name: /^Lineage graph/ })
  await graph.locator('.react-flow__node').filter({ hasText: mail }).waitFor()
  await graph.locator('.react-flow__edge').first().waitFor({ state: 'attached' })
  await open(customer, 'metrics')
  await page.getByText('counted exactly').first().waitFor()
  await open(customer, 'freshness')
  await page.getByRole('link', { name: 'by this job' }).waitFor()
  await open(customer, 'documentation')
  await page.getByRole('listitem', { name: `Text of ${customer}`, exact: true }).waitFor()
  await open(customer, 'columns')
  await page.getByRole('table', { name: 'Columns' }).getByRole('row').filter({ hasText: email }).first().waitFor()
}

async function runAndSee({ id, rootAssetId }: { id: string; rootAssetId: string }, names: Names): Promise<Page> {
  const page = await stage.open(`/assets/${rootAssetId}`)
  await runAll(page, rootAssetId)
  await seeResults(page, id, names)
  return page
}

async function completedTypes({ id }: { id: string }): Promise<string[]> {
  const jobs = await stage.product.jobs(`connectionId=${id}&status=completed`)
  return [...new Set(jobs.map(({ type }) => type))].sort()
}
const allTypes = Object.keys(buttons).sort()

const lowerCase: Names = { customer: 'customer', email: 'email', mail: 'customer_mail' }
const upperCase: Names = { customer: 'CUSTOMER', email: 'EMAIL', mail: 'CUSTOMER_MAIL' }
const customers = `(id, email) values (1, 'ann@example.org'), (2, 'bo@example.org')`

test('all six types of jobs run from the page on PostgreSQL and show what they found', async () => {
  const source = await createDatabase()
  await inSource(
    source,
    `create schema sales;
     create table sales.customer (id bigint primary key, email text not null);
     create view sales.customer_mail as select id, email from sales.customer;
     insert into sales.customer ${customers}`,
  )
  const connection = await stage.product.connect('Postgres shop', source)
  const page = await runAndSee(connection, lowerCase)
  expect(await completedTypes(connection)).toEqual(allTypes)
  await page.context().close()
})

describe('on the emulator of Snowflake', () => {
  const emulator = snowflake.withEmulator({ PLUMBLINE: { password: snowflake.password } }, [
    ...snowflake.shopStatements,
    `insert into shop.sales.customer ${customers}`,
  ])

  test('all six types of jobs run from the page and show what they found', async () => {
    const connection = await snowflake.connectShop(stage.product, emulator().url)
    const page = await runAndSee(connection, upperCase)
    expect(await completedTypes(connection)).toEqual(allTypes)
    await page.context().close()
  })
})

describe('on the emulator of BigQuery', () => {
  const emulator = bigquery.withEmulator([...bigquery.shopStatements, `insert into sales.customer ${customers}`])

  test('all six types of jobs run from the page and show what they found, types as a tree', async () => {
    const connection = await bigquery.connectShop(stage.product, emulator().url)
    const page = await runAndSee(connection, lowerCase)
    expect(await completedTypes(connection)).toEqual(allTypes)
    const rows = page.getByRole('table', { name: 'Columns' }).getByRole('row')
    const names = async () => (await rows.locator('td:first-child').allInnerTexts()).map((text) => text.trim())
    const nested = ['tags', 'address', 'city', 'place', 'lat', 'lon', 'visits', 'page', 'seconds', 'profile']
    expect((await names()).slice(-nested.length)).toEqual(nested)
    await rows.filter({ hasText: 'ARRAY<STRUCT>' }).waitFor()
    await page.getByRole('button', { name: 'Fields of address' }).click()
    await expect.poll(names).not.toContain('city')
    expect(await names()).toContain('seconds')
    await page.context().close()
  })
})
