import {
  createConnection,
  createJob,
  createJobLedger,
  createRetry,
  identify,
  newId,
  openDatabase,
  requestCancel,
  type Actor,
  type Database,
} from '@plumbline/store'
import type { JobOutcome, JobType } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type Answer, type TestGateway } from '../../support/gateway.ts'
import { createRecord } from '../../support/test-database.ts'

interface Installation {
  gateway: TestGateway
  db: Database
  actor: Actor
}

async function install(): Promise<Installation> {
  const databaseUrl = await createRecord()
  // No Temporal: what is active stays so, instead of being found lost.
  const gateway = await startTestGateway({ databaseUrl, temporalAddress: '127.0.0.1:1' })
  const db = openDatabase({ url: databaseUrl, poolSize: 5, applicationName: 'test' })
  const identity = await identify(db, gateway.token)
  return { gateway, db, actor: { organizationId: identity?.organizationId ?? '', name: 'ann', requestId: 'r-1' } }
}

let from: Installation
let to: Installation
let assetId: string
let connectionId: string
beforeAll(async () => {
  ;[from, to] = [await install(), await install()]
  connectionId = newId()
  const saved = await createConnection(from.db, from.actor, {
    id: connectionId,
    name: 'Shop',
    kind: 'postgres',
    settings: { host: '127.0.0.1', port: 1, database: 'shop', user: 'reader' },
    sealedCredentials: Buffer.from('sealed'),
    maxConcurrentJobs: 4,
    database: 'shop',
  })
  if (saved.kind !== 'saved') throw new Error(saved.kind)
  assetId = saved.connection.rootAssetId
  await makeHistory()
})
afterAll(async () => {
  for (const { gateway, db } of [from, to]) {
    await gateway.stop()
    await db.destroy()
  }
})

const failed: JobOutcome = {
  kind: 'failed',
  error: {
    code: 'connection-refused',
    message: 'refused "here"',
    retryable: true,
    hint: 'start it',
    stack: 'Error: refused\n    at here',
    causes: ['ECONNREFUSED', 'deeper'],
  },
}
const completed: JobOutcome = { kind: 'completed', message: 'done: ü', counts: { tables: 3 } }

async function makeHistory(): Promise<void> {
  const ledger = createJobLedger(from.db)
  const add = async (type: JobType) => {
    const created = await createJob(from.db, from.actor, { type, assetId, config: { scope: 'all' }, trigger: 'manual' })
    if (created.kind !== 'created') throw new Error(created.kind)
    return created.job.id
  }
  const first = await add('schema_discovery')
  await ledger.begin(first, 'run-1')
  await ledger.openStep(first, 'connect')
  await ledger.openStep(first, 'read_catalog', { step: 'connect', result: null })
  const lease = { jobId: first, step: 'read_catalog', attempt: 2, runId: 'run-1' }
  await ledger.beginAttempt(lease)
  await ledger.recordProgress(lease, { done: 5, total: 10, message: '5 of 10' })
  await ledger.failAttempt(lease, { error: 'connection lost', retry: null })
  await ledger.addWarnings(lease, [
    { code: 'no-select', object: 'hr.salary', message: 'cannot be sampled' },
    { code: 'slow', object: null, message: 'took long' },
  ])
  await ledger.end(first, failed)
  const second = await createRetry(from.db, from.actor, first, { mode: 'from_failure' })
  if (second.kind !== 'created') throw new Error(second.kind === 'refused' ? second.reason : second.kind)
  await ledger.begin(second.jobId, 'run-2')
  await ledger.createChildren(second.jobId, [{ id: newId(), type: 'tag_generation', config: { scope: 'changed' } }])
  await ledger.end(second.jobId, completed)
  const child = (
    await from.db.selectFrom('job').select('id').where('type', '=', 'tag_generation').executeTakeFirstOrThrow()
  ).id
  await requestCancel(from.db, from.actor, child, 'not needed')
  await ledger.begin(await add('lineage_extraction'), 'run-3')
  await add('tag_generation')
}

interface Line {
  id: string
  status: string
  [field: string]: unknown
}

