import type { JobError } from './errors.ts'
import type { FreshnessState } from './freshness.ts'
import type { JobType } from './registry.ts'

/**
 * The activities by task queue. Every activity takes ids and gives counts: rows, SQL and secrets stay in the store or the
 * source. All are idempotent: a second call with the same input, also after a crash in the middle, leaves the same record.
 */
export interface JobRef {
  jobId: string
}

/** The answer to "may this job run now?"; `ended` when it was cancelled before it began. */
export type Admission =
  | {
      kind: 'admitted'
      /** The step that begins with it, so that no other write is needed for it. */
      opened?: string | null
      /** Of an earlier attempt, to be taken over. */
      finished?: FinishedStep[]
    }
  | { kind: 'waiting'; position: number }
  | { kind: 'ended' }

/** What a step came to: counts, never rows. Kept with the job, so that a retry from failure can take it over. */
export interface FinishedStep {
  step: string
  result: unknown
}

export type Counts = Record<string, number>

/** What a workflow knows of its end; the record adds times and who cancelled. */
export type JobOutcome =
  | { kind: 'completed'; message: string; counts: Counts }
  | { kind: 'failed'; error: JobError }
  | { kind: 'cancelled' }

export interface ChildJob {
  /** Made by the parent's workflow, so that a repeated call makes the same row. */
  id: string
  type: JobType
  config: Record<string, unknown>
}

/** Short writes to a job's row; run as local activities beside the workflow, never through a queue. */
export interface LifecycleActivities {
  /** Asks for a slot of the connection, which the oldest waiting job gets first; opens the first step with it. */
  begin(input: JobRef): Promise<Admission>
  /** Begins a step; `finished` is the one before, which this ends. */
  openStep(input: JobRef & { step: string; finished: FinishedStep | null }): Promise<void>
  /** Ends the job; answers with the jobs that were admitted to the slot it gave back. */
  end(input: JobRef & { outcome: JobOutcome }): Promise<{ admitted: string[] }>
  /** Writes the rows of child jobs; one that has an active twin on the same asset is left out with a warning. */
  createChildren(input: JobRef & { children: ChildJob[] }): Promise<{ created: string[] }>
}

/** One tick of a schedule, by the time that it is for. */
export interface TickRef {
  scheduleId: string
  at: string
}

/** The jobs of a tick, which are in the record; none where it was skipped. */
export interface TickStart {
  jobIds: string[]
  /** The workflow function of their type. */
  workflow: string
  config: Record<string, unknown>
}

/** What a tick asks of the record; local, as the lifecycle is. */
export interface SchedulingActivities {
  /** Writes the tick with the rows of its jobs, or why it has none. */
  takeTick(input: TickRef): Promise<TickStart>
  /** How many of its jobs have not ended. */
  countActiveJobs(input: TickRef): Promise<{ active: number }>
}

/** Queue `ledger`: what becomes part of the record. */
export interface LedgerActivities {
  storeCatalog(input: JobRef): Promise<StoredCatalog>
  selectTables(input: JobRef): Promise<{ tables: number }>
  storeTags(input: JobRef): Promise<{ columns: number; tagged: number; changed: number }>
  storeLineage(input: JobRef): Promise<{ edges: number; added: number; removed: number }>
  selectForFreshness(input: JobRef): Promise<{ tables: number }>
  storeFreshness(input: JobRef): Promise<StoredFreshness>
  selectMetricTables(input: JobRef): Promise<{ tables: number }>
  storeMetrics(input: JobRef): Promise<{ points: number; anomalies: number }>
  selectForDocumentation(input: JobRef): Promise<{ tables: number }>
  storeDocumentation(input: JobRef): Promise<{ documented: number; texts: number }>
  /** Removes what an ended job kept between its steps, unless a retry may go on from it. */
  discardStaging(input: JobRef): Promise<void>
}

export interface StoredCatalog {
  schemas: number
  tables: number
  views: number
  columns: number
  changes: number
  breaking: number
  /** Schemas that were not read whole. */
  incomplete: number
  /** Relations that somebody held a lock on, so that they stayed as they were found last. */
  locked: number
  /** Relations whose tags, or lineage, are older than their structure. */
  toTag: number
  toTrace: number
  /** There was no snapshot of this connection before: there is nothing that it could have changed from. */
  first: boolean
}

