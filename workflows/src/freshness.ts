/**
 * The vocabulary of freshness: what a source tells of its tables, what is remembered of them between two checks, and what is
 * made of it. Times are RFC 3339 in UTC, because all of this is stored as JSON and shown by the API.
 */

/** What a table is, from what a person need not look at to what they must. */
export const freshnessStates = ['fresh', 'learning', 'late', 'stale', 'unknown', 'error'] as const
export type FreshnessState = (typeof freshnessStates)[number]

export const freshnessStateTexts: Record<FreshnessState, string> = {
  fresh: 'Updated within the time that is expected',
  learning: 'Its last update is known, but not yet how often one is to be expected',
  late: 'Overdue, within the tolerance',
  stale: 'Overdue beyond the tolerance',
  unknown: 'Nothing tells when it was updated',
  error: 'The last check of it failed',
}

/** How the time of an update was found. */
export const freshnessMethods = [
  'column_index',
  'column_tail',
  'commit_timestamp',
  'counters',
  'storage',
  'last_altered',
] as const
export type FreshnessMethod = (typeof freshnessMethods)[number]

export const freshnessMethodTexts: Record<FreshnessMethod, string> = {
  column_index: 'Newest value of a column, found by an index',
  column_tail: 'Newest value of a column in the last pages of the table',
  commit_timestamp: 'When the newest row that was read was committed',
  counters: 'Rows that the server counted between two checks',
  storage: 'The storage of the table was replaced between two checks',
  last_altered: 'When the source says that the table was altered last',
}

/** Why nothing is known of an update. */
export const freshnessReasonTexts = {
  'first-check': 'This was the first check: from the next one on, the row counters are compared',
  'no-change-seen': 'No change was seen since the checks began',
  empty: 'The table is empty and nothing was written to it since the checks began',
  view: 'A view holds no rows: look at the tables it reads',
  'foreign-table': 'Its rows lie in another server, which counts them',
  standby: 'The source is a standby, which counts no rows, and no time column can be read',
  'counters-reset': 'The row counters were reset or lost in a crash: they are compared again from the next check on',
  'no-partitions': 'A partitioned table without partitions',
  'not-found': 'The source does not have this table any more: run a discovery',
  'permission-denied': 'The role may not read the table, and the row counters tell nothing',
  'lock-timeout': 'Another session kept the table locked, and the row counters tell nothing',
  'statement-timeout': 'Reading the newest rows took too long, and the row counters tell nothing',
  'source-failed': 'Reading the newest rows failed, and the row counters tell nothing',
} as const
export type FreshnessReason = keyof typeof freshnessReasonTexts

/** Which of these is a failure of the check, apart from "nothing tells". */
export const failedReasons = [
  'not-found',
  'permission-denied',
  'lock-timeout',
  'statement-timeout',
  'source-failed',
] as const satisfies readonly FreshnessReason[]

/** `low` raises an alarm only for what has never been seen; `high` for what is a little unusual. */
export const sensitivities = ['low', 'medium', 'high'] as const
export type Sensitivity = (typeof sensitivities)[number]

export interface LastUpdate {
  /** When; where only a span of time is known, its end. */
  at: string
  /** The beginning of that span; null when the time itself is known. */
  after: string | null
  method: FreshnessMethod
  /** From 0 to 1. */
  confidence: number
  /** Why, in sentences. */
  evidence: string[]
  /** The column that was read. */
  column: string | null
  /** The partition that it was found in, as `schema.name`. */
  partition: string | null
}

/** What a server counts of a table without anybody reading it. Numbers of rows since `since`, or since it was created. */
export interface TableCounters {
  /** These three also count what was rolled back. */
  inserted: number
  updated: number
  deleted: number
  /** Estimates: rows that are there, and row versions that are not visible any more. */
  live: number
  dead: number
  /** How often vacuum and analyze ran, which set `live` and `dead` anew. */
  upkeep: number
  /** Names the file that holds the rows: TRUNCATE and rewrites change it. */
  storage: string
  /** What the planner expects; -1 when nobody has counted. */
  rows: number
  /** When the counters of the database were reset last, also by a crash; null when never. */
  since: string | null
}

/** What a source keeps of a table that notes when it was altered last. */
export interface AlteredState {
  /** By rows, by its definition, or by upkeep of the source: which one is not told. Null where it is unknown. */
  at: string | null
  /** When its definition was changed last. */
  definedAt: string | null
  rows: number | null
  bytes: number | null
  /** The partition that was written last, where the source tells. */
  partition?: string
}

export interface TimeColumn {
  name: string
  type: 'timestamptz' | 'timestamp' | 'date'
  /** A plain index leads with it: its newest value is one step away. */
  indexed: boolean
  /** Every such index keeps nulls at the end where the newest value is, or asks for them there: set only then. */
  oddNulls?: true
  /** The table is a partition, and ranges of it tell which rows it holds. */
  partitionKey: boolean
}

export type StorageKind = 'table' | 'partitioned' | 'view' | 'foreign'

