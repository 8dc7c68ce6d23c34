import type { AuditAction } from '@plumbline/api'

/** What was done, as a person says it. */
export const actionLabels: Record<AuditAction, string> = {
  'job.create': 'Started a job',
  'job.cancel': 'Cancelled a job',
  'job.retry': 'Retried a job',
  'job.terminate': 'Forced a job to stop',
  'job.import': 'Imported jobs',
  'operation.create': 'Started a bulk operation',
  'operation.cancel': 'Stopped a bulk operation',
  'schedule.create': 'Added a schedule',
  'schedule.update': 'Changed a schedule',
  'schedule.pause': 'Paused a schedule',
  'schedule.resume': 'Resumed a schedule',
  'schedule.trigger': 'Triggered a schedule',
  'schedule.delete': 'Deleted a schedule',
  'connection.create': 'Added a connection',
  'connection.update': 'Changed a connection',
  'connection.delete': 'Deleted a connection',
  'connection.test': 'Tested a connection',
  'column.tag': 'Set tags',
  'token.create': 'Made a token',
  'token.delete': 'Deleted a token',
}
