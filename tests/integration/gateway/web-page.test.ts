import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createRecord } from '../../support/test-database.ts'

let gateway: TestGateway
const webRoot = temporaryFolder('web')
beforeAll(async () => {
  writeFileSync(join(webRoot, 'index.html'), '<title>Plumbline</title>')
  gateway = await startTestGateway({
    databaseUrl: await createRecord(),
    temporalAddress: inject('temporalAddress'),
    webRoot,
  })
})
afterAll(async () => {
  await gateway.stop()
  rmSync(webRoot, { recursive: true })
})

const get = (path: string, accept: string) => fetch(`${gateway.base}${path}`, { headers: { accept } })

test.each(['/', '/jobs/some-id', '/assets?tab=lineage'])('%s is an address of the page', async (path) => {
  const answer = await get(path, 'text/html,*/*')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('<title>Plumbline</title>')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
})

test('the root is the page for whoever asks, also a health check', async () => {
  expect((await get('/', '*/*')).status).toBe(200)
})

test('a page that is built again while the gateway runs is served', async () => {
  expect((await get('/assets/later.js', '*/*')).status).toBe(404)
  mkdirSync(join(webRoot, 'assets'))
  writeFileSync(join(webRoot, 'assets', 'later.js'), 'export {}')
  const answer = await get('/assets/later.js', '*/*')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toContain('immutable')
  expect(await (await get('/assets', 'text/html')).text()).toContain('<title>Plumbline</title>')
})

test('what is neither a file nor asked for as a page is a problem, and nothing outside is served', async () => {
  const answer = await get('/nothing.js', '*/*')
  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect((await get('/..%2f..%2fetc%2fpasswd', '*/*')).status).toBeGreaterThanOrEqual(400)
})