const exportOf = async ({ gateway }: Installation): Promise<string> => {
  const { body } = await gateway.call('GET', '/jobs/export?format=ndjson')
  return typeof body === 'string' ? body : JSON.stringify(body)
}
const parsed = (ndjson: string): Line[] =>
  ndjson
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line): Line => JSON.parse(line))
/** Without what depends on the installation or the moment: the address of Temporal, and what may be done now. */
const kept = (ndjson: string): Line[] =>
  parsed(ndjson).map(({ actions: _actions, links: _links, workflow, ...job }) => ({
    ...job,
    workflow: { runId: workflow && typeof workflow === 'object' && 'runId' in workflow ? workflow.runId : undefined },
  }))
const importInto = ({ gateway }: Installation, ndjson: string, token = gateway.token): Promise<Answer> =>
  gateway.call('POST', '/jobs/import', ndjson, {
    'content-type': 'application/x-ndjson',
    authorization: `Bearer ${token}`,
  })

test('what is exported and imported into an empty record exports the same again', async () => {
  const before = await exportOf(from)
  expect(parsed(before)).toHaveLength(5)
  expect(await importInto(to, before)).toMatchObject({
    status: 200,
    body: { imported: 5, known: 0, refused: 0, errors: [] },
  })
  const after = await exportOf(to)
  const ended = (job: Line) => !['pending', 'running'].includes(job.status)
  const endedBefore = kept(before).filter(ended)
  expect(endedBefore).toHaveLength(3)
  expect(kept(after).filter((job) => endedBefore.some(({ id }) => id === job.id))).toEqual(endedBefore)
  for (const active of kept(before).filter((job) => !ended(job))) {
    expect(kept(after).find((job) => job.id === active.id)).toMatchObject({
      status: 'cancelled',
      flags: [],
      message: 'Cancelled by admin: imported',
      cancellation: { by: 'admin', reason: 'imported' },
      createdAt: active['createdAt'],
      startedAt: active['startedAt'],
    })
  }
})

test('imported jobs are found by list, counts, search and filters, and show their chain', async () => {
  const { gateway } = to
  expect((await gateway.call('GET', '/jobs/counts')).body).toMatchObject({
    all: 5,
    active: 0,
    completed: 1,
    failed: 1,
    unresolved: 0,
  })
  const found = async (query: string) => (await gateway.call('GET', `/jobs?${query}`)).body.items.length
  expect(await found(`connectionId=${connectionId}`)).toBe(5)
  expect(await found(`assetId=${assetId}`)).toBe(5)
  expect(await found('q=refused')).toBe(1)
  const { body: page } = await gateway.call('GET', '/jobs?status=failed')
  const { body: job } = await gateway.call('GET', `/jobs/${page.items[0].id}`)
  expect(job.chain.map((attempt: { attempt: number }) => attempt.attempt)).toEqual([1, 2])
  expect(job).toMatchObject({
    resolvedByJobId: job.chain[1].id,
    actions: { retry: { allowed: false, reason: 'A newer attempt of this job exists' } },
    error: { stack: 'Error: refused\n    at here', causes: ['ECONNREFUSED', 'deeper'] },
    warningsList: [
      { code: 'no-select', object: 'hr.salary', message: 'cannot be sampled' },
      { code: 'slow', object: null, message: 'took long' },
    ],
  })
  const { body: asset } = await gateway.call('GET', `/assets/${assetId}`)
  expect(asset).toMatchObject({ name: 'shop', connectionId })
  expect(asset.removedAt).not.toBeNull()
  // Their runs are in the Temporal of the other installation.
  expect([job.links.temporal, job.workflow.url]).toEqual([null, null])
  expect((await gateway.call('GET', '/connections')).body.items).toEqual([])
  const { body: audit } = await gateway.call('GET', '/audit?action=job.import')
  expect(audit.items).toMatchObject([{ actor: 'admin', after: { jobs: 5, known: 0, refused: 0 } }])
})

test('the same file again changes nothing', async () => {
  const before = await exportOf(to)
  const file = await exportOf(from)
  expect((await importInto(to, file)).body).toEqual({ imported: 0, known: 5, refused: 0, errors: [] })
  expect((await importInto(to, before + file)).body).toEqual({ imported: 0, known: 10, refused: 0, errors: [] })
  expect(await exportOf(to)).toBe(before)
  expect((await importInto(from, file)).body).toMatchObject({ known: 5 })
  expect((await from.gateway.call('GET', '/jobs?tab=active')).body.items).toHaveLength(2)
})

