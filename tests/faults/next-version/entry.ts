/** The workflows of a next code version: discovery does something more, by `patched()`; the rest is as it is. */
export { connectionTest } from '../../../workflows/src/connection-test/workflow.ts'
export { lineageExtraction } from '../../../workflows/src/lineage-extraction/workflow.ts'
export { tagGeneration } from '../../../workflows/src/tag-generation/workflow.ts'
export { schemaDiscovery } from './schema-discovery.ts'
