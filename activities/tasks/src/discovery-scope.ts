import type { DiscoveryScope, JobScope } from '@plumbline/store'
import { schemaDiscovery } from '@plumbline/workflows'

export const discoveryConfigOf = (job: JobScope) => schemaDiscovery.config.parse(job.config)

/** What a discovery looks at: the whole database, or what its configuration says. */
export function discoveryScopeOf(job: JobScope): DiscoveryScope {
  const { schemas = null, include = null, exclude = [], partitions } = discoveryConfigOf(job)
  const { jobId, organizationId, connectionId, databaseId } = job
  return { jobId, organizationId, connectionId, databaseId, looked: { schemas, include, exclude, partitions } }
}