test('a bad line costs only itself, and a job whose first attempt is missing is refused with it', async () => {
  const third = await install()
  const lines = (await exportOf(from)).trimEnd().split('\n')
  const root = lines.findIndex((line) => JSON.parse(line).retryOf === null && JSON.parse(line).status === 'failed')
  const rootId = JSON.parse(lines[root] ?? '').id
  const bad = lines.map((line, index) => (index === root ? '{"id": "nothing"' : line))
  const wrong = { ...JSON.parse(lines[0] ?? ''), id: newId(), attempt: 0 }
  const nul = { ...JSON.parse(lines[0] ?? ''), id: newId(), message: 'a\u0000b' }
  const done = lines.map((line) => JSON.parse(line)).find((job) => job.status === 'completed')
  const backwards = { ...done, id: newId(), startedAt: '2026-01-05T00:00:00Z', endedAt: '2026-01-04T00:00:00Z' }
  const extra = [wrong, nul, backwards].map((job) => JSON.stringify(job))
  const { body } = await importInto(third, [...bad, ...extra, '[]'].join('\n'))
  const retry = lines.findIndex((line) => JSON.parse(line).retryOf !== null)
  const child = lines.findIndex((line) => JSON.parse(line).parentJobId !== null)
  expect(body).toMatchObject({ imported: 2, known: 0, refused: 7 })
  const errors: { line: number; message: string }[] = body.errors
  const messages = new Map(errors.map(({ line, message }) => [line, message]))
  expect(messages.get(root + 1)).toBe('is not JSON')
  expect(messages.get(retry + 1)).toBe(`it names job ${rootId}, which is neither here nor, made before it, in the file`)
  expect(messages.get(child + 1)).toContain('it names job')
  expect(messages.get(6)).toMatch(/^attempt: /)
  expect(messages.get(7)).toContain('no text may hold')
  expect(messages.get(8)).toBe('endedAt: must not be before the start')
  expect([...messages.keys()]).toEqual([...messages.keys()].toSorted((a, b) => a - b))
  // The rest follows with the whole file.
  expect((await importInto(third, lines.join('\n'))).body).toMatchObject({ imported: 3, known: 2, refused: 0 })
  expect(kept(await exportOf(third)).map((job) => job.id)).toEqual(kept(await exportOf(from)).map((job) => job.id))
  await third.gateway.stop()
  await third.db.destroy()
})

test('what no job can be is refused by its line, and the good lines around it are taken', async () => {
  const fifth = await install()
  const lines = (await exportOf(from))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const done = lines.find((job) => job.status === 'completed')
  const made = (change: (id: string) => object) => {
    const id = newId()
    return {
      ...done,
      steps: [],
      id,
      rootJobId: id,
      attempt: 1,
      retryOf: null,
      parentJobId: null,
      resolvedByJobId: null,
      ...change(id),
    }
  }
  const wrong = [
    made(() => ({ asset: { ...done.asset, id: newId() } })),
    made(() => ({ createdAt: '9999-12-31T00:00:00Z' })),
    made((id) => ({ parentJobId: id })),
    made((id) => ({ retryOf: id, attempt: 2 })),
    made(() => ({ attempt: 2 })),
    made((id) => ({ resolvedByJobId: id })),
    made(() => ({ status: 'failed', error: null, progress: { percent: 50 } })),
    made(() => ({ message: 'x'.repeat(100_001) })),
    made(() => ({ trigger: { kind: 'manual', actor: 'é'.repeat(1_001) } })),
    ...inACircle(made, (one, other) => [{ parentJobId: other }, { parentJobId: one }]),
    ...inACircle(made, (one, other) => [
      { retryOf: other, rootJobId: done.rootJobId, attempt: 2 },
      { retryOf: one, rootJobId: done.rootJobId, attempt: 2 },
    ]),
  ]
  const file = [made(() => ({})), ...wrong, made(() => ({}))].map((job) => JSON.stringify(job))
  const { status, body } = await importInto(fifth, file.join('\n'))
  expect({ status, body }).toMatchObject({ status: 200, body: { imported: 2, refused: wrong.length } })
  expect(body.errors.map(({ message }: { message: string }) => message)).toEqual([
    'asset: is another database than archive.databaseId',
    'createdAt: lies in the future',
    'parentJobId: is the job itself',
    'retryOf: is the job itself',
    'retryOf: does not go with the attempt',
    'resolvedByJobId: is the job itself',
    'error: is missing: the job failed',
    'message: is longer than 100000 characters',
    'trigger.actor: is longer than 2000 bytes',
    ...Array.from({ length: 2 }, () => expect.stringMatching(/^its parent, job .*, was not made before it$/)),
    ...Array.from({ length: 2 }, () =>
      expect.stringMatching(/^job .* is not the attempt before it of the same chain$/),
    ),
  ])
  await fifth.gateway.stop()
  await fifth.db.destroy()
})

