import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CatalogEvent, Session } from '@plumbline/connectors'
import type { DiscoveredRelation } from '@plumbline/workflows'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { account, bigquery, shopStatements, targetAt, withEmulator } from './shop.ts'

const emulator = withEmulator(shopStatements)

async function withSession<Result>(use: (session: Session) => Promise<Result>): Promise<Result> {
  const session = await bigquery.open(targetAt(emulator().url), {
    label: 'plumbline catalog',
    signal: new AbortController().signal,
  })
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}

const relationsOf = (events: readonly CatalogEvent[]): DiscoveredRelation[] =>
  events.flatMap((event) => (event.kind === 'relations' ? event.relations : []))

const readAll = (known?: ReadonlyMap<string, string>) =>
  withSession((session) => Array.fromAsync(session.readCatalog(known ? { known } : {})))

test('the shop is found as it was made (on the emulator)', async () => {
  const relations = relationsOf(await readAll())
  expect(relations.map(({ schema, name, kind }) => `${schema}.${name} ${kind}`)).toEqual([
    'odd_Names.Select Größe-1 table',
    'sales.customer table',
    'sales.customer_mail view',
    'sales.events_* table',
    'sales.known table',
    'sales.per_customer materialized_view',
    'sales.purchase table',
  ])
  const of = (name: string) => relations.find((one) => one.name === name)
  const customer = of('customer')
  expect(customer?.document.comment).toBe('People who buy')
  expect(
    customer?.document.columns.map(({ name, type, nativeType, nullable }) => [name, type, nativeType, nullable]),
  ).toEqual([
    ['id', 'integer', 'INT64', false],
    ['email', 'text', 'STRING(200)', false],
    ['born', 'date', 'DATE', true],
    ['rating', 'float', 'FLOAT64', true],
    ['active', 'boolean', 'BOOL', true],
    ['tags', 'array', 'ARRAY<STRING>', true],
    ['address', 'struct', 'STRUCT<city STRING, place STRUCT<lat FLOAT64, lon FLOAT64>>', true],
    ['visits', 'array', 'ARRAY<STRUCT<page STRING, seconds INT64>>', true],
    ['profile', 'json', 'JSON', true],
  ])
  expect(customer?.document.columns[1]?.comment).toBe('Where letters go')
  const purchase = of('purchase')
  expect(purchase?.document.partition).toBe('DAY (sent) CLUSTER BY customer_id')
  expect(purchase?.document.columns[2]).toMatchObject({ nativeType: 'NUMERIC(12, 2)', type: 'decimal' })
  expect(purchase?.document.keys).toMatchObject([
    { kind: 'foreign', columns: ['customer_id'], references: { externalId: customer?.externalId, columns: ['id'] } },
  ])
  expect(of('events_*')?.document).toMatchObject({
    partition: 'SHARDED BY DAY',
    columns: [{ name: 'page' }, { name: 'at' }],
  })
  expect(of('customer_mail')?.document.definition).toMatch(/select id, email/i)
})

test('a rename keeps the identity, and what stays is only told as unchanged (on the emulator)', async () => {
  const before = relationsOf(await readAll())
  await emulator().execute('alter table sales.known rename to known_words')
  const events = await readAll(
    new Map(before.map(({ externalId, sourceFingerprint }) => [externalId, sourceFingerprint])),
  )
  const [renamed, ...more] = relationsOf(events)
  expect(more).toEqual([])
  expect(renamed).toMatchObject({
    name: 'known_words',
    externalId: before.find(({ name }) => name === 'known')?.externalId,
  })
  const unchanged = events.flatMap((event) => (event.kind === 'unchanged' ? event.relations : []))
  expect(unchanged).toHaveLength(before.length - 1)
})

test('the worker can be let in by what it finds around it (on the emulator)', async ({ onTestFinished }) => {
  const folder = temporaryFolder('adc')
  const path = join(folder, 'key.json')
  await writeFile(path, account.key)
  const before = process.env['GOOGLE_APPLICATION_CREDENTIALS']
  process.env['GOOGLE_APPLICATION_CREDENTIALS'] = path
  onTestFinished(async () => {
    if (before === undefined) delete process.env['GOOGLE_APPLICATION_CREDENTIALS']
    else process.env['GOOGLE_APPLICATION_CREDENTIALS'] = before
    await rm(folder, { recursive: true })
  })
  const target = targetAt(emulator().url, { authenticator: 'application-default' }, {})
  const checks = await bigquery.test(target, { label: 'plumbline test', signal: new AbortController().signal })
  expect(checks.filter(({ ok }) => !ok)).toEqual([])
  expect(checks.find(({ name }) => name === 'authentication')?.message).toContain(account.email)
})
