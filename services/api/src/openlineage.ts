import { z } from 'zod'

/**
 * The RunEvent of the OpenLineage specification (openlineage.io/spec/2-0-2/OpenLineage.json), with the facets that are read; others
 * may be there, as it allows.
 */
const zFacets = z.looseObject({})
const zName = z.string().min(1).max(2_000)
/** Postgres indexes no more than 2,704 bytes of a row, of which the name of a job is one part. */
const maxJobBytes = 2_000

const zInputField = z.looseObject({
  namespace: zName,
  name: zName,
  field: z.string().max(1_000),
  transformations: z
    .array(z.looseObject({ type: z.string().max(100) }))
    .max(100)
    .optional(),
})

/** ColumnLineageDatasetFacet: `dataset` lists what only decides rows, for all columns at once. */
const zColumnLineage = z.looseObject({
  fields: z.record(z.string(), z.looseObject({ inputFields: z.array(zInputField).max(10_000) })),
  dataset: z.array(zInputField).max(10_000).optional(),
})

const zDataset = z.looseObject({ namespace: zName, name: zName, facets: zFacets.optional() })
const zOutput = zDataset.extend({ facets: z.looseObject({ columnLineage: zColumnLineage.optional() }).optional() })

export const zOpenLineageEvent = z.looseObject({
  eventTime: z.iso.datetime({ offset: true }),
  eventType: z.enum(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']).optional(),
  producer: z.url(),
  schemaURL: z.url(),
  run: z.looseObject({ runId: z.uuid(), facets: zFacets.optional() }),
  job: z
    .looseObject({
      namespace: zName,
      name: zName,
      facets: z.looseObject({ sql: z.looseObject({ query: z.string().max(500_000) }).optional() }).optional(),
    })
    .refine(({ namespace, name }) => new TextEncoder().encode(namespace + name).length <= maxJobBytes, {
      path: ['name'],
      error: `must have at most ${maxJobBytes} bytes, with its namespace`,
    }),
  inputs: z.array(zDataset).max(1_000).default([]),
  outputs: z.array(zOutput).max(1_000).default([]),
})
export type OpenLineageEvent = z.output<typeof zOpenLineageEvent>
export type OpenLineageField = z.output<typeof zInputField>

export const zOpenLineageAnswer = z.object({
  edges: z.int().describe('Pairs of an input and an output that are in the lineage now'),
  columns: z.int().describe('Values that flow from a column into a column'),
  unmatched: z
    .array(z.object({ namespace: z.string(), name: z.string(), field: z.string().nullable() }))
    .describe(
      'Datasets, and fields of datasets, that no connection has: discover it, or give its connection the name of the namespace',
    ),
  message: z.string(),
})
export type OpenLineageAnswer = z.output<typeof zOpenLineageAnswer>
