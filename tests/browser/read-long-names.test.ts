import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inSource } from '../support/source.ts'
import { createDatabase } from '../support/test-database.ts'
import { setStage, type Stage } from './signed-in-page.ts'

/** As long as PostgreSQL lets a name be, without a place to break it. */
const longName = 'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123'

let stage: Stage
let database: string
let table: string
beforeAll(async () => {
  const source = await createDatabase()
  await inSource(
    source,
    `create schema "схема 😀.${'x'.repeat(40)}";
     create table "схема 😀.${'x'.repeat(40)}".${longName} (${longName} text, "say ""hi"".please" text, updated_at timestamptz);
     create index on "схема 😀.${'x'.repeat(40)}".${longName} (updated_at);
     insert into "схема 😀.${'x'.repeat(40)}".${longName}
     select 'person' || n || '@example.org', '10.0.0.' || n, now() - n * interval '1 hour' from generate_series(1, 30) n`,
  )
  stage = await setStage()
  database = (await stage.product.connect(`Warehouse ${longName}`, source)).rootAssetId
  await completed('schema_discovery', { followUps: [] })
  await completed('tag_generation')
  await completed('freshness_check')
  await completed('metric_capture')
  const { body } = await stage.product.gateway.call('GET', '/assets?kind=table')
  table = body.items[0].id
})
afterAll(() => stage.close())

async function completed(type: string, config: object = {}): Promise<void> {
  const { product } = stage
  const { id } = await product.start(type, database, config)
  await vi.waitUntil(async () => (await product.job(id)).status === 'completed', { timeout: 120_000, interval: 200 })
}

/** What reaches beyond the right edge of the window, or lies in what scrolls sideways without showing it. Run in the page. */
const cutOffThere = `(() => {
  const shown = document.querySelectorAll('main h1, main h2, main td, main th, main button, main [role="tab"]')
  const isCutOff = (element) => {
    const scroller = element.closest('.mantine-ScrollArea-viewport')
    const scrolls = scroller !== null && scroller.scrollWidth > scroller.clientWidth + 1
    return scrolls
      ? getComputedStyle(scroller).backgroundImage === 'none'
      : element.getBoundingClientRect().right > innerWidth + 1
  }
  return [...shown].filter(isCutOff).map((element) => element.tagName + ' ' + element.textContent.slice(0, 40))
})()`
const cutOff = (page: Page): Promise<string[]> => page.evaluate<string[]>(cutOffThere)

test.each([1440, 1100])('at %d pixels nothing is cut off by long names', async (width) => {
  const page = await stage.open(`/assets/${database}?tab=freshness`)
  await page.setViewportSize({ width, height: 900 })
  const places = [
    [`/assets/${database}?tab=freshness`, 'Found by'],
    [`/assets/${database}?tab=tags`, 'Export CSV'],
    [`/assets/${database}?tab=metrics`, 'All its metrics'],
    [`/assets/${table}?tab=columns`, 'Nullable'],
    [`/assets/${table}?tab=tags`, 'Export CSV'],
    [`/assets/${table}?tab=metrics`, 'The table'],
    ['/connections', 'at most 4 jobs at once'],
    ['/audit', 'Added a connection'],
  ] as const
  for (const [path, text] of places) {
    await page.goto(new URL(path, page.url()).href)
    await page.getByText(text).first().waitFor()
    await expect.poll(() => cutOff(page), { message: path }).toEqual([])
  }
})

test('on a wide window the tables of tags and freshness need no scrolling', async () => {
  const page = await stage.open(`/assets/${database}?tab=freshness`)
  for (const [tab, label] of [
    ['freshness', 'Freshness of tables'],
    ['tags', 'Tags'],
  ]) {
    await page.goto(new URL(`/assets/${database}?tab=${tab}`, page.url()).href)
    const shown = page.getByRole('table', { name: label ?? '', exact: true })
    await shown.waitFor()
    const overflow = () =>
      shown.evaluate((element) => {
        const scroller = element.closest('.mantine-ScrollArea-viewport')
        return scroller === null ? 0 : scroller.scrollWidth - scroller.clientWidth
      })
    await expect.poll(overflow).toBeLessThanOrEqual(1)
  }
})