/** What the catalog of a source tells of one relation. */
export interface TableObservation {
  externalId: string
  /** Where it was created again since the last discovery: the id that the source knows it by now. */
  identity?: string
  /** The `externalId` of the table it is a partition of. */
  parent: string | null
  schema: string
  name: string
  storage: StorageKind
  /** Null where the source counts nothing: views, foreign tables, standbys. */
  counters: TableCounters | null
  /** Only of a source that keeps it, in place of counters. */
  altered?: AlteredState
  /** Size as the last vacuum saw it. */
  pages: number
  columns: TimeColumn[]
  /** Whether the role may read rows of it. */
  readable: boolean
}

/** What holds for a whole source at the moment it is looked at. */
export interface SourceMoment {
  now: string
  /** It counts rows: not so on a standby. */
  counts: boolean
  /** Rows know when they were committed. */
  commitTimestamps: boolean
  /** A span of pages can be read without those before it. */
  tailReads: boolean
  /** What the source takes times without a time zone for, unless a session says otherwise. */
  timezone: string
}

/** A look at the newest rows of one table: by an index, or by the last pages. */
export interface NewestRequest {
  externalId: string
  /** As in `TableObservation`. */
  identity?: string
  schema: string
  name: string
  column: Pick<TimeColumn, 'name' | 'type' | 'oddNulls'> | null
  by: 'index' | 'tail'
  commitTimestamps: boolean
  /** What a `timestamp` or a `date` without a time zone is read in. */
  timezone: string
}

/** What came of it. Null: not asked for, or no such row. */
export interface NewestRead {
  column: string | null
  /** The newest value from 1970 until now. */
  columnAt: string | null
  /** There are values of the column after now, infinity among them, which were passed over. */
  ahead: boolean
  committedAt: string | null
  by: 'index' | 'tail'
  /** All of the table was within the pages read. */
  whole: boolean
  /** The source knew the newest value without reading a row. */
  byMetadata?: true
}

/** What times without a time zone were read in, and whether anybody said so. */
export interface ReadZone {
  name: string
  assumed: boolean
}

/** By what the newest rows of a table were read. */
export interface ReadBy {
  column: string | null
  /** A person chose the column. */
  chosen: boolean
  /** Null for a column whose values name a moment by themselves. */
  zone: ReadZone | null
}

/** What is kept of a table from one check to the next. */
export interface TableMemory {
  seenAt: string
  /** Which relation of the source it is of, where that is not the one whose id it is kept under. */
  identity?: string
  counters: TableCounters | null
  altered?: AlteredState
  /** Since when no change was seen by counters that were compared without a gap. */
  quietSince: string | null
  last: LastUpdate | null
  /** Of the last time that its newest rows were read; missing when they never were, and in what was kept before this was noted. */
  readBy?: ReadBy
}

/** What a check found out about one asset. */
export interface FreshnessFinding {
  last: LastUpdate | null
  /** Without a last update: it cannot have been later than this. */
  quietSince: string | null
  /** Why there is no last update; of a failed look also beside one. */
  reason: FreshnessReason | null
  /** Partitions that it was rolled up from. */
  partitions: number
}

/** A part of the week in which no update is expected. */
export interface ClosedWindow {
  /** 0 is Sunday; the day that it begins on. */
  days: number[]
  /** `22:00`; to the same or an earlier time means: of the next day. */
  from: string
  to: string
}

/** Times that do not count towards the age of a table. */
export interface MaintenanceCalendar {
  timezone: string
  windows: ClosedWindow[]
  /** Whole days, as 2026-12-25. */
  dates: string[]
}

/** What a person said about an asset, or about the schema or database it lies in. */
export interface FreshnessExpectation {
  /** An update at least this often, as `1h` or `1d`; null: learned from what was seen. */
  interval: string | null
  /** What it may be over before it is stale; null: a quarter of the interval. */
  tolerance: string | null
  calendar: MaintenanceCalendar
  /** The column to read; null: chosen by name and type. */
  column: string | null
  sensitivity: Sensitivity
}

/** When the next update is expected, and how that is known. */
export interface ExpectedUpdate {
  source: 'manual' | 'learned'
  /** The usual time between two updates, as of the last one, in milliseconds. */
  intervalMs: number
  expectedBy: string
  staleAt: string
}

/** How far learning is, while it does not judge. */
export interface LearningProgress {
  /** Intervals between updates that count, and how many are needed. */
  intervals: number
  intervalsNeeded: number
  /** Time that they span, in milliseconds, and how much is needed. */
  spanMs: number
  spanMsNeeded: number
}

export interface FreshnessVerdict {
  state: FreshnessState
  expected: ExpectedUpdate | null
  learning: LearningProgress | null
}

/** What a table is taken for of which nobody has said anything. */
export const defaultExpectation: FreshnessExpectation = {
  interval: null,
  tolerance: null,
  calendar: { timezone: 'UTC', windows: [], dates: [] },
  column: null,
  sensitivity: 'medium',
}
