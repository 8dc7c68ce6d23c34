import { createDatabaseOn, createRecordOn } from '../support/databases.ts'
import {
  startModelServer,
  type ModelRequest,
  type ModelServer,
  type Treatment,
} from '../support/model-server/model-server.ts'
import { startProductOn, type JobAnswer, type Product } from '../support/product.ts'
import type { Servers } from '../support/servers.ts'
import { inSource } from '../support/source.ts'
import { makeLargeSource } from './discovery/large-source.ts'
import type { Report } from './report.ts'

const tables = 1_000
const faultShare = 0.05
const cancelLimitMs = 2_000

/** One after the other, for the first request about a table: everything that providers do. */
const faults: readonly Treatment[] = [
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'cut' },
  { kind: 'ended-early' },
  { kind: 'stalled' },
  { kind: 'slow', pauseMs: 100 },
  { kind: 'text', text: 'Sure, here is what you asked for: {"table": [' },
  { kind: 'text', text: '{"table": "a text", "columns": {}}' },
]

/**
 * A thousand tables documented through a server that speaks the real protocol and fails for one table in twenty: none may be lost, no
 * question paid twice. Then what is being asked is cancelled.
 */
export async function main(servers: Servers, report: Report): Promise<void> {
  const sourceUrl = await createDatabaseOn(servers.postgresUrl)
  await makeLargeSource(sourceUrl, { tables, foreignKeys: 0, views: 0 })
  const model = await startModelServer()
  const product = await startProductOn({
    databaseUrl: await createRecordOn(servers.postgresUrl),
    temporalAddress: servers.temporalAddress,
    namespace: 'default',
  })
  try {
    await product.startWorker('all', {
      PLUMBLINE_MODEL_PROVIDER: 'openai-compatible',
      PLUMBLINE_MODEL: 'a-model',
      PLUMBLINE_MODEL_BASE_URL: `${model.url}/v1`,
      PLUMBLINE_MODEL_INPUT_PRICE: '1',
      PLUMBLINE_MODEL_OUTPUT_PRICE: '5',
      PLUMBLINE_MODEL_CONCURRENCY: '8',
      PLUMBLINE_MODEL_STALL_SECONDS: '2',
    })
    const { rootAssetId } = await product.connect('large', sourceUrl)
    await discover(product, rootAssetId)
    await benchFaults(product, rootAssetId, model, report)
    await inSource(sourceUrl, changeEvery)
    await discover(product, rootAssetId)
    await benchCancel(product, rootAssetId, model, report)
  } finally {
    await product.stop()
    await model.close()
  }
}

async function benchFaults(product: Product, assetId: string, model: ModelServer, report: Report): Promise<void> {
  let asked = 0
  let faulty = 0
  model.treat = ({ user, question, time }: ModelRequest) => {
    if (time > 1 || question !== user) return undefined
    return asked++ % (1 / faultShare) === 0 ? faults[faulty++ % faults.length] : undefined
  }
  const job = await ended(product, (await product.start('intelligence_analysis', assetId)).id)
  const again = await ended(product, (await product.start('intelligence_analysis', assetId, { scope: 'all' })).id)
  const { documented = 0, left = 0 } = job.counts
  const twice = [...model.paid.values()].filter((times) => times > 1).length
  const seconds = (job.durationMs ?? 0) / 1000
  report.add({
    name: `${tables} tables documented by a model`,
    figure: `${documented} in ${seconds.toFixed(1)} s, ${tables - documented} lost`,
    target: `none lost with ${faultShare * 100} % faults`,
    reference: `${faulty} faults, ${model.requests.length} requests, ${left} could not be described`,
    ok: documented === tables && left === 0 && faulty === tables * faultShare,
  })
  report.add({
    name: 'questions paid twice',
    figure: `${twice} of ${model.paid.size}`,
    target: 'none, also when all is documented again',
    reference: `the second job asked ${again.counts['calls']} and documented ${again.counts['documented']}`,
    ok: twice === 0 && again.counts['calls'] === 0 && again.counts['documented'] === tables,
  })
}

async function benchCancel(product: Product, assetId: string, model: ModelServer, report: Report): Promise<void> {
  model.treat = () => ({ kind: 'slow', pauseMs: 1_000 })
  const { id } = await product.start('intelligence_analysis', assetId)
  await until(async () => model.open === 8)
  const since = performance.now()
  await product.gateway.call('POST', `/jobs/${id}/cancel`, {})
  await until(async () => (await product.job(id)).status === 'cancelled')
  const ms = performance.now() - since
  report.add({
    name: 'cancel of eight questions on their way',
    figure: `${Math.round(ms)} ms`,
    target: `≤ ${cancelLimitMs} ms until the job has ended`,
    reference: `${model.open} still open at the server`,
    ok: ms <= cancelLimitMs && model.open === 0,
  })
}

const changeEvery = `
  do $$
  declare t regclass;
  begin
    for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' loop
      execute format('comment on table %s is %L', t, 'Changed');
    end loop;
  end $$`

const discover = async (product: Product, assetId: string): Promise<JobAnswer> =>
  ended(product, (await product.start('schema_discovery', assetId, { followUps: [] })).id)

async function ended(product: Product, id: string): Promise<JobAnswer> {
  await until(async () => !/pending|running/.test((await product.job(id)).status))
  const job = await product.job(id)
  if (job.status !== 'completed') throw new Error(`the job does not count: ${job.status} ${job.message}`)
  return job
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}
