import { openDatabase } from '@plumbline/store'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generatedLineage } from '../support/generated-lineage.ts'
import { seedLineage, type SeededEdge, type SeededRelation } from '../support/lineage-seed.ts'
import { setStage, type Stage } from './signed-in-page.ts'

let stage: Stage
let small: Map<string, string>
let large: Map<string, string>
const generated = generatedLineage({ relations: 1_000, layers: 8, columns: 5 })
const longName = `顧客_${'long_'.repeat(10)}"quoted"`

beforeAll(async () => {
  stage = await setStage()
  small = await seed(
    'Small',
    [
      { schema: 'sales', name: 'customer', columns: ['id', 'mail', 'active'] },
      { schema: 'sales', name: 'orders', columns: ['customer_id', 'total'] },
      { schema: 'marts', name: 'spending', kind: 'view', columns: ['email', 'spent'], definition: 'select mail …' },
      { schema: 'marts', name: longName, kind: 'view', columns: ['email'] },
      { schema: 'marts', name: 'lonely', columns: ['id'] },
    ],
    [
      { from: 'sales.customer', to: 'marts.spending', columns: [['mail', 'email']], indirect: ['active'] },
      { from: 'sales.orders', to: 'marts.spending', columns: [['total', 'spent']], faded: true },
      { from: 'marts.spending', to: `marts.${longName}`, columns: [['email', 'email']] },
      { from: `marts.${longName}`, to: 'sales.customer', columns: [['email', 'mail']] },
      { from: 'sales.customer', to: 'sales.orders', evidence: 'foreign_key' },
    ],
  )
  large = await seed('Large', generated.relations, generated.edges)
})
afterAll(() => stage.close())

async function seed(name: string, relations: SeededRelation[], edges: SeededEdge[]): Promise<Map<string, string>> {
  const { product } = stage
  const { id, rootAssetId } = await product.connect(name, 'postgres://reader:secret@127.0.0.1:1/shop')
  const db = openDatabase({ url: product.databaseUrl, poolSize: 1, applicationName: 'test' })
  try {
    const { id: organizationId } = await db.selectFrom('organization').select('id').executeTakeFirstOrThrow()
    const place = { organizationId, connectionId: id, databaseId: rootAssetId, database: 'shop' }
    return (await seedLineage(db, place, { relations, edges })).set('', rootAssetId)
  } finally {
    await db.destroy()
  }
}

const openLineage = (ids: Map<string, string>, name: string, more = '') =>
  stage.open(`/assets/${ids.get(name)}?tab=lineage${more}`)
const graph = (page: Page) => page.getByRole('application', { name: /^Lineage graph/ })
const node = (page: Page, name: string) => graph(page).locator('.react-flow__node').filter({ hasText: name })
const told = (page: Page, text: RegExp) => graph(page).locator('[aria-live]').filter({ hasText: text })

/** On the edge between two nodes that stand at the same height. */
async function clickBetween(page: Page, left: string, right: string): Promise<void> {
  await graph(page).locator('.react-flow__edge').first().waitFor({ state: 'attached' })
  const [from, to] = [await node(page, left).boundingBox(), await node(page, right).boundingBox()]
  if (from === null || to === null) throw new Error('The nodes are not drawn')
  await page.mouse.click((from.x + from.width + to.x) / 2, from.y + from.height / 2)
}

test('the keys move along the flow, through a circle, and open what is chosen', async () => {
  const page = await openLineage(small, 'marts.spending')
  await node(page, 'spending').waitFor()
  await graph(page).focus()
  await page.keyboard.press('ArrowRight')
  await told(page, /^spending in marts: 2 flow into it, it flows into 1/).waitFor()
  await page.keyboard.press('ArrowRight')
  await told(page, /^顧客/).waitFor()
  await page.keyboard.press('ArrowRight')
  await told(page, /^customer in sales/).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'customer', level: 1 }).waitFor()
  expect(page.url()).toContain(small.get('sales.customer'))
  await page.context().close()
})

