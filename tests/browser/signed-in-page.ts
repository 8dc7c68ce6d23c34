import { fileURLToPath } from 'node:url'
import { buildWebPage } from '@plumbline/local'
import type { Browser, Locator, Page } from 'playwright-core'
import { launchBrowser } from '../support/chromium.ts'
import { startProduct, type Product } from '../support/product.ts'
import type { ServiceProcess } from '../support/service-process.ts'

/** The product with its page, and a browser. */
export interface Stage {
  product: Product
  worker: ServiceProcess
  /** A fresh, signed-in page at a path. */
  open(path: string): Promise<Page>
  close(): Promise<void>
}

/** Builds the page, starts gateway, worker and browser; with more of the environment of worker and gateway. */
export async function setStage(
  workerSettings: Record<string, string> = {},
  environment: Record<string, string> = {},
): Promise<Stage> {
  const built = await buildWebPage(fileURLToPath(new URL('../..', import.meta.url)))
  if (built.root === undefined) throw new Error(`The web page ${built.note}`)
  const product = await startProduct({ webRoot: built.root, environment })
  const worker = await product.startWorker('all', workerSettings)
  const browser: Browser = await launchBrowser()
  return {
    product,
    worker,
    async open(path) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      context.setDefaultTimeout(60_000)
      const page = await context.newPage()
      await page.goto(`${product.gateway.base}${path}#token=${product.gateway.token}`)
      return page
    },
    async close() {
      await browser.close()
      await product.stop()
    },
  }
}

/** The rows of the list of jobs, as a table has them. */
export const jobRows = (page: Page): Locator =>
  page.getByRole('table', { name: 'Jobs' }).locator('tbody tr[aria-rowindex]')

/** The details that lie over the list. */
export const details = (page: Page): Locator => page.getByRole('dialog').filter({ hasText: 'Job' })

/** How many of these the keyboard is in: one, or none. */
export const focused = (field: Locator): Promise<number> => field.and(field.page().locator(':focus')).count()
