import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { anyFreePort, startPostgres, type RunningPostgres } from '@plumbline/local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type JobAnswer, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { connectTo } from '../connectors/source-database.ts'

const folder = temporaryFolder('standby')
const logFile = join(folder, 'standby.log')

let product: Product
let standby: RunningPostgres
let root: string

/** A server whose data was shut down and is opened again as a hot standby: it only reads, and replays what it is given. */
async function startStandby(): Promise<RunningPostgres> {
  const options = { dataDir: join(folder, 'data'), port: await anyFreePort(), password: 'test', durable: false }
  const primary = await startPostgres({
    ...options,
    logFile: join(folder, 'primary.log'),
    settings: { wal_level: 'replica' },
  })
  try {
    await inSource(
      primary.url,
      `create schema shop; create table shop.orders (id int primary key, total numeric(10,2), updated_at timestamptz default now());
       insert into shop.orders select n, n from generate_series(1, 200) n;
       create view shop.totals as select sum(total) as total from shop.orders; analyze`,
    )
  } finally {
    await primary.stop()
  }
  writeFileSync(join(primary.dataDir, 'standby.signal'), '')
  return startPostgres({ ...options, logFile, settings: { wal_level: 'replica', log_statement: 'all' } })
}

beforeAll(async () => {
  standby = await startStandby()
  product = await startProduct()
  await product.startWorker()
  root = (await product.connect('standby', standby.url)).rootAssetId
}, 120_000)
afterAll(async () => {
  await product.stop()
  await standby.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function run(type: string): Promise<JobAnswer> {
  const { id } = await product.start(type, root)
  await expect.poll(async () => (await product.job(id)).status, { timeout: 60_000 }).not.toMatch(/pending|running/)
  await expect.poll(() => product.jobs('tab=active'), { timeout: 60_000 }).toEqual([])
  return product.job(id)
}

test('a hot standby is discovered, checked and measured as any other server', { timeout: 180_000 }, async () => {
  await using owner = await connectTo(standby.url)
  const { rows } = await owner.client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
  expect(rows).toEqual([{ standby: true }])
  const discovered = await run('schema_discovery')
  expect(discovered).toMatchObject({
    status: 'completed',
    warnings: 0,
    message: '1 table and 1 view, the first snapshot',
  })
  expect((await run('schema_discovery')).message).toBe('1 table and 1 view, nothing changed')
  const others = await product.jobs('tab=all')
  for (const type of ['freshness_check', 'metric_capture']) {
    expect(await run(type)).toMatchObject({ status: 'completed', error: null, warnings: 0 })
  }
  expect(others.filter(({ status }) => status !== 'completed')).toEqual([])
})

/** What a pooler in transaction mode forbids: it outlives the transaction, which goes to another server next. */
const forbidden: Record<string, RegExp> = {
  'a setting of the session': /^set (?!local |transaction )|set_config\('[^']*', (?:'(?:[^']|'')*'|[^,]*), false\)/i,
  'a prepared statement': /^(prepare|deallocate) /i,
  'a temporary object': /\btemp(orary)? (table|view|sequence)\b/i,
  'a lock of the session': /pg_(try_)?advisory_lock/i,
  'a cursor that stays': /with hold/i,
  'a channel': /^(un)?listen\b/i,
  'a setting that is thrown away': /^(discard|reset) /i,
}

test('no statement leaves anything behind in its session, as PgBouncer in transaction mode asks for', () => {
  const entries = readFileSync(logFile, 'utf8').split(/\n(?=\d{4}-\d\d-\d\d )/)
  const sent = entries.flatMap((entry) => {
    const found = /LOG: {2}(?:statement|execute ([^:]+)): (.*)$/s.exec(entry)
    return found ? [{ name: found[1] ?? '<unnamed>', text: (found[2] ?? '').trim() }] : []
  })
  expect(sent.length).toBeGreaterThan(50)
  expect(sent.filter(({ name }) => !name.startsWith('<unnamed>'))).toEqual([])
  for (const [what, pattern] of Object.entries(forbidden)) {
    expect({ [what]: sent.filter(({ text }) => pattern.test(text)).map(({ text }) => text) }).toEqual({ [what]: [] })
  }
})
