import { counted } from '../counted.ts'
import { analysis, ledger, warehouse, warehouseConnect } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'
import { spawnJobs, type ChildRequest } from '../spawn-jobs.ts'
import { lineageExtraction } from '../lineage-extraction/workflow.ts'
import { tagGeneration } from '../tag-generation/workflow.ts'
import type { ConfigOf, StepNameOf } from '../job-definition.ts'
import type { StoredCatalog } from '../ports.ts'
import type { schemaDiscovery as definition } from './definition.ts'

type Config = ConfigOf<typeof definition>

export async function schemaDiscovery(input: JobInput<Config>): Promise<JobResult> {
  return runJob<StepNameOf<typeof definition>>(input, async (job) => {
    const { ref } = job
    await job.step('connect', () => warehouseConnect.connect(ref))
    await job.step('read_catalog', () => warehouse.readCatalog(ref))
    await job.step('compare', () => analysis.compareCatalog(ref))
    const stored = await job.step('store', () => ledger.storeCatalog(ref))
    const followUps = await job.step('follow_ups', () =>
      spawnJobs(ref.jobId, followUpsFor(stored, input.config.followUps)),
    )
    const { toTag: _toTag, toTrace: _toTrace, first: _first, ...counts } = stored
    return { message: sentence(stored, input.config), counts: { ...counts, followUps } }
  })
}

/** Only what changed since it was looked at last is classified and traced again. */
function followUpsFor(stored: StoredCatalog, wanted: Config['followUps']): ChildRequest[] {
  const config = { scope: 'changed' }
  const requests: ChildRequest[] = []
  if (stored.toTag > 0) requests.push({ type: 'tag_generation', config, workflow: tagGeneration })
  if (stored.toTrace > 0) requests.push({ type: 'lineage_extraction', config, workflow: lineageExtraction })
  return requests.filter((request) => wanted.some((type) => type === request.type))
}

function sentence(stored: StoredCatalog, { schemas, include }: Config): string {
  const { tables, views, incomplete, locked } = stored
  const asked = schemas !== undefined || include !== undefined
  if (asked && tables + views + incomplete + locked === 0)
    return 'Nothing was looked at: no table or view matches the schemas and patterns of this job; see the warnings'
  const gaps = [
    ...(incomplete > 0 ? [`${counted(incomplete, 'schema')} not read whole`] : []),
    ...(locked > 0 ? [`${counted(locked, 'locked object')} not read`] : []),
  ]
  const found = `${counted(tables, 'table')} and ${counted(views, 'view')}, ${news(stored)}`
  return gaps.length === 0 ? found : `${found}; ${gaps.join(', ')}: see the warnings`
}

function news({ changes, breaking, first }: StoredCatalog): string {
  if (first) return 'the first snapshot'
  if (changes === 0) return 'nothing changed'
  return `${counted(changes, 'change')}${breaking > 0 ? `, ${breaking} of them breaking` : ''}`
}
