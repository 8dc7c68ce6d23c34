import { freshnessCheck } from './freshness-check/definition.ts'
import { intelligenceAnalysis } from './intelligence-analysis/definition.ts'
import { lineageExtraction } from './lineage-extraction/definition.ts'
import { metricCapture } from './metric-capture/definition.ts'
import { schemaDiscovery } from './schema-discovery/definition.ts'
import { tagGeneration } from './tag-generation/definition.ts'
import type { JobDefinition } from './job-definition.ts'

/** Every job type, one line each; `entry.ts` has the workflow function of each. */
const definitions = {
  schema_discovery: schemaDiscovery,
  tag_generation: tagGeneration,
  lineage_extraction: lineageExtraction,
  freshness_check: freshnessCheck,
  metric_capture: metricCapture,
  intelligence_analysis: intelligenceAnalysis,
} as const satisfies Record<string, JobDefinition>

export type JobType = keyof typeof definitions

export const jobTypes = Object.keys(definitions).filter(isJobType)

export function isJobType(id: string): id is JobType {
  return Object.hasOwn(definitions, id)
}

/** The definition behind a type; widened, so that callers need not know one job type from another. */
export function jobDefinition(type: JobType): JobDefinition {
  return definitions[type]
}
