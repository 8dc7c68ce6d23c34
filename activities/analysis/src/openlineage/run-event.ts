import type { JobType, RunEventType } from '@plumbline/workflows'
import type { DatasetName } from './dataset-facets.ts'
import { facetHeads, openLineageProducer, openLineageSchemas } from './vocabulary.ts'

/** A job, as far as it decides its name. */
export interface NamedJob {
  id: string
  type: JobType
  organization: string
  connection: string
  /** Qualified, without its connection. */
  asset: string
}

/** A relation that a run looked at or told something of, with what it found. */
export type RunDataset = DatasetName & { facets?: object; inputFacets?: object }

/** What is told of a run at one moment. */
export interface RunMoment {
  type: RunEventType
  at: Date
  job: NamedJob
  parent: NamedJob | null
  /** Of a run that failed, or of one that was cancelled why. */
  error: { message: string; stack: string | null } | null
  inputs: readonly RunDataset[]
  outputs: readonly RunDataset[]
}

/** The job of a run: an organization is a namespace, a type of job on an asset a name in it. */
const jobName = ({ type, organization, connection, asset }: NamedJob) => ({
  namespace: `plumbline.${organization}`,
  name: `${connection}.${asset}.${type}`,
})

/** The run event of OpenLineage for a moment of a run. */
export const runEvent = ({ type, at, job, parent, error, inputs, outputs }: RunMoment) => ({
  eventType: type,
  eventTime: at.toISOString(),
  producer: openLineageProducer,
  schemaURL: openLineageSchemas.run,
  run: {
    runId: job.id,
    facets: {
      ...(parent && { parent: { ...facetHeads.parent, run: { runId: parent.id }, job: jobName(parent) } }),
      ...(error && {
        errorMessage: {
          ...facetHeads.errorMessage,
          message: error.message,
          programmingLanguage: 'TypeScript',
          ...(error.stack !== null && { stackTrace: error.stack }),
        },
      }),
    },
  },
  job: {
    ...jobName(job),
    facets: {
      jobType: { ...facetHeads.jobType, processingType: 'BATCH', integration: 'PLUMBLINE', jobType: job.type },
    },
  },
  inputs,
  outputs,
})
