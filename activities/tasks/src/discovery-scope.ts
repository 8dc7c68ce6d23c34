import type { DiscoveryScope, JobScope } from '@plumbline/store'
import { schemaDiscovery } from '@plumbline/workflows'

/** What a discovery looks at: the whole database, or the schemas that its configuration names. */
export function discoveryScopeOf(job: JobScope): DiscoveryScope & { schemas: string[] | undefined } {
  const { schemas } = schemaDiscovery.config.parse(job.config)
  const { jobId, organizationId, connectionId, databaseId } = job
  return { jobId, organizationId, connectionId, databaseId, whole: schemas === undefined, schemas }
}
