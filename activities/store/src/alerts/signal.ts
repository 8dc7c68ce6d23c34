import type { AlertKind, ErrorCode, JobType } from '@plumbline/workflows'

/** Something that happened and that a rule may be about. */
export interface Signal {
  /** Of what happened; it counts once for each key of an organization. */
  key: string
  organizationId: string
  kind: AlertKind
  /** Signals with the same one are of one incident. */
  fingerprint: string
  /** One line, for an incident that it opens. */
  title: string
  message: string
  errorCode: ErrorCode | null
  /** What its incident is about; null: about all of them. */
  about: { connectionId: string | null; assetId: string | null; jobType: JobType | null }
  /** What it happened to, and by which type of job: rules are limited by it. */
  assetId: string
  jobType: JobType
  jobId: string | null
  at: Date
  /** Of a regression, in milliseconds. */
  limitMs?: number
}
