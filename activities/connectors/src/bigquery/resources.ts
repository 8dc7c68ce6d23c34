import { z } from 'zod'

/** The parts that are read of the resources of BigQuery's REST API: https://cloud.google.com/bigquery/docs/reference/rest. */

const zTableReference = z.object({ projectId: z.string(), datasetId: z.string(), tableId: z.string() })
export type TableReference = z.output<typeof zTableReference>

/** A number of 64 bits comes as a text; some answer it as a number. */
const zCount = z.union([z.string(), z.number()]).transform(Number)

export const zDatasetList = z.object({
  nextPageToken: z.string().nullish(),
  datasets: z
    .array(
      z.object({
        datasetReference: z.object({ datasetId: z.string() }),
        location: z.string().optional(),
      }),
    )
    .optional(),
})

export const zDataset = z.object({ description: z.string().optional() })

export const zTableList = z.object({
  nextPageToken: z.string().nullish(),
  tables: z
    .array(
      z.object({
        tableReference: zTableReference,
        type: z.string().optional(),
        creationTime: zCount.optional(),
      }),
    )
    .optional(),
})

export interface FieldResource {
  name: string
  type: string
  mode?: string | undefined
  description?: string | undefined
  fields?: FieldResource[] | undefined
  maxLength?: string | number | undefined
  precision?: string | number | undefined
  scale?: string | number | undefined
  defaultValueExpression?: string | undefined
  rangeElementType?: { type: string } | undefined
}

const zSize = z.union([z.string(), z.number()]).optional()
const zField: z.ZodType<FieldResource> = z.object({
  name: z.string(),
  type: z.string(),
  mode: z.string().optional(),
  description: z.string().optional(),
  get fields() {
    return z.array(zField).optional()
  },
  maxLength: zSize,
  precision: zSize,
  scale: zSize,
  defaultValueExpression: z.string().optional(),
  rangeElementType: z.object({ type: z.string() }).optional(),
})
const zSchema = z.object({ fields: z.array(zField).optional() })

const zDefined = z.object({ query: z.string() })

export const definitionFields = 'view(query,useLegacySql),materializedView(query)'

/** The query of a view. */
export const zDefinition = z.object({
  view: z.object({ query: z.string(), useLegacySql: z.boolean().optional() }).optional(),
  materializedView: zDefined.optional(),
})

export const zRoutineList = z.object({
  nextPageToken: z.string().nullish(),
  routines: z
    .array(
      z.object({
        routineReference: z.object({ routineId: z.string() }),
        routineType: z.string().optional(),
        language: z.string().optional(),
      }),
    )
    .optional(),
})
export const zRoutine = z.object({ definitionBody: z.string().optional() })

/** What discovery asks of a table, by the names that the API calls a field mask by. */
export const tableFields =
  'description,schema,view(query),materializedView(query),timePartitioning,rangePartitioning,clustering,' +
  'requirePartitionFilter,tableConstraints'

export const zTable = z.object({
  description: z.string().optional(),
  schema: zSchema.optional(),
  view: zDefined.optional(),
  materializedView: zDefined.optional(),
  timePartitioning: z.object({ type: z.string().optional(), field: z.string().optional() }).optional(),
  rangePartitioning: z
    .object({
      field: z.string(),
      range: z.object({ start: z.string(), end: z.string(), interval: z.string() }).partial().optional(),
    })
    .optional(),
  clustering: z.object({ fields: z.array(z.string()) }).optional(),
  requirePartitionFilter: z.boolean().optional(),
  tableConstraints: z
    .object({
      primaryKey: z.object({ columns: z.array(z.string()) }).optional(),
      foreignKeys: z
        .array(
          z.object({
            name: z.string().optional(),
            referencedTable: zTableReference,
            columnReferences: z.array(z.object({ referencingColumn: z.string(), referencedColumn: z.string() })),
          }),
        )
        .optional(),
    })
    .optional(),
})
export type TableResource = z.output<typeof zTable>

/** What a table is, and its columns. */
export const zTableShape = z.object({ type: z.string().optional(), schema: zSchema.optional() })

/** How a table is cut, and whether it must be said which part is read. */
export const zPartitioning = z.object({
  requirePartitionFilter: z.boolean().optional(),
  timePartitioning: z
    .object({ field: z.string().optional(), requirePartitionFilter: z.boolean().optional() })
    .optional(),
  rangePartitioning: z.object({ field: z.string() }).optional(),
  schema: zSchema.optional(),
})
export type Partitioning = z.output<typeof zPartitioning>

/** What BigQuery keeps count of; `fields` of the same call. */
export const statisticsFields =
  'type,schema(fields(name)),numRows,numBytes,lastModifiedTime,streamingBuffer,timePartitioning(type),rangePartitioning(field)'

export const zTableStatistics = z.object({
  type: z.string().optional(),
  schema: z.object({ fields: z.array(z.object({ name: z.string() })).optional() }).optional(),
  numRows: zCount.optional(),
  numBytes: zCount.optional(),
  lastModifiedTime: zCount.optional(),
  timePartitioning: z.object({}).optional(),
  rangePartitioning: z.object({}).optional(),
  streamingBuffer: z
    .object({ estimatedRows: zCount.optional(), estimatedBytes: zCount.optional(), oldestEntryTime: zCount.optional() })
    .optional(),
})
export type TableStatistics = z.output<typeof zTableStatistics>

const zErrorResult = z.object({ reason: z.string().optional(), message: z.string().optional() })
const zJobReference = z.object({ projectId: z.string(), jobId: z.string(), location: z.string().optional() })

export const zJob = z.object({
  jobReference: z.object({ jobId: z.string().optional(), location: z.string().optional() }).optional(),
  status: z.object({ state: z.string(), errorResult: zErrorResult.nullish() }).optional(),
  statistics: z
    .object({
      totalBytesProcessed: zCount.optional(),
      query: z.object({ totalBytesBilled: zCount.optional(), statementType: z.string().optional() }).optional(),
    })
    .optional(),
})

export const zJobList = z.object({
  nextPageToken: z.string().nullish(),
  jobs: z
    .array(
      z.object({
        jobReference: zJobReference,
        configuration: z.object({ labels: z.record(z.string(), z.string()).optional() }).optional(),
      }),
    )
    .optional(),
})

/** A value of a row: a text, a list of values, or a row of its own. */
const zRow = z.object({ f: z.array(z.object({ v: z.unknown() })) })

export const zQueryResults = z.object({
  jobComplete: z.boolean(),
  pageToken: z.string().nullish(),
  schema: z.object({ fields: z.array(z.object({ name: z.string(), type: z.string() })).optional() }).optional(),
  rows: z.array(zRow).optional(),
})

export const zTableRows = z.object({ pageToken: z.string().nullish(), rows: z.array(zRow).optional() })
export const zPermissions = z.object({ permissions: z.array(z.string()).optional() })
