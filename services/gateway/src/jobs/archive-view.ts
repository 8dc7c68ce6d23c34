import type { ExportedJob } from '@plumbline/api'
import type { ArchiveParts, JobRow } from '@plumbline/store'
import { jobRecordView, type ViewContext } from './job-view.ts'

/** A job as the export writes and the import reads it. */
export function archiveView(row: JobRow, parts: ArchiveParts, context: ViewContext): ExportedJob {
  const steps = parts.steps.get(row.id) ?? []
  const warnings = parts.warnings.get(row.id) ?? []
  const connection = parts.connections.get(row.connection_id)
  if (!connection) throw new Error(`job ${row.id} is of a connection that is not there`)
  return {
    ...jobRecordView(row, { steps, warnings }, context),
    archive: {
      connection,
      databaseId: row.database_id,
      schema: row.schema_id === null ? null : { id: row.schema_id, name: parts.schemas.get(row.schema_id) ?? '' },
      step: row.step,
      queuedAt: row.queued_at?.toISOString() ?? null,
      termination: row.terminated_by === null ? null : { by: row.terminated_by, reason: row.terminate_reason },
    },
  }
}
