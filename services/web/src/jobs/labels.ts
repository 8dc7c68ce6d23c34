import type { DateRange } from './job-search.ts'
import type { JobResultView, JobStatus, JobTab, TriggerKind } from '@plumbline/workflows'

export const statusLabels: Record<JobStatus, string> = {
  pending: 'Pending',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const tabLabels: Record<JobTab, string> = {
  all: 'All',
  active: 'Active',
  completed: 'Completed',
  failed: 'Failed',
}

export const triggerLabels: Record<TriggerKind, string> = {
  manual: 'Manual',
  schedule: 'Schedule',
  parent: 'Parent job',
  retry: 'Retry',
  api: 'API',
}

export const dateRangeLabels: Record<DateRange, string> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
}

/** Where the result of a job type is seen, as the menu says it. */
export const resultLabels: Record<JobResultView, string> = {
  'schema-changes': 'Its schema changes',
  documentation: 'Its documentation',
  tags: 'Its tags',
  lineage: 'Its lineage',
  freshness: 'Its freshness',
  metrics: 'Its metrics',
}
