import { expect, test } from 'vitest'
import { restServer, type Answer, type Asked } from '../../support/bigquery/rest-server.ts'
import { bigquery, targetAt } from './shop.ts'

/** BigQuery as it documents itself, with one dataset and one table; what a test answers itself comes first. */
const documented =
  (own: (asked: Asked) => Answer | undefined) =>
  (asked: Asked): Answer => {
    const answered = own(asked)
    if (answered !== undefined) return answered
    const { path } = asked
    if (path.startsWith('/datasets?'))
      return { datasets: [{ datasetReference: { datasetId: 'sales' }, location: 'EU' }] }
    if (path.startsWith('/datasets/sales/tables?')) return { tables: [listed('orders')] }
    if (path.endsWith(':testIamPermissions')) return { permissions: ['bigquery.tables.getData'] }
    if (/^\/datasets\/sales\/tables\/orders\b/.test(path))
      return { type: 'TABLE', schema: { fields: [{ name: 'id', type: 'INTEGER' }] } }
    if (/^\/jobs\b/.test(path)) return { jobReference: { jobId: 'j', location: 'EU' }, status: { state: 'DONE' } }
    return {}
  }

const listed = (tableId: string) => ({
  tableReference: { projectId: 'shop-project', datasetId: 'sales', tableId },
  type: 'TABLE',
  creationTime: '1700000000000',
})

const denied = (permission: string): Answer => ({
  refused: {
    status: 403,
    reason: 'accessDenied',
    message: `Access Denied: Permission ${permission} denied (or it may not exist).`,
  },
})

const options = () => ({ label: 'plumbline job 0198-Test', signal: new AbortController().signal })

test('each permission that is missing is named with the role that has it (documented answers)', async () => {
  await using server = await restServer(
    documented(({ method, path, body }) => {
      if (path.endsWith(':testIamPermissions')) return {}
      if (method === 'POST' && /^\/jobs\b/.test(path) && JSON.stringify(body).includes('INFORMATION_SCHEMA'))
        return denied('bigquery.jobs.listAll')
      return undefined
    }),
  )
  const checks = await bigquery.test(targetAt(server.url), options())
  expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['api', true],
    ['authentication', true],
    ['project', true],
    ['datasets', true],
    ['tables', true],
    ['queries', true],
    ['history', true],
  ])
  expect(checks.find(({ name }) => name === 'tables')).toMatchObject({
    message: expect.stringContaining('bigquery.tables.getData'),
    hint: expect.stringContaining('roles/bigquery.dataViewer'),
  })
  expect(checks.at(-1)).toMatchObject({
    message: expect.stringContaining('bigquery.jobs.listAll'),
    hint: expect.stringContaining('roles/bigquery.resourceViewer'),
  })
})

test('what nothing works without fails the test of a connection (documented answers)', async () => {
  await using noQueries = await restServer(
    documented(({ method, path }) =>
      method === 'POST' && /^\/jobs\b/.test(path) ? denied('bigquery.jobs.create') : undefined,
    ),
  )
  expect((await bigquery.test(targetAt(noQueries.url), options())).at(-1)).toMatchObject({
    name: 'queries',
    ok: false,
    message: expect.stringContaining('bigquery.jobs.create'),
    hint: expect.stringContaining('roles/bigquery.jobUser'),
  })
  await using noProject = await restServer(() => ({
    refused: { status: 404, reason: 'notFound', message: 'Not found: Project shop-project' },
  }))
  expect((await bigquery.test(targetAt(noProject.url), options())).at(-1)).toMatchObject({ name: 'project', ok: false })
})

test('a quota is waited for, and the same call tried again (documented answers)', async () => {
  let refusals = 2
  await using server = await restServer(
    documented(() => {
      if (refusals === 0) return undefined
      refusals -= 1
      return {
        refused: { status: 403, reason: 'rateLimitExceeded', message: 'Exceeded rate limits: too many api requests' },
      }
    }),
  )
  const session = await bigquery.open(targetAt(server.url), options())
  expect(server.asked).toHaveLength(3)
  await session.close()
})

test('a dataset and a table that may not be read are warnings, what is gone is left out (documented answers)', async () => {
  await using server = await restServer(
    documented(({ path }) => {
      if (path.startsWith('/datasets?'))
        return {
          datasets: ['hidden', 'dropped', 'sales'].map((datasetId) => ({
            datasetReference: { datasetId },
            location: 'EU',
          })),
        }
      if (path.startsWith('/datasets/hidden/tables?')) return denied('bigquery.tables.list')
      if (path.startsWith('/datasets/dropped/tables?'))
        return { refused: { status: 404, reason: 'notFound', message: 'Not found: Dataset shop-project:dropped' } }
      if (path.startsWith('/datasets/sales/tables?'))
        return { tables: [listed('orders'), listed('secret'), listed('gone')] }
      if (/\/tables\/secret\b/.test(path)) return denied('bigquery.tables.get')
      if (/\/tables\/gone\b/.test(path))
        return { refused: { status: 404, reason: 'notFound', message: 'Not found: Table shop-project:sales.gone' } }
      return undefined
    }),
  )
  const session = await bigquery.open(targetAt(server.url), options())
  const events = await Array.fromAsync(session.readCatalog({}))
  const names = events.flatMap((event) => (event.kind === 'relations' ? event.relations.map(({ name }) => name) : []))
  expect(names).toEqual(['orders'])
  const schemas = events.flatMap((event) => (event.kind === 'schema' ? [event.schema] : []))
  expect(schemas.map(({ name, complete }) => [name, complete])).toEqual([
    ['hidden', false],
    ['sales', false],
  ])
  const warnings = events.flatMap((event) => (event.kind === 'warnings' ? event.warnings : []))
  expect(warnings.map(({ message }) => /bigquery\.tables\.\w+/.exec(message)?.[0])).toEqual([
    'bigquery.tables.list',
    'bigquery.tables.get',
  ])
})

test('datasets of other locations are not looked at (documented answers)', async () => {
  await using server = await restServer(documented(() => undefined))
  const session = await bigquery.open(targetAt(server.url, { location: 'us' }), options())
  expect(await Array.fromAsync(session.readCatalog({}))).toEqual([{ kind: 'total', relations: 0 }])
})

test('a call that hangs is left when the job is cancelled (documented answers)', async () => {
  await using server = await restServer(documented(({ path }) => (/\/tables\?/.test(path) ? 'hang' : undefined)))
  const cancelled = new AbortController()
  const session = await bigquery.open(targetAt(server.url), { ...options(), signal: cancelled.signal })
  const reading = Array.fromAsync(session.readCatalog({}))
  await expect.poll(() => server.asked.some(({ path }) => /\/tables\?/.test(path))).toBe(true)
  cancelled.abort(new Error('a person cancelled the job'))
  await expect(reading).rejects.toThrow('a person cancelled the job')
})
