export { openDatabase, type Database, type DatabaseOptions } from './database.ts'
export { migrate } from './migrate.ts'
export { isRecordOutage } from './record-outage.ts'
export type { ColumnPair, LineageEvidence, Role, TagCategory, TagRecord, Tables } from './tables.ts'
export { countActiveJobs, isReachable } from './health.ts'
export { isUuid, newId } from './ids.ts'
export { createJobLedger, type JobLedger } from './jobs/job-ledger.ts'
export type { JobScope } from './jobs/job-scope.ts'
export type { AttemptFailure } from './jobs/step-attempts.ts'
export type { StepProgress } from './jobs/step-progress.ts'
export { ensureAdmin, identify, type Identity } from './access/tokens.ts'
export { appendAudit, listAudit, type Actor } from './audit/audit.ts'
export * from './connections/connections.ts'
export { actionFacts } from './jobs/action-facts.ts'
export { createJob } from './jobs/create-job.ts'
export { createRetry, type Retried, type RetryRequest } from './jobs/create-retry.ts'
export * from './jobs/cleanup.ts'
export * from './jobs/job-control.ts'
export * from './jobs/terminate-job.ts'
export { discardLeftStaging, forgetOldStaging } from './jobs/job-staging.ts'
export { listenForJobEvents } from './jobs/job-event-listener.ts'
export { jobEventRange, readJobEvents, type JobEventRow } from './jobs/job-events.ts'
export { escapeLike, type JobFilter } from './jobs/job-filter.ts'
export * from './jobs/job-queries.ts'
export * from './logs/job-log.ts'
export * from './catalog/compare-catalog.ts'
export * from './catalog/discovery-staging.ts'
export type { DiscoveryScope } from './catalog/match-catalog.ts'
export * from './catalog/store-catalog.ts'
export { createSealer, SealError, type KeySource, type Sealer } from './seal.ts'
export {
  assetDetail,
  findAsset,
  listAssets,
  type AssetDetailRecord,
  type AssetPageRequest,
  type AssetRecord,
} from './catalog/assets.ts'
export * from './catalog/schema-changes.ts'
export * from './lineage/lineage-around.ts'
export * from './tags/column-tags.ts'
export { AttemptSupersededError, JobEndedError, type StepLease } from './jobs/step-lease.ts'
export * from './lineage/lineage-staging.ts'
export * from './lineage/store-lineage.ts'
export * from './tags/select-tables.ts'
export * from './tags/store-tags.ts'
export * from './requests/idempotency-keys.ts'
export {
  createSchedule,
  deleteSchedule,
  pauseSchedule,
  updateSchedule,
  type NewSchedule,
  type ScheduleSaved,
} from './schedules/change-schedule.ts'
export type { TickJobs } from './schedules/record-tick.ts'
export { removeSchedulesOfGoneAssets } from './schedules/remove-schedules.ts'
export * from './schedules/schedule-runs.ts'
export * from './schedules/schedule-sync.ts'
export * from './schedules/schedules.ts'
export * from './schedules/skipped-ticks.ts'
export * from './schedules/take-tick.ts'
export { countUpTo } from './operations/operation-targets.ts'
export * from './operations/operations.ts'
export { workOperation, type WorkedPage } from './operations/work-operation.ts'
export type { ArchivedJob, ArchivedStep } from './import/archived-job.ts'
export { archiveParts, type ArchiveParts } from './import/archive-parts.ts'
export type { LineError } from './import/check-import.ts'
export { importStaged } from './import/import-jobs.ts'
export { discardImport, forgetLostImports, stageJobs, type NumberedJob } from './import/stage-jobs.ts'
export { forgetJobs, forgetJobsIn, type ForgottenJobs, type JobAge } from './retention/forget-jobs.ts'
export * from './retention/forget-rows.ts'