/** Two jobs of one moment that name each other. */
function inACircle(
  made: (change: () => object) => { id: string },
  change: (one: string, other: string) => [object, object],
): object[] {
  const [one, other] = [made(() => ({})), made(() => ({}))]
  const changes = change(one.id, other.id)
  return [one, other].map((job, index) => ({ ...job, ...changes[index] }))
}

test('rows of another organization are neither shown nor taken over', async () => {
  const fourth = await install()
  const file = await exportOf(from)
  await importInto(fourth, file)
  const stranger = newId()
  await fourth.db.insertInto('organization').values({ id: stranger, name: 'other' }).execute()
  await fourth.db.updateTable('token').set({ organization_id: stranger }).execute()
  const { body } = await importInto(fourth, file)
  expect(body).toMatchObject({ imported: 0, known: 0, refused: 5 })
  expect(body.errors[0].message).toBe('a job of another organization has its id')
  const renamed = parsed(file)
    .slice(-1)
    .map((job) => ({ ...job, id: newId() }))
  const [alone] = renamed
  const again = await importInto(
    fourth,
    JSON.stringify({ ...alone, rootJobId: alone?.id, resolvedByJobId: null, retryOf: null, parentJobId: null }),
  )
  expect(again.body.errors).toEqual([{ line: 1, message: 'its connection or asset belongs to another organization' }])
  await fourth.gateway.stop()
  await fourth.db.destroy()
})

test('only an admin may import, and only NDJSON', async () => {
  await to.db.updateTable('token').set({ role: 'operator' }).execute()
  expect((await importInto(to, '')).status).toBe(403)
  await to.db.updateTable('token').set({ role: 'admin' }).execute()
  const large = `{}${' '.repeat(2_000_000)}`
  for (const [body, type] of [
    [{}, 'application/json'],
    [large, 'application/json'],
    [large, 'text/csv'],
  ] as const) {
    const wrong = await to.gateway.call('POST', '/jobs/import', body, { 'content-type': type })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'headers.content-type' }] } })
    expect(wrong.body.detail).toContain(`must be application/x-ndjson, not ${type}`)
  }
  expect((await to.gateway.call('POST', '/jobs/import')).body.detail).toContain('not nothing')
  expect((await importInto(to, '\n\n')).body).toEqual({ imported: 0, known: 0, refused: 0, errors: [] })
})

test('a file far larger than other bodies may be is taken', async () => {
  const [line] = parsed(await exportOf(from)).filter((job) => job.status === 'completed')
  const many = Array.from({ length: 3_000 }, (_, n) => {
    const id = newId()
    const message = `${n} ${'long '.repeat(80)}`
    return JSON.stringify({
      ...line,
      id,
      rootJobId: id,
      retryOf: null,
      attempt: 1,
      parentJobId: null,
      steps: [],
      message,
    })
  }).join('\n')
  expect(many.length).toBeGreaterThan(4 * 1_048_576)
  const key = { 'idempotency-key': 'import-1' }
  const headers = { 'content-type': 'application/x-ndjson', ...key }
  const { status, body } = await to.gateway.call('POST', '/jobs/import', many, headers)
  expect({ status, body }).toEqual({ status: 200, body: { imported: 3_000, known: 0, refused: 0, errors: [] } })
  expect((await to.gateway.call('POST', '/jobs/import', many, headers)).body).toEqual(body)
  expect(await to.db.selectFrom('job_import').selectAll().execute()).toEqual([])
})