/** Tables by the state they are in, and how many of them are in another than before. */
export type StoredFreshness = Record<FreshnessState, number> & { tables: number; changed: number }

export interface MeasuredFreshness {
  tables: number
  /** Tables of which the newest rows were read, and those of which that failed. */
  read: number
  failed: number
}

/** Queue `warehouse`: everything that talks to a source. */
export interface WarehouseActivities {
  connect(input: JobRef): Promise<void>
  readCatalog(input: JobRef): Promise<{ relations: number }>
  sampleValues(input: JobRef): Promise<{ tables: number; unreadable: number }>
  /** Looks at a sample of values for what documentation says of columns; keeps no value of a person. */
  profileValues(input: JobRef): Promise<{ tables: number; unreadable: number }>
  collectSql(input: JobRef): Promise<{ relations: number; statements: number }>
  measureFreshness(input: JobRef): Promise<MeasuredFreshness>
  /** `failed` could not be read, or not within the budgets; `statements` are those that read data. */
  measureMetrics(input: JobRef): Promise<{ measured: number; failed: number; statements: number }>
  /** Runs a metric that is not defined yet and leaves in the record what it came to. */
  tryMetric(input: { trialId: string }): Promise<void>
  /** Ends what an ended job left running in the source. */
  endSessions(input: JobRef): Promise<{ sessions: number }>
  testConnection(input: { connectionId: string }): Promise<ConnectionTestResult>
}

export interface ConnectionCheck {
  name: string
  ok: boolean
  message: string
  hint?: string
}

export interface ConnectionTestResult {
  ok: boolean
  checks: ConnectionCheck[]
}

/** Queue `analysis`: computation over what is stored. */
export interface AnalysisActivities {
  compareCatalog(input: JobRef): Promise<{ changes: number }>
  classifyColumns(input: JobRef): Promise<{ columns: number }>
  parseLineage(input: JobRef): Promise<{ relations: number; failed: number }>
  /** `selfLoops` fill a table from itself: they are no edges. */
  resolveLineage(input: JobRef): Promise<{ edges: number; unresolved: number; selfLoops: number }>
  judgeFreshness(input: JobRef): Promise<{ judged: number; learning: number }>
  judgeMetrics(input: JobRef): Promise<{ judged: number; anomalies: number }>
}

/** Queue `intelligence`: everything that talks to a language model. */
export interface IntelligenceActivities {
  describeTables(input: JobRef): Promise<DescribedTables>
}

export interface DescribedTables {
  described: number
  /** Nothing of what their texts were written from has changed. */
  unchanged: number
  /** Could not be described, or not within the budget: warnings say why. */
  left: number
  /** Null: by rules. */
  model: string | null
  promptVersion: string
  /** Questions that were sent by this job, answered or not. */
  calls: number
  inputTokens: number
  outputTokens: number
  /** Millionths of a US dollar, by the prices that the worker was told. */
  costMicros: number
}

export interface OperationRef {
  operationId: string
}

/** What a page of an operation came to, for the runs behind its jobs. */
export interface OperationPage {
  /** The operation is over, and recorded so. */
  ended: boolean
  /** Jobs whose runs are to be told that they were cancelled. */
  cancelled: string[]
  /** Jobs that were given a slot by it. */
  admitted: string[]
}

/** Queue `ledger`: one action on many jobs, page by page. */
export interface OperationActivities {
  /** Acts on the next jobs; on none twice, however often it is called. Ends the operation when it is through or cancelled. */
  workOperation(input: OperationRef & { limit: number }): Promise<OperationPage>
  /** For an operation that cannot go on. */
  endOperation(
    input: OperationRef & { outcome: { status: 'cancelled' } | { status: 'failed'; error: string } },
  ): Promise<void>
}

export interface DeliveryRef {
  deliveryId: string
}

/** Queue `alerts`: what leaves the installation to tell people. */
export interface AlertActivities {
  /** Sends a notice unless it was sent, or has become untrue. Sent again after a crash, it carries the same id. */
  deliver(input: DeliveryRef): Promise<void>
  /** For one that was tried long enough. */
  giveUpDelivery(input: DeliveryRef & { reason: string }): Promise<void>
}

/** Queue `alerts` too: what tells receivers outside what runs. */
export interface RunEventActivities {
  /** Sends what has not been sent, oldest first. A crash after one was sent, and before that is noted, sends it again. */
  sendRunEvents(): Promise<void>
}
