import { connectionKinds } from '@plumbline/connectors/kinds'
import { hasEnded } from '@plumbline/workflows'
import { z } from 'zod'
import { zJobDetail } from './jobs.ts'
import { zId, zTime } from './primitives.ts'

/** A line of the NDJSON export: the job as in the list, and all else that is kept of it. */
export const zExportedJob = zJobDetail.omit({ children: true, chain: true, timing: true, usual: true }).extend({
  archive: z
    .object({
      connection: z.object({ name: z.string(), kind: z.enum(connectionKinds) }),
      databaseId: zId,
      schema: z
        .object({ id: zId, name: z.string() })
        .nullable()
        .describe('The schema of the asset, or the asset itself'),
      step: z.string().nullable().describe('The last one that began'),
      queuedAt: zTime.nullable(),
      termination: z.object({ by: z.string(), reason: z.string().nullable() }).nullable(),
    })
    .describe('What another installation needs beside it'),
})
export type ExportedJob = z.infer<typeof zExportedJob>

const zUuid = z.guid().toLowerCase()
const zMoment = zTime.refine((time) => time >= '1970', 'must not be before 1970')
const zCount = z.int().min(0).max(2_147_483_647)
/** Names are in indexes, whose entries have a limit in bytes. */
const maxNameBytes = 2_000
const zName = z
  .string()
  .refine((name) => new TextEncoder().encode(name).length <= maxNameBytes, `is longer than ${maxNameBytes} bytes`)
/** Longer than what any job says: a list shows it whole. */
const maxTextLength = 100_000
const zText = z.string().max(maxTextLength, `is longer than ${maxTextLength} characters`)
const { shape } = zExportedJob
const zExportedStep = shape.steps.element
const zExportedError = shape.error.unwrap()

/** Clocks of two installations differ; more than this is no clock. */
const clocksDifferMs = 86_400_000

interface Placed {
  id: string
  status: string
  asset: { id: string; kind: string }
  createdAt: string
  startedAt: string | null
  endedAt: string | null
  parentJobId: string | null
  rootJobId: string
  retryOf: string | null
  attempt: number
  resolvedByJobId: string | null
  error: object | null
  archive: { databaseId: string; schema: { id: string } | null }
}

/** What no job of any installation can be, by field: it would break what lists, chains and links rely on. */
function* impossible(job: Placed): Generator<[field: string, message: string]> {
  const createdMs = Date.parse(job.createdAt)
  if (createdMs > Date.now() + clocksDifferMs) yield ['createdAt', 'lies in the future']
  for (const field of ['startedAt', 'endedAt'] as const)
    if (job[field] !== null && Date.parse(job[field]) < createdMs)
      yield [field, 'must not be before the job was created']
  for (const field of ['parentJobId', 'retryOf', 'resolvedByJobId'] as const)
    if (job[field] === job.id) yield [field, 'is the job itself']
  if ((job.attempt === 1) !== (job.retryOf === null)) yield ['retryOf', 'does not go with the attempt']
  if ((job.attempt === 1) !== (job.rootJobId === job.id)) yield ['rootJobId', 'does not go with the attempt']
  if (job.status === 'failed' && job.error === null) yield ['error', 'is missing: the job failed']
  const { kind, id } = job.asset
  if (kind === 'database' && id !== job.archive.databaseId)
    yield ['asset', 'is another database than archive.databaseId']
  if (kind === 'schema' && id !== job.archive.schema?.id) yield ['asset', 'is another schema than archive.schema']
}

/** What an import reads of such a line; the rest is made anew from it. Ids are UUIDs, because the record keeps them so. */
export const zImportedJob = z
  .object({
    ...zExportedJob.pick({ type: true, status: true, config: true, counts: true }).shape,
    id: zUuid,
    message: zText,
    warningsList: z.array(z.object({ code: zName, object: zName.nullable(), message: zText })),
    asset: shape.asset.extend({
      id: zUuid,
      connectionId: zUuid,
      name: zName,
      qualifiedName: zName,
      database: zName,
    }),
    progress: shape.progress.pick({ percent: true }),
    createdAt: zMoment,
    startedAt: zMoment.nullable(),
    endedAt: zMoment.nullable(),
    trigger: shape.trigger.extend({ actor: zName }),
    parentJobId: zUuid.nullable(),
    rootJobId: zUuid,
    retryOf: zUuid.nullable(),
    attempt: zCount.min(1),
    resolvedByJobId: zUuid.nullable(),
    warnings: zCount,
    error: zExportedError
      .extend({ message: zText, hint: zText, stack: zText.nullable(), causes: z.array(zText).max(100) })
      .nullable(),
    cancellation: z.object({ by: zName, reason: zText.nullable(), requestedAt: zMoment }).nullable(),
    workflow: z.object({ runId: zName.nullable() }),
    steps: z
      .array(
        zExportedStep.extend({
          name: zName,
          label: zName,
          unit: zName.nullable(),
          message: zText.nullable(),
          lastError: zText.nullable(),
          startedAt: zMoment.nullable(),
          endedAt: zMoment.nullable(),
          done: z.int().min(0).nullable(),
          total: z.int().min(0).nullable(),
          attempts: zCount,
          takenOverFrom: zUuid.nullable(),
        }),
      )
      .refine((steps) => new Set(steps.map((step) => step.name)).size === steps.length, 'names a step twice'),
    archive: shape.archive.extend({
      connection: shape.archive.shape.connection.extend({ name: zName }),
      databaseId: zUuid,
      schema: z.object({ id: zUuid, name: zName }).nullable(),
      step: zName.nullable(),
      termination: z.object({ by: zName, reason: zText.nullable() }).nullable(),
      queuedAt: zMoment.nullable(),
    }),
  })
  .refine((job) => hasEnded(job.status) === (job.endedAt !== null), {
    path: ['endedAt'],
    error: 'does not go with the status',
  })
  // A list sorted by duration takes what is below zero for a job that has none yet.
  .refine(({ startedAt, endedAt }) => !startedAt || !endedAt || Date.parse(startedAt) <= Date.parse(endedAt), {
    path: ['endedAt'],
    error: 'must not be before the start',
  })
  .refine((job) => (job.status === 'completed') === (job.progress.percent === 100), {
    path: ['progress', 'percent'],
    error: 'is 100 exactly when the job completed',
  })
  .superRefine((job, context) => {
    for (const [path, message] of impossible(job)) context.addIssue({ code: 'custom', path: [path], message })
  })
export type ImportedJob = z.infer<typeof zImportedJob>

export const zImportResult = z.object({
  imported: z.int(),
  known: z.int().describe('Here already; they stay as they are'),
  refused: z.int(),
  errors: z
    .array(z.object({ line: z.int(), message: z.string() }))
    .describe('Of the first thousand lines that were refused'),
})
export type ImportResult = z.infer<typeof zImportResult>