test('a click on an edge shows what proves it', async () => {
  const page = await openLineage(small, 'sales.orders', '&direction=downstream&depth=1')
  await clickBetween(page, 'orders', 'spending')
  const evidence = page.getByRole('region', { name: 'Evidence' })
  await evidence.getByText('View definition').waitFor()
  await evidence.getByText('Faded').waitFor()
  await expect.poll(() => evidence.getByLabel('SQL').innerText()).toBe('select mail …')
  await page.context().close()
})

test('a column is followed: its way is lit, and then shown alone', async () => {
  const page = await openLineage(small, 'marts.spending', '&detail=columns')
  await node(page, 'orders').getByRole('button', { name: 'total' }).click()
  await expect.poll(() => graph(page).locator('.react-flow__node.lit').count()).toBe(2)
  await page.getByRole('link', { name: 'Follow it over all hops' }).click()
  await page.getByText('Column total').waitFor()
  await expect.poll(() => graph(page).locator('.react-flow__node').count()).toBe(2)
  await page.context().close()
})

test('schemas collapse, and foreign keys are shown only when asked for', async () => {
  const page = await openLineage(small, 'marts.spending')
  await expect.poll(() => graph(page).locator('.react-flow__edge').count()).toBe(4)
  await page.getByRole('switch', { name: 'Foreign keys' }).click()
  await expect.poll(() => graph(page).locator('.react-flow__edge.key').count()).toBe(1)
  await page.getByRole('switch', { name: 'Collapse schemas' }).click()
  await expect.poll(() => graph(page).locator('.react-flow__node').count()).toBe(2)
  await graph(page).getByRole('button', { name: 'marts' }).click()
  await expect.poll(() => graph(page).locator('.react-flow__node').count()).toBe(3)
  await page.context().close()
})

test('the same is a list, the impact another, and it comes as a file', async () => {
  const page = await openLineage(small, 'sales.orders', '&as=list')
  const list = page.getByRole('table', { name: 'Lineage' })
  await list
    .getByRole('link', { name: `shop.marts."${longName.replaceAll('"', '""')}"` })
    .first()
    .or(list.getByRole('link', { name: longName }).first())
    .waitFor()
  await page.getByText('Impact', { exact: true }).click()
  const impact = page.getByRole('table', { name: 'Impact' })
  await expect.poll(() => impact.locator('tbody tr').first().innerText()).toContain('spending')
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /^Mermaid/ }).click()
  expect((await download).suggestedFilename()).toBe('lineage.mmd')
  await page.context().close()
})

test('an asset without lineage says which job to start', async () => {
  const page = await openLineage(small, 'marts.lonely')
  const panel = page.getByRole('tabpanel')
  await panel.getByText('Nobody looked yet').waitFor()
  await expect.poll(() => panel.getByRole('button', { name: 'Extract lineage', exact: true }).count()).toBe(1)
  await page.context().close()
})

test('of a thousand nodes only those in view are drawn, and search jumps to any', async () => {
  const page = await openLineage(large, generated.hub, '&depth=20&direction=downstream')
  await node(page, 'relation_0').first().waitFor()
  const drawn = await graph(page).locator('.react-flow__node').count()
  expect(drawn).toBeLessThan(200)
  const last = generated.edges.findLast(({ to }) => to.startsWith('layer_7'))?.to.split('.')[1] ?? ''
  await page.keyboard.press('/')
  await page.keyboard.type(last)
  await page.getByText('1 of 1').waitFor()
  await page.keyboard.press('Enter')
  await graph(page).locator('.react-flow__node.selected').filter({ hasText: last }).waitFor()
  await page.context().close()
})

test('from far away nodes without names stand in for all, and come back nearer', async () => {
  const page = await openLineage(large, generated.hub, '&depth=20&direction=downstream')
  const first = node(page, 'relation_0').first()
  await first.waitFor()
  await graph(page).getByRole('button', { name: 'Fit View' }).click()
  await expect.poll(() => graph(page).locator('path[data-look="root"]').count()).toBe(1)
  await first.waitFor({ state: 'hidden' })
  for (let step = 0; step < 12; step++) await graph(page).getByRole('button', { name: 'Zoom In' }).click()
  await graph(page).locator('.react-flow__node').first().waitFor()
  await page.context().close()
})
