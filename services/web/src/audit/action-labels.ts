import type { AuditAction } from '@plumbline/api'

/** What was done, as a person says it. */
export const actionLabels: Record<AuditAction, string> = {
  'job.create': 'Started a job',
  'job.cancel': 'Cancelled a job',
  'job.retry': 'Retried a job',
  'connection.create': 'Added a connection',
  'connection.update': 'Changed a connection',
  'connection.delete': 'Deleted a connection',
  'connection.test': 'Tested a connection',
  'column.tag': 'Set tags',
}
