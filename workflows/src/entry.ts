/** The workflow functions: what the worker bundles. The name of each is its workflow type. */
export { bulkOperation } from './bulk-operation/workflow.ts'
export { connectionTest } from './connection-test/workflow.ts'
export { freshnessCheck } from './freshness-check/workflow.ts'
export { jobCleanup } from './job-cleanup/workflow.ts'
export { lineageExtraction } from './lineage-extraction/workflow.ts'
export { scheduledTick } from './scheduled-tick/workflow.ts'
export { schemaDiscovery } from './schema-discovery/workflow.ts'
export { tagGeneration } from './tag-generation/workflow.ts'
